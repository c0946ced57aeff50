import type { Shared } from "../../environment";

/** Nothing in AWS: Vercel, Render, Neon and Upstash. The account and the region are where its state would be, in S3. */
export const shared: Shared = {
  project: "managed",
  accountId: "123456789012",
  region: "us-east-1",
  state: { kind: "local" },
};

/** The API, which Render builds from `backend/` of the repository. */
export const source = {
  kind: "repository",
  url: "https://github.com/acme/monorepo",
  dockerfile: "./backend/Dockerfile",
  context: "backend",
  watchPaths: ["backend/**"],
} as const;
