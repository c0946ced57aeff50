import type { Environment } from "../../environment";
import { backend, built, frontend, shared } from "./shared";

/** One task of each service; every push to `main` is built and released, all at once, and taken back when an alarm rings. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  network: { cidr: "10.50.0.0/16" },

  domain: {
    name: "staging.example.com",
    dns: { kind: "route53", zoneName: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
  },

  database: { engine: "postgres", version: "16", instanceClass: "db.t4g.micro" },

  secrets: { jwt: { length: 64 } },

  services: {
    frontend: {
      kind: "fargate",
      ...frontend,
      connects: [],
      maxTasks: 3,
      routing: { hosts: ["staging.example.com"], priority: 20 },
      deployment: { kind: "blue-green", trafficShift: "AllAtOnce" },
    },
    backend: {
      kind: "fargate",
      ...backend,
      maxTasks: 3,
      routing: { hosts: ["api.staging.example.com"], priority: 10 },
      deployment: { kind: "blue-green", trafficShift: "AllAtOnce" },
    },
  },

  pipeline: { source: { owner: "acme", repository: "shop", branch: "main" }, services: built },
};
