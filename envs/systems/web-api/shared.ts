import type { Shared } from "../../environment";

/** A front end and an API from one repository, each an image. */
export const shared: Shared = {
  project: "zero",
  accountId: "123456789012",
  region: "us-east-1",
  state: { kind: "local" },
  images: { frontend: {}, api: {} },
  repository: { owner: "acme", ownerId: 1001, repository: "zero-to-running", repositoryId: 3001 },
};

/** The application is in the same repository as this project. */
export const application = {
  owner: "acme",
  ownerId: 1001,
  repository: "zero-to-running",
  repositoryId: 3001,
  name: "app",
  services: ["frontend", "api"],
} as const;

/** What both environments start the two services with: 256 CPU units, 512 MiB, one to three tasks. */
export const size = { cpuUnits: 256, memoryMiB: 512, minTasks: 1, maxTasks: 3 } as const;
