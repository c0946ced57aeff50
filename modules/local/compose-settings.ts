import { type RedisSidecarSettings, redisSidecarProblems } from "../cache/redis-sidecar-settings";
import type { ReplicationGroupSettings } from "../cache/replication-group-settings";
import type { ServerlessCacheSettings } from "../cache/serverless-cache-settings";
import type { ContainerHealthCheckSettings } from "../compute/container-settings";
import type { ImageSettings, Registry } from "../compute/image-settings";
import type { SecretSettings } from "../compute/secret-settings";
import { notMatching, outOfRange, shown, within } from "../validation";
import { cacheImageOf } from "./compose-cache";
import { databaseOf } from "./compose-database";
import { databaseImage, databaseMajors, type LocalEngine } from "./local-images";

/** How a service runs on a developer's machine from its source code. */
export interface LocalSettings {
  /** Folder its image is built from, as seen from the Compose file: `./api`. */
  readonly context: string;

  /**
   * Dockerfile, as seen from `context`.
   * @default "Dockerfile"
   */
  readonly dockerfile?: string;

  /**
   * Stage of the Dockerfile, such as one that has the tools of development.
   * @default - the last stage
   */
  readonly target?: string;

  /**
   * Command that starts it anew when a file changes, such as `["npm", "run", "dev"]`.
   * @default - the command of the service
   */
  readonly command?: readonly string[];

  /**
   * Folders and files below `context` that the container sees as they are on the machine, for hot reload. What the image has installed beside
   * them, such as `node_modules`, stays its own.
   * @default ["src"]
   */
  readonly sources?: readonly string[];

  /**
   * Folder of the image that `context` was copied to.
   * @default "/app"
   */
  readonly workingDirectory?: string;

  /**
   * Variables that are different here, such as the address of another service.
   * @default - those of the environment
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Port on this machine.
   * @default - the port of the service
   */
  readonly port?: number;

  /**
   * Other services that have to be well before it starts.
   * @default - none
   */
  readonly waitsFor?: readonly string[];
}

/** What of a service's settings counts on a developer's machine; the settings of every kind of service fit. */
export interface LocalService {
  /** Image in the cloud; run here too when there is no `local`. */
  readonly image: ImageSettings;

  /**
   * Port it listens on.
   * @default - none, nothing can connect to it
   */
  readonly port?: number;

  /**
   * Arguments in place of the image's own command.
   * @default - the image's own
   */
  readonly command?: readonly string[];

  /**
   * Variables in the clear.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Variables from secrets. Those of database and cache are known here, the others come from `.env`.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretSettings>>;

  /**
   * Where it says that it is well.
   * @default - "/health", if it has a port
   */
  readonly healthCheck?: { readonly path?: string };

  /**
   * A check inside the container, which wins over `healthCheck`.
   * @default - none
   */
  readonly containerHealthCheck?: ContainerHealthCheckSettings;

  /**
   * What it reaches: `database`, `cache`.
   * @default - everything
   */
  readonly connects?: readonly string[];

  /**
   * How it runs here from its source code.
   * @default - its image is pulled from the registry
   */
  readonly local?: LocalSettings;
}

/** What of a database's settings counts here; those of PostgreSQL and MySQL fit. */
export interface LocalDatabase {
  /** Which database. */
  readonly engine: LocalEngine;

  /**
   * Major version, or a full one.
   * @default - "16" for PostgreSQL, "8.4" for MySQL
   */
  readonly version?: string;

  /**
   * Name of the first database.
   * @default "app"
   */
  readonly databaseName?: string;

  /**
   * Name of the user.
   * @default - "postgres" for PostgreSQL, "admin" for MySQL
   */
  readonly masterUsername?: string;
}

/** What of a cache's settings counts here; those of every kind fit. */
export type LocalCache =
  | ({ readonly kind: "replication-group" } & Pick<ReplicationGroupSettings, "engine" | "version">)
  | ({ readonly kind: "serverless" } & Pick<ServerlessCacheSettings, "engine" | "majorVersion">)
  | { readonly kind: "upstash" }
  | ({ readonly kind: "sidecar" | "host" } & RedisSidecarSettings)
  | { readonly kind: "none" };

/** An environment, as far as a developer's machine can have it. */
export interface ComposeInput {
  /** The product's short name, first part of the Compose project. */
  readonly project: string;

  /** Name of the environment it is taken from. */
  readonly environment: string;

  /** Services by name. */
  readonly services: Readonly<Record<string, LocalService>>;

  /**
   * The database.
   * @default - none
   */
  readonly database?: LocalDatabase;

