import type { Environment } from "../../environment";
import { application, attachments, dns, scaling, shared } from "./shared";

/** The document's numbers: 2 to 10 tasks, a writer and 1 to 3 readers, 7 days to any second of them, and a second region. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  logRetentionDays: 30,

  network: { cidr: "10.71.0.0/16" },
  domain: { name: "example.com", dns },

  database: {
    engine: "aurora-postgresql",
    version: "15",
    instanceClass: "db.r6g.large",
    readers: { min: 1, max: 3, cpuPercent: 70 },
    backupRetentionDays: 7,
  },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "backend", tag: "initial" },
      cpuUnits: 512,
      memoryMiB: 1024,
      minTasks: 2,
      maxTasks: 10,
      port: 8000,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.example.com"], priority: 10 },
      scaling,
      // No secret in the environment of a task: it gets the ARNs, and its role may read these secrets and no others.
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

  sites: {
    app: { kind: "cloudfront", domain: "app.example.com", api: { paths: ["/api/*"] }, accessLogs: true },
  },

  buckets: { attachments },

  // RS256: a person puts the private key in, and rotates it: docs/systems/aurora.md.
  secrets: { "jwt-private-key": { kind: "manual" } },

  monitoring: {
    notify: { emails: ["oncall@example.com"] },
    thresholds: {
      p99Seconds: 2,
      errorPercent: 1,
      serviceCpuPercent: 85,
      databaseCpuPercent: 80,
      databaseConnectionsPercent: 80,
    },
    budget: { usdPerMonth: 1500 },
  },

  recovery: {
    region: "us-west-2",
    cidr: "10.72.0.0/16",
    databaseReplica: true,
    buckets: ["attachments"],
    backup: { retentionDays: 7 },
  },

  delivery: { reviewers: { teams: ["platform"] }, applications: [application] },
};
