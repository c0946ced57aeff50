import type { Environment } from "../../environment";
import { site } from "../monorepo/shared";
import { shared } from "./shared";

/** The simplest to start with: App Runner instead of a load balancer and a cluster, Redis at Upstash. For accounts that had App Runner before 2026-05. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  // App Runner leaves through the network, and Upstash is on the internet: one small NAT instance is enough.
  network: { cidr: "10.62.0.0/16", nat: "instance" },

  database: { engine: "postgres", version: "16", instanceClass: "db.t3.micro", storageGiB: 20 },

  cache: { kind: "upstash", primaryRegion: "us-east-1" },

  services: {
    api: {
      kind: "app-runner",
      image: { repository: "backend", tag: "initial" },
      port: 8080,
      healthCheck: { path: "/health" },
    },
  },

  tasks: {
    migrate: {
      image: { repository: "backend", tag: "initial" },
      command: ["node", "dist/migrate.js"],
      connects: ["database"],
    },
  },

  // Its API's address is known once App Runner has made it: `vercel env add NEXT_PUBLIC_API_URL`.
  sites: { web: { ...site, productionBranch: "main" } },

  delivery: {
    applications: [
      {
        owner: "acme",
        ownerId: 1001,
        repository: "monorepo",
        repositoryId: 4001,
        name: "backend",
        images: ["backend"],
        services: ["api"],
        tasks: ["migrate"],
      },
    ],
  },
};
