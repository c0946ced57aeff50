import type { Environment } from "../../environment";
import { site } from "../monorepo/shared";
import { shared } from "./shared";

/** As staging, with two instances ready and a database that survives the loss of a zone. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  network: { cidr: "10.63.0.0/16", zoneCount: 2, nat: "single" },

  database: { engine: "postgres", version: "16", instanceClass: "db.t3.micro", storageGiB: 20, multiAz: true },

  cache: { kind: "upstash", primaryRegion: "us-east-1" },

  services: {
    api: {
      kind: "app-runner",
      image: { repository: "backend", tag: "initial" },
      port: 8080,
      minInstances: 2,
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

  sites: { web: { ...site, productionBranch: "production" } },

  monitoring: { notify: { emails: ["oncall@example.com"] } },

  delivery: {
    reviewers: { teams: ["platform"] },
    applications: [
      {
        owner: "acme",
        ownerId: 1001,
        repository: "monorepo",
        repositoryId: 4001,
        name: "backend",
        services: ["api"],
        tasks: ["migrate"],
      },
    ],
  },
};
