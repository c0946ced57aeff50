import type { Environment } from "../../environment";
import { backend, dns, shared, site } from "./shared";

/** As staging, for more than one task: the cache is Redis at Upstash, the easiest that all tasks share. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  network: { cidr: "10.61.0.0/16", zoneCount: 2 },
  domain: { name: "example.com", dns },

  database: { engine: "postgres", version: "16", instanceClass: "db.t3.micro", storageGiB: 20, multiAz: true },

  cache: { kind: "upstash", primaryRegion: "us-east-1" },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "backend", tag: "initial" },
      cpuUnits: 256,
      memoryMiB: 512,
      maxTasks: 4,
      port: 8080,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.example.com"], priority: 10 },
    },
  },

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
      productionBranch: "production",
      domain: "app.example.com",
      variables: {
        production: { NEXT_PUBLIC_API_URL: "https://api.example.com" },
        preview: { NEXT_PUBLIC_API_URL: "https://api.staging.example.com" },
      },
    },
  },

  monitoring: { notify: { emails: ["oncall@example.com"] }, budget: { usdPerMonth: 250 } },

  delivery: { reviewers: { teams: ["platform"] }, applications: [backend] },
};
