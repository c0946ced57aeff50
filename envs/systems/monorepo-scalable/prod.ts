import type { Environment } from "../../environment";
import { backend, dns, site } from "../monorepo/shared";
import { shared } from "./shared";

/** Fargate behind a load balancer, ElastiCache with a replica, a database in two zones: everything in the VPC, nothing single. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  network: { cidr: "10.65.0.0/16", zoneCount: 2 },
  domain: { name: "example.com", dns },

  database: { engine: "postgres", version: "16", instanceClass: "db.m7g.large", storageGiB: 50, multiAz: true },

  cache: { kind: "replication-group", nodeType: "cache.t4g.micro", replicas: 1 },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "backend", tag: "initial" },
      cpuUnits: 512,
      memoryMiB: 1024,
      port: 8080,
      maxTasks: 10,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.example.com"], priority: 10 },
      scaling: { cpuPercent: 60, requestsPerTarget: 1000 },
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
      variables: { production: { NEXT_PUBLIC_API_URL: "https://api.example.com" } },
    },
  },

  monitoring: { notify: { emails: ["oncall@example.com"] }, budget: { usdPerMonth: 600 } },

  delivery: { reviewers: { teams: ["platform"] }, applications: [backend] },
};
