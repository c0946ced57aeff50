import type { Shared } from "../../environment";

/** One EC2 host per environment, one for migrations, and everything else by the hour of use. */
export const shared: Shared = {
  project: "tiny",
  accountId: "123456789012",
  region: "us-east-1",
  state: { kind: "local" },

  // The API and its migrations are built from two repositories.
  images: { api: {}, migrations: {} },

  // `.env-<environment>-v1.2.0`, uploaded before the release that needs it, and never overwritten.
  envFiles: {},

  // The only host beside the API that a database admits. It is stopped until a migration starts it, and stops itself.
  migrations: { repository: "migrations", instanceType: "t4g.micro", envFile: { version: "v1.0.0" } },

  repository: { owner: "acme", ownerId: 1001, repository: "platform", repositoryId: 2001 },
  cloudflareAccountId: "0123456789abcdef0123456789abcdef",
};

/** Nights and weekends, in which staging is stopped and costs no more than its disks. */
export const OFF_HOURS = { stop: "0 20 ? * MON-FRI *", start: "0 8 ? * MON-FRI *", timezone: "Europe/Paris" } as const;

/** Repositories whose workflows upload env files, push images and release, in every environment alike. */
export const backend = {
  owner: "acme",
  ownerId: 1001,
  repository: "backend",
  repositoryId: 2002,
  images: ["api"],
  services: ["api"],
} as const;

/** The repository of the migrations. */
export const migrations = {
  owner: "acme",
  ownerId: 1001,
  repository: "migrations",
  repositoryId: 2003,
  images: ["migrations"],
  migrations: true,
} as const;
