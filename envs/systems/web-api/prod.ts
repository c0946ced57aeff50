import type { Environment } from "../../environment";
import { application, shared, size } from "./shared";

/** Every switch that keeps it up is on: two zones for all, a NAT gateway in each, access logs, alarms. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  network: { cidr: "10.41.0.0/16", zoneCount: 2 },

  domain: {
    name: "example.com",
    dns: { kind: "route53", zoneName: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
  },

  loadBalancer: { accessLogs: true },

  database: { engine: "postgres", version: "16", instanceClass: "db.t3.micro", storageGiB: 20, multiAz: true },

  cache: { kind: "replication-group", engine: "redis", nodeType: "cache.t3.micro", replicas: 1 },

  services: {
    frontend: {
      kind: "fargate",
      image: { repository: "frontend", tag: "initial" },
      ...size,
      minTasks: 2, // one per zone; the document's range starts at one
      port: 3000,
      connects: [],
      healthCheck: { path: "/health" },
      routing: { hosts: ["example.com", "www.example.com"], priority: 20 },
      environment: { API_URL: "https://api.example.com" },
    },
    api: {
      kind: "fargate",
      image: { repository: "api", tag: "initial" },
      ...size,
      minTasks: 2,
      port: 4000,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.example.com"], priority: 10 },
      metricNamespaces: ["zero/prod"],
    },
  },

  monitoring: {
    notify: { emails: ["oncall@example.com"] },
    budget: { usdPerMonth: 300 },
  },

  delivery: { reviewers: { teams: ["platform"] }, applications: [application] },
};
