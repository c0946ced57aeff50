import type { Environment } from "../../environment";
import { backend, dns, site } from "../monorepo/shared";
import { shared } from "./shared";

/** Fargate behind a load balancer; the cache is a Redis container on a host of its own, the cheapest one that all tasks share. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  network: { cidr: "10.64.0.0/16" },
  domain: { name: "staging.example.com", dns },

  database: { engine: "postgres", version: "16", instanceClass: "db.t3.micro", storageGiB: 20 },

  cache: { kind: "host", instanceType: "t4g.micro" },

  services: {
    api: {
      kind: "fargate",
      image: { repository: "backend", tag: "initial" },
      port: 8080,
      maxTasks: 4,
      healthCheck: { path: "/health" },
      routing: { hosts: ["api.staging.example.com"], priority: 10 },
    },
  },

  tasks: {
    migrate: {
      image: { repository: "backend", tag: "initial" },
      command: ["node", "dist/migrate.js"],
      connects: ["database"],
    },
  },

  sites: {
    web: {
      ...site,
      productionBranch: "main",
      domain: "app.staging.example.com",
      variables: { production: { NEXT_PUBLIC_API_URL: "https://api.staging.example.com" } },
    },
  },

  delivery: { applications: [{ ...backend, images: ["backend"] }] },
};
