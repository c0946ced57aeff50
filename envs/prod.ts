import type { Environment } from "./environment";
import { shared } from "./shared";

/** Three zones, nothing single, everything protected from deletion. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  network: { cidr: "10.20.0.0/16" },

  domain: {
    name: "example.com",
    dns: { kind: "cloudflare", zoneName: "example.com", zoneId: "fedcba9876543210fedcba9876543210" },
  },

  database: {
    engine: "postgres",
    version: "16",
    instanceClass: "db.m7g.large",
    storageGiB: 100,
    maxStorageGiB: 500,
    databaseName: "app",
  },

  cache: { kind: "replication-group", nodeType: "cache.t4g.small" },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "api", tag: "initial" },
      port: 3000,
      cpuUnits: 512,
      memoryMiB: 1024,
      maxTasks: 6,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.example.com"], priority: 10 },
      environment: { NODE_ENV: "production", LOG_LEVEL: "info" },
    },
  },

  sites: {
    web: {
      kind: "cloudflare-pages",
      repository: { owner: "acme", name: "web" },
      productionBranch: "production",
      build: { command: "npm run build", outputDirectory: "dist" },
      domain: "app.example.com",
      environment: { VITE_API_URL: "https://api.example.com" },
    },
  },

  buckets: { uploads: { noncurrentDays: 90 } },

  delivery: {
    deployBranch: "main",
    reviewers: { teams: ["platform"] },
    applications: [
      {
        owner: "acme",
        ownerId: 1001,
        repository: "api",
        repositoryId: 2002,
        services: ["api"],
      },
    ],
  },
};
