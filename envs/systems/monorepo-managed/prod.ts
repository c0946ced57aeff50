import type { Environment } from "../../environment";
import { site } from "../monorepo/shared";
import { shared, source } from "./shared";

/** As staging, with a database that never sleeps and can be restored to any moment of a week. */
export const prod: Environment = {
  name: "prod",
  tier: "prod",
  shared,

  // The state holds connection strings with passwords: encrypted, and few who read it.
  state: { kind: "s3" },

  domain: {
    name: "example.com",
    dns: { kind: "cloudflare", zoneName: "example.com", zoneId: "fedcba9876543210fedcba9876543210" },
  },

  database: {
    engine: "neon",
    neonRegion: "aws-us-east-1",
    majorVersion: 17,
    minComputeUnits: 1,
    maxComputeUnits: 4,
    suspendAfterSeconds: "never",
    restoreHours: 168,
  },

  cache: { kind: "upstash", primaryRegion: "us-east-1" },

  services: {
    api: {
      kind: "render",
      source: { ...source, branch: "production" },
      region: "virginia",
      plan: "standard",
      instances: { min: 2, max: 4 },
      healthCheckPath: "/health",
      preDeployCommand: "node dist/migrate.js",
      hosts: ["api.example.com"],
    },
  },

  sites: {
    web: {
      ...site,
      productionBranch: "production",
      domain: "app.example.com",
      variables: { production: { NEXT_PUBLIC_API_URL: "https://api.example.com" } },
    },
  },
};
