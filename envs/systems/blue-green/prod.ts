import type { Environment } from "../../environment";
import { backend, built, frontend, shared } from "./shared";

/** Released from `production` after somebody said yes: a tenth of the requests first, the rest five minutes later, the old tasks half an hour at hand. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  state: { kind: "s3" },

  network: { cidr: "10.51.0.0/16", zoneCount: 2 },

  domain: {
    name: "example.com",
    dns: { kind: "route53", zoneName: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
  },

  database: { engine: "postgres", version: "16", instanceClass: "db.t4g.medium", storageGiB: 50, multiAz: true },

  secrets: { jwt: { length: 64 } },

  services: {
    frontend: {
      kind: "fargate",
      ...frontend,
      connects: [],
      minTasks: 2,
      maxTasks: 3,
      routing: { hosts: ["example.com", "www.example.com"], priority: 20 },
      deployment: { kind: "blue-green", trafficShift: "Canary10Percent5Minutes", waitMinutes: 30 },
    },
    backend: {
      kind: "fargate",
      ...backend,
      minTasks: 2,
      maxTasks: 3,
      routing: { hosts: ["api.example.com"], priority: 10 },
      deployment: { kind: "blue-green", trafficShift: "Canary10Percent5Minutes", waitMinutes: 30 },
    },
  },

  pipeline: {
    source: { owner: "acme", repository: "shop", branch: "production" },
    services: built,
    approval: { message: "Release this build to production?" },
  },

  monitoring: { notify: { emails: ["oncall@example.com"] }, budget: { usdPerMonth: 400 } },
};
