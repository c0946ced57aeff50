import type { ComposeInput, LocalDatabase, LocalService } from "../modules/local/compose-settings";
import type { DatabaseSettings, ServiceSettings } from "./environment";
import type { ResolvedEnvironment } from "./tiers";

/** What of an environment a developer's machine can have: its services, and a database and a cache of the same versions. */
export function localEnvironment(environment: ResolvedEnvironment): ComposeInput {
  const { name, shared, services, database, cache, buckets, local = {} } = environment;
  const { project, accountId, region } = shared;
  return {
    project,
    environment: name,
    services: Object.fromEntries(
      Object.entries(services).flatMap(([service, settings]) => {
        const localService = localServiceOf(settings);
        return localService ? [[service, { ...localService, local: local[service] }] as const] : [];
      }),
    ),
    database: database && localDatabase(database),
    cache,
    buckets,
    registry: { accountId, region },
  };
}

/** Render's services are built from a repository of their own; the others run an image that can run anywhere. */
function localServiceOf(service: ServiceSettings): LocalService | undefined {
  switch (service.kind) {
    case "fargate":
    case "docker-host":
      return service;
    case "app-runner": {
      const { image, port, environment, secrets, healthCheck, connects } = service;
      return { image, port, environment, secrets, healthCheck, connects };
    }
    case "render":
      return undefined;
  }
}

function localDatabase(database: DatabaseSettings): LocalDatabase {
  switch (database.engine) {
    case "postgres":
    case "mysql":
      return { ...database, engine: database.engine };
    case "aurora-postgresql":
    case "aurora-mysql": {
      const engine = database.engine === "aurora-postgresql" ? "postgres" : "mysql";
      const version = engine === "postgres" ? database.version?.split(".")[0] : "8.0"; // Aurora MySQL 3 is MySQL 8.0
      return { ...database, engine, version };
    }
    case "neon": {
      const { majorVersion = 17, databaseName, roleName } = database;
      return { engine: "postgres", version: String(majorVersion), databaseName, masterUsername: roleName };
    }
  }
}
