import type { Environment } from "../../environment";
import { backend, dns, shared, site } from "./shared";

/** Next.js at Vercel, one Fastify task on Fargate with its Redis in the same task, and PostgreSQL on RDS. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  network: { cidr: "10.60.0.0/16" },
  domain: { name: "staging.example.com", dns },

  database: { engine: "postgres", version: "16", instanceClass: "db.t3.micro", storageGiB: 20 },

  // Reached on localhost and gone with the task: right for one task, and for nothing that must last.
  cache: { kind: "sidecar", dataMiB: 64 },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "backend", tag: "initial" },
      cpuUnits: 256,
      memoryMiB: 1024,
      maxTasks: 1,
      port: 8080,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.staging.example.com"], priority: 10 },
    },
  },

  // Run once before a release: docs/systems/monorepo.md says how.
  tasks: {
    migrate: {
      image: { repository: "backend", tag: "initial" },
      command: ["node", "dist/migrate.js"],
      connects: ["database"],
    },
  },

  sites: {
    web: {
      ...site,
      productionBranch: "main",
      domain: "app.staging.example.com",
      variables: {
        production: { NEXT_PUBLIC_API_URL: "https://api.staging.example.com" },
        preview: { NEXT_PUBLIC_API_URL: "https://api.staging.example.com" },
      },
    },
  },

  delivery: { applications: [{ ...backend, images: ["backend"] }] },
};
