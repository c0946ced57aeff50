import type { Environment } from "../../environment";
import { backend, migrations, shared } from "./shared";

/** As staging, on a larger host that never sleeps. A push to the branch `production` releases it. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  network: { cidr: "10.31.0.0/16", nat: "none", zoneCount: 2 },

  domain: {
    name: "example.com",
    dns: { kind: "cloudflare", zoneName: "example.com", zoneId: "fedcba9876543210fedcba9876543210" },
  },

  // One zone, as the budget wants it: a lost zone is a restore from the backups of the last 14 days. `multiAz: true` doubles the price.
  database: {
    engine: "mysql",
    version: "8.4",
    instanceClass: "db.t3.micro",
    storageGiB: 20,
    multiAz: false,
    performanceInsights: false,
    monitoringIntervalSeconds: 0,
  },

  services: {
    api: {
      kind: "docker-host",
      image: { repository: "api", tag: "initial" },
      instanceType: "t4g.small",
      port: 3000,
      hosts: ["api.example.com"],
      envFile: { version: "v1.0.0" },
      environment: { NODE_ENV: "production" },
    },
  },

  sites: {
    web: {
      kind: "cloudflare-pages",
      repository: { owner: "acme", name: "frontend" },
      productionBranch: "production",
      build: { command: "npm run build", outputDirectory: "dist" },
      domain: "app.example.com",
      environment: { VITE_API_URL: "https://api.example.com" },
    },
  },

  buckets: { uploads: { noncurrentDays: 90 } },

  delivery: {
    deployBranch: "production",
    reviewers: { teams: ["platform"] },
    applications: [
      { ...backend, images: undefined, envFiles: ["prod"] }, // what ran in staging is released; nothing is built anew
      { ...migrations, images: undefined },
    ],
  },
};
