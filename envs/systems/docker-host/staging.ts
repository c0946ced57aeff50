import type { Environment } from "../../environment";
import { backend, migrations, OFF_HOURS, shared } from "./shared";

/** The API on one small host that sleeps at night, MySQL likewise, and the front end on Cloudflare Pages. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  // The host stands in a public subnet with an address of its own, so nobody pays for NAT.
  network: { cidr: "10.30.0.0/16", nat: "none" },

  domain: {
    name: "staging.example.com",
    dns: { kind: "cloudflare", zoneName: "example.com", zoneId: "fedcba9876543210fedcba9876543210" },
  },

  database: {
    engine: "mysql",
    version: "8.4",
    instanceClass: "db.t3.micro",
    storageGiB: 20,
    offHours: OFF_HOURS,
  },

  services: {
    api: {
      kind: "docker-host",
      image: { repository: "api", tag: "initial" },
      instanceType: "t4g.micro",
      port: 3000,
      hosts: ["api-staging.example.com"], // one label below the zone, which Cloudflare's free certificate covers
      // Another version here is a deploy of it; the former one is the rollback.
      envFile: { version: "v1.0.0" },
      environment: { NODE_ENV: "production" },
      offHours: OFF_HOURS,
    },
  },

  sites: {
    web: {
      kind: "cloudflare-pages",
      repository: { owner: "acme", name: "frontend" },
      productionBranch: "main",
      build: { command: "npm run build", outputDirectory: "dist" },
      domain: "app-staging.example.com",
      environment: { VITE_API_URL: "https://api-staging.example.com" },
    },
  },

  buckets: { uploads: { noncurrentDays: 30 } },

  delivery: {
    applications: [
      { ...backend, envFiles: ["staging"] },
      { ...migrations, envFiles: ["migrations"] },
    ],
  },
};
