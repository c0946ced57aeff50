import type { Environment } from "../../environment";
import { application, attachments, dns, scaling, shared } from "./shared";

/** The same shape as prod on the smallest Aurora, in one region. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  logRetentionDays: 30,

  network: { cidr: "10.70.0.0/16", flowLogs: true },
  domain: { name: "staging.example.com", dns },

  database: {
    engine: "aurora-postgresql",
    version: "15",
    instanceClass: "db.t4g.medium",
    readers: { min: 0 },
    backupRetentionDays: 7,
  },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "backend", tag: "initial" },
      cpuUnits: 512,
      memoryMiB: 1024,
      minTasks: 1,
      maxTasks: 2,
      port: 8000,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.staging.example.com"], priority: 10 },
      scaling,
      secretsAs: "arns",
      secrets: { JWT_PRIVATE_KEY: { from: "jwt-private-key" } },
    },
  },

  tasks: {
    migrate: {
      image: { repository: "backend", tag: "initial" },
      command: ["alembic", "upgrade", "head"],
      connects: ["database"],
    },
  },

  // staging.example.com, and its API below /api: the browser sees one origin.
  sites: { app: { kind: "cloudfront", domain: "staging.example.com", api: { paths: ["/api/*"] } } },

  buckets: { attachments },

  secrets: { "jwt-private-key": { kind: "manual" } },

  delivery: { applications: [{ ...application, images: ["backend"] }] },
};
