import {
  APP_NETWORK,
  type ComposeService,
  DATABASE_VOLUME,
  fromEnvFile,
  literal,
  onThisMachine,
} from "./compose-document";
import type { LocalDatabase } from "./compose-settings";
import { databaseImage, type LocalEngine } from "./local-images";

interface EngineOnThisMachine {
  readonly version: string;
  readonly masterUsername: string;
  readonly port: number;
  readonly passwordVariable: string;
}

const ENGINES: Readonly<Record<LocalEngine, EngineOnThisMachine>> = {
  postgres: { version: "16", masterUsername: "postgres", port: 5432, passwordVariable: "POSTGRES_PASSWORD" },
  mysql: { version: "8.4", masterUsername: "admin", port: 3306, passwordVariable: "MYSQL_PASSWORD" },
};

/** The database with its defaults, and what follows from its engine. */
export function databaseOf(settings: LocalDatabase) {
  const { engine } = settings;
  const { port, passwordVariable, ...defaults } = ENGINES[engine];
  const { version = defaults.version, databaseName = "app", masterUsername = defaults.masterUsername } = settings;
  return { engine, version, databaseName, masterUsername, port, passwordVariable };
}

/** The container of the database. */
export function databaseService(settings: LocalDatabase): ComposeService {
  const { engine, version, port } = databaseOf(settings);
  return {
    image: databaseImage(engine, version),
    ...(engine === "postgres" ? postgres(settings) : mysql(settings)),
    ports: [onThisMachine(port, port)],
    networks: [APP_NETWORK],
  };
}

type Engine = Pick<ComposeService, "environment" | "volumes" | "healthcheck">;

function postgres(settings: LocalDatabase): Engine {
  const { version, databaseName, masterUsername, passwordVariable } = databaseOf(settings);
  // From 18 on, the image keeps the data of each major version in a folder below this one.
  const folder = Number.parseInt(version, 10) >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
  return {
    environment: {
      POSTGRES_DB: literal(databaseName),
      POSTGRES_PASSWORD: fromEnvFile(passwordVariable),
      POSTGRES_USER: literal(masterUsername),
    },
    volumes: [{ type: "volume", source: DATABASE_VOLUME, target: folder }],
    // By TCP: while the image prepares the first database, the server answers on its socket only.
    healthcheck: check(["pg_isready", "--host=127.0.0.1", `--username=${masterUsername}`, `--dbname=${databaseName}`]),
  };
}

function mysql(settings: LocalDatabase): Engine {
  const { databaseName, masterUsername, passwordVariable } = databaseOf(settings);
  const password = fromEnvFile(passwordVariable);
  const user: Record<string, string> =
    masterUsername === "root"
      ? { MYSQL_ROOT_PASSWORD: password }
      : { MYSQL_PASSWORD: password, MYSQL_RANDOM_ROOT_PASSWORD: "yes", MYSQL_USER: literal(masterUsername) };
  return {
    environment: { MYSQL_DATABASE: literal(databaseName), ...user },
    volumes: [{ type: "volume", source: DATABASE_VOLUME, target: "/var/lib/mysql" }],
    healthcheck: check(["mysqladmin", "ping", "--host=127.0.0.1", "--silent"]),
  };
}

function check(command: readonly string[]): ComposeService["healthcheck"] {
  return {
    test: ["CMD", ...command.map(literal)],
    interval: "5s",
    timeout: "5s",
    retries: 10,
    start_period: "30s",
  };
}
