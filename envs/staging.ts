import type { Environment } from "./environment";
import { shared } from "./shared";

/** Small, cheap and destroyable: one NAT gateway, one database instance, Redis at Upstash, tasks on Fargate Spot. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  network: { cidr: "10.10.0.0/16" },

  domain: {
    name: "staging.example.com",
    dns: { kind: "cloudflare", zoneName: "example.com", zoneId: "fedcba9876543210fedcba9876543210" },
  },

  database: { engine: "postgres", version: "16", instanceClass: "db.t4g.micro", storageGiB: 20, databaseName: "app" },

  cache: { kind: "upstash", primaryRegion: "eu-west-1" },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "api", tag: "initial" },
      port: 3000,
      cpuUnits: 256,
      memoryMiB: 512,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.staging.example.com"], priority: 10 },
      environment: { NODE_ENV: "production", LOG_LEVEL: "debug" },
    },
  },

  sites: {
    web: {
      kind: "cloudflare-pages",
      repository: { owner: "acme", name: "web" },
      productionBranch: "main",
      build: { command: "npm run build", outputDirectory: "dist" },
      domain: "app.staging.example.com",
      environment: { VITE_API_URL: "https://api.staging.example.com" },
    },
  },

  buckets: { uploads: { noncurrentDays: 30 } },

  delivery: {
    applications: [
      {
        owner: "acme",
        ownerId: 1001,
        repository: "api",
        repositoryId: 2002,
        images: ["api"],
        services: ["api"],
      },
    ],
  },
};
