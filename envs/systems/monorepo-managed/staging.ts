import type { Environment } from "../../environment";
import { site } from "../monorepo/shared";
import { shared, source } from "./shared";

/** No infrastructure of our own at all. What it costs is four vendors, and connection strings in Terraform's state. */
export const staging: Environment = {
  name: "staging",
  tier: "staging",
  shared,

  domain: {
    name: "staging.example.com",
    dns: { kind: "cloudflare", zoneName: "example.com", zoneId: "fedcba9876543210fedcba9876543210" },
  },

  database: { engine: "neon", neonRegion: "aws-us-east-1", majorVersion: 17 },

  cache: { kind: "upstash", primaryRegion: "us-east-1" },

  services: {
    api: {
      kind: "render",
      source: { ...source, branch: "main" },
      region: "virginia",
      plan: "starter",
      healthCheckPath: "/health",
      preDeployCommand: "node dist/migrate.js",
      hosts: ["api.staging.example.com"],
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
};
