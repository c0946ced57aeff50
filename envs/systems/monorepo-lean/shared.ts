import type { Shared } from "../../environment";
import { shared as monorepo } from "../monorepo/shared";

/** The same repository as that of system `monorepo`, stood up leaner. */
export const shared: Shared = { ...monorepo, project: "lean" };
