import type { Shared } from "../../environment";

/** One API on Fargate, a site of files, Aurora, and a second region for the day the first is gone. */
export const shared: Shared = {
  project: "braid",
  accountId: "123456789012",
  region: "us-east-1",
  state: { kind: "local" },
  images: { backend: {} },
  repository: { owner: "acme", ownerId: 1001, repository: "braid", repositoryId: 5001 },
};

/** The application is in the same repository as this project. */
export const application = {
  owner: "acme",
  ownerId: 1001,
  repository: "braid",
  repositoryId: 5001,
  name: "app",
  services: ["api"],
  tasks: ["migrate"],
  sites: ["app"],
} as const;

/** The zone of both environments. */
export const dns = { kind: "route53", zoneName: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" } as const;

/** How the API scales, in both: out within a minute, in after five. */
export const scaling = {
  cpuPercent: 70,
  memoryPercent: 80,
  scaleOutCooldownSeconds: 60,
  scaleInCooldownSeconds: 300,
} as const;

/** Attachments move to the cheaper tier by themselves; former versions stay for 90 days. */
export const attachments = { noncurrentDays: 90, intelligentTieringAfterDays: 0 } as const;
