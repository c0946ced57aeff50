import type { FargateServiceSettings } from "../../../modules/compute/fargate-service-settings";
import type { Shared } from "../../environment";

/** A front end and a back end that CodePipeline builds from one repository. */
export const shared: Shared = {
  project: "ship",
  accountId: "123456789012",
  region: "us-east-1",
  state: { kind: "local" },
  images: { frontend: {}, backend: {} },
};

/** Folders of the two services in the application's repository. */
export const built = { frontend: { context: "frontend" }, backend: { context: "backend" } } as const;

/** React behind nginx: not root, nothing to write but its cache and its process id. */
export const frontend: FargateServiceSettings = {
  image: { repository: "frontend", tag: "initial" },
  port: 80,
  user: "101:101", // the nginx user of the official images
  writablePaths: ["/tmp", "/var/cache/nginx", "/var/run"],
  writableMiB: 32,
  healthCheck: { path: "/" },
};

/** The Node.js API. */
export const backend: FargateServiceSettings = {
  image: { repository: "backend", tag: "initial" },
  port: 3000,
  healthCheck: { path: "/health" },
  secrets: { JWT_SECRET: { from: "jwt" } },
};
