import type { Environment } from "../../environment";
import { application, shared, size } from "./shared";

/** Nights and weekends without a task and without a database. */
const OFF_HOURS = { stop: "0 20 ? * MON-FRI *", start: "0 7 ? * MON-FRI *", timezone: "Europe/Paris" } as const;

/** Every switch that saves money is on: Fargate Spot, one zone for what can stand in one, no NAT gateway, nothing at night. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  // Tasks get public addresses for their way out, behind security groups that let nothing in.
  network: { cidr: "10.40.0.0/16", nat: "none" },

  domain: {
    name: "staging.example.com",
    dns: { kind: "route53", zoneName: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
  },

  database: {
    engine: "postgres",
    version: "16",
    instanceClass: "db.t4g.micro",
    storageGiB: 20,
    multiAz: false,
    backupRetentionDays: 7,
    offHours: OFF_HOURS,
  },

  cache: { kind: "replication-group", engine: "redis", nodeType: "cache.t4g.micro", replicas: 0 },

  services: {
    frontend: {
      kind: "fargate",
      image: { repository: "frontend", tag: "initial" },
      ...size,
      port: 3000,
      connects: [],
      healthCheck: { path: "/health" },
      routing: { hosts: ["staging.example.com"], priority: 20 },
      offHours: OFF_HOURS,
      environment: { API_URL: "https://api.staging.example.com" },
    },
    api: {
      kind: "fargate",
      image: { repository: "api", tag: "initial" },
      ...size,
      port: 4000,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.staging.example.com"], priority: 10 },
      offHours: OFF_HOURS,
      metricNamespaces: ["zero/staging"],
    },
  },

  // `npm run compose -- ../zero-to-running staging` writes compose.yaml beside the code: hot reload, the same PostgreSQL and Redis.
  local: {
    frontend: {
      context: "./frontend",
      command: ["npm", "run", "dev", "--", "--host", "0.0.0.0", "--port", "3000"],
      environment: { API_URL: "http://localhost:4000" },
      waitsFor: ["api"],
    },
    api: { context: "./api", command: ["npm", "run", "dev"] },
  },

  delivery: { applications: [{ ...application, images: ["frontend", "api"] }] },
};
