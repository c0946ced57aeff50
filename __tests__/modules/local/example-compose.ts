import type { ComposeInput, LocalService } from "../../../modules/local/compose-settings";

const image = { repository: "api", tag: "1.0.0" };

/** An API built from its source code, as it stands in an environment. */
export const api: LocalService = { image, port: 4000, local: { context: "./api" } };

/** A front end and an API, built from their source code, with PostgreSQL and a cache of ElastiCache's. */
export const webApi: ComposeInput = {
  project: "acme",
  environment: "staging",
  database: { engine: "postgres" },
  cache: { kind: "replication-group", engine: "redis" },
  services: {
    frontend: {
      image: { repository: "frontend", tag: "1.0.0" },
      port: 3000,
      healthCheck: { path: "/" },
      connects: [],
      environment: { NODE_ENV: "production", VITE_API_URL: "https://api.staging.acme.dev" },
      local: {
        context: "./frontend",
        target: "development",
        command: ["npm", "run", "dev"],
        environment: { NODE_ENV: "development", VITE_API_URL: "http://localhost:4000" },
        waitsFor: ["api"],
      },
    },
    api: {
      ...api,
      secrets: {
        STRIPE_KEY: { secretName: "acme/staging/stripe" },
        PGPASSWORD: { from: "database", key: "password" },
      },
      local: { context: "./api", command: ["npm", "run", "dev"], sources: ["src", "package.json"] },
    },
  },
  buckets: { uploads: {}, "old-files": {} },
};
