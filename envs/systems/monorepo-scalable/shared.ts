import type { Shared } from "../../environment";
import { shared as monorepo } from "../monorepo/shared";

/** The same repository as that of system `monorepo`, all in AWS but the front end. */
export const shared: Shared = { ...monorepo, project: "wide" };