  /**
   * The cache.
   * @default - none
   */
  readonly cache?: LocalCache;

  /**
   * Buckets by name, of which the file says that they are not here.
   * @default - none
   */
  readonly buckets?: Readonly<Record<string, unknown>>;

  /**
   * Where the product's own images are, for services without `local`.
   * @default - unknown; every service with an own image needs `local`
   */
  readonly registry?: Registry;
}

/** Names that the Compose file gives to what is no service. */
const TAKEN = ["database", "cache"];

const RELATIVE = /^\.{1,2}(\/[\w.@-]+)*\/?$/;
const BELOW = /^(?!\.{1,2}(\/|$))[\w.@-]+(\/(?!\.{1,2}(\/|$))[\w.@-]+)*$/;

/** Every problem of what a Compose file is made from. */
export function composeProblems(input: ComposeInput): Array<string | undefined> {
  const { project, services, database, cache, registry } = input;
  return [
    notMatching("project", project, /^[a-z0-9][a-z0-9_-]*$/, "lower-case letters, digits, hyphens and underscores"),
    ...Object.entries(services).flatMap(([name, service]) => [
      notMatching("services", name, /^[a-z][a-z0-9-]*$/, "named in lower-case letters, digits and hyphens"),
      TAKEN.includes(name) ? `services must be named unlike ${TAKEN.join(" and ")}, got ${shown(name)}` : undefined,
      ...within(`services.${name}`, serviceProblems(service, services, registry)),
    ]),
    ...within("database", database === undefined ? [] : databaseProblems(database)),
    ...within("cache", cache === undefined ? [] : cacheProblems(cache)),
    portProblem(input),
  ];
}

/** Port on this machine by which a service is reached, if it has one. */
export function hostPortOf({ port, local }: LocalService): number | undefined {
  return port === undefined ? undefined : (local?.port ?? port);
}

function serviceProblems(
  { image, port, local }: LocalService,
  services: ComposeInput["services"],
  registry: Registry | undefined,
): Array<string | undefined> {
  if (local === undefined) {
    return "repository" in image && registry === undefined
      ? ["local must be given without a registry, got none; say which folder it is built from"]
      : [];
  }
  const { context, sources = [], waitsFor = [] } = local;
  return within("local", [
    notMatching("context", context, RELATIVE, "a relative path that begins with a dot"),
    notMatching("dockerfile", local.dockerfile, BELOW, "a path below the context"),
    notMatching("workingDirectory", local.workingDirectory, /^(\/[\w.@-]+)+$/, "an absolute path below the root"),
    ...sources.map((source) => notMatching("sources", source, BELOW, "paths below the context")),
    local.command?.length === 0 ? "command must be at least one argument, got []" : undefined,
    outOfRange("port", local.port, 1024, 65_535),
    local.port !== undefined && port === undefined
      ? `port must be left out for a service without one, got ${local.port}`
      : undefined,
    ...waitsFor.map((name) =>
      Object.hasOwn(services, name) ? undefined : `waitsFor must be names of services, got ${shown(name)}`,
    ),
  ]);
}

function databaseProblems(settings: LocalDatabase): Array<string | undefined> {
  const { engine, version } = databaseOf(settings);
  if (databaseImage(engine, version) !== undefined) return [];
  return [`version must be of one of ${databaseMajors(engine).join(", ")}, got ${shown(version)}`];
}

function cacheProblems(cache: LocalCache): Array<string | undefined> {
  if (cache.kind === "sidecar" || cache.kind === "host") return redisSidecarProblems(cache);
  if (cache.kind === "none" || cacheImageOf(cache) !== undefined) return [];
  return ["version must be one that has an image, got one that has none"];
}

/** Two containers cannot have one port of the machine. */
function portProblem({ services, database, cache }: ComposeInput): string | undefined {
  const taken: Array<readonly [string, number]> = [
    ...(database === undefined ? [] : [["database", databaseOf(database).port] as const]),
    ...(cache === undefined || cache.kind === "none" ? [] : [["cache", 6379] as const]),
    ...Object.entries(services).flatMap(([name, service]) => {
      const port = hostPortOf(service);
      return port === undefined ? [] : [[name, port] as const];
    }),
  ];
  for (const [index, [name, port]] of taken.entries()) {
    const other = taken.findIndex(([, candidate]) => candidate === port);
    if (other < index) {
      return `services.${name}.local.port must be free on this machine, got ${port} of ${taken[other]?.[0]} too`;
    }
  }
  return undefined;
}
