import type { Shared } from "../../environment";

/** One repository with the Next.js front end in `frontend/` and the Fastify API in `backend/`. */
export const shared: Shared = {
  project: "mono",
  accountId: "123456789012",
  region: "us-east-1",
  state: { kind: "local" },
  images: { backend: {} },
  repository: { owner: "acme", ownerId: 1001, repository: "monorepo", repositoryId: 4001 },
};

/** The API's own workflow, in the same repository: it pushes, migrates, then releases. */
export const backend = {
  owner: "acme",
  ownerId: 1001,
  repository: "monorepo",
  repositoryId: 4001,
  name: "backend",
  services: ["api"],
  tasks: ["migrate"],
  workflow: ".github/workflows/backend.yml",
} as const;

/** The front end at Vercel, in either environment. */
export const site = {
  kind: "vercel",
  repository: { owner: "acme", name: "monorepo" },
  framework: "nextjs",
  rootDirectory: "frontend",
  ignoreCommand: "npx turbo-ignore",
  functionRegion: "iad1",
} as const;

/** The zone of both environments. */
export const dns = { kind: "route53", zoneName: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" } as const;
