import { type ImageSettings, repositoryUri } from "../compute/image-settings";
import type { SecretSettings } from "../compute/secret-settings";
import { CACHE_URL, cacheVariables } from "./compose-cache";
import { databaseOf } from "./compose-database";
import {
  APP_NETWORK,
  type ComposeHealthCheck,
  type ComposeMount,
  type ComposeService,
  fromEnvFile,
  literal,
  onThisMachine,
} from "./compose-document";
import { type ComposeInput, hostPortOf, type LocalService, type LocalSettings } from "./compose-settings";

/** The container of one service of the environment. */
export function composeService(input: ComposeInput, service: LocalService): ComposeService {
  const { port, local } = service;
  const command = local?.command ?? service.command;
  const hostPort = hostPortOf(service);
  return {
    ...(local === undefined ? { image: imageOf(input, service.image) } : { build: buildOf(local) }),
    command: command?.map(literal),
    environment: notEmpty(variablesOf(input, service)),
    ports: port === undefined || hostPort === undefined ? undefined : [onThisMachine(hostPort, port)],
    volumes: local === undefined ? undefined : mountsOf(local),
    healthcheck: healthCheckOf(service),
    depends_on: notEmpty(waitsOf(input, service)),
    networks: [APP_NETWORK],
  };
}

/** The secrets of a service that nothing here can know, so that `.env` has to. */
export function envFileVariables(input: ComposeInput, { secrets = {} }: LocalService): string[] {
  return Object.entries(secrets).flatMap(([variable, secret]) =>
    knownSecret(input, secret) === undefined ? [variable] : [],
  );
}

/** Whether it is reached by a service that names what it connects to. */
function connects({ connects: names }: LocalService, name: "database" | "cache"): boolean {
  return names === undefined || names.includes(name);
}

function imageOf({ project, registry }: ComposeInput, image: ImageSettings): string {
  if ("uri" in image) return literal(image.uri);
  if (registry === undefined) throw new Error(`the registry of ${image.repository} is not known`);
  return literal(repositoryUri({ project }, registry, image.repository, image.tag));
}

function buildOf({ context, dockerfile, target }: LocalSettings): ComposeService["build"] {
  return { context: literal(context), dockerfile, target: target === undefined ? undefined : literal(target) };
}

function mountsOf({ context, sources = ["src"], workingDirectory = "/app" }: LocalSettings): ComposeMount[] {
  const folder = context.replace(/\/$/, "");
  return sources.map((source) => ({
    type: "bind",
    source: `${folder}/${source}`,
    target: `${workingDirectory}/${source}`,
  }));
}

/** As in the cloud: what is connected, then the service's own, then what is different on this machine. */
function variablesOf(input: ComposeInput, service: LocalService): Record<string, string> {
  const { database, cache } = input;
  const { environment = {}, secrets = {}, local } = service;
  const all = {
    ...(database !== undefined && connects(service, "database") ? databaseVariables(input) : {}),
    ...(cache !== undefined && connects(service, "cache") ? cacheVariables(cache) : {}),
    ...literals(environment),
    ...mapped(secrets, (secret, variable) => knownSecret(input, secret) ?? fromEnvFile(variable)),
    ...literals(local?.environment ?? {}),
  };
  return Object.fromEntries(Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function databaseVariables({ database }: ComposeInput): Record<string, string> {
  if (database === undefined) return {};
  const { databaseName, masterUsername, port, passwordVariable } = databaseOf(database);
  return {
    DATABASE_HOST: "database",
    DATABASE_PORT: String(port),
    DATABASE_NAME: literal(databaseName),
    DATABASE_USER: literal(masterUsername),
    DATABASE_PASSWORD: fromEnvFile(passwordVariable),
  };
}

/** A secret of the database or the cache; every other one is known to its owner only. */
function knownSecret({ database, cache }: ComposeInput, secret: SecretSettings): string | undefined {
  if (!("from" in secret)) return undefined;
  if (secret.from === "cache" && cache !== undefined && cache.kind !== "none") return CACHE_URL;
  if (secret.from !== "database" || database === undefined) return undefined;
  const { masterUsername, passwordVariable } = databaseOf(database);
  if (secret.key === "username") return literal(masterUsername);
  return secret.key === "password" ? fromEnvFile(passwordVariable) : undefined;
}

function healthCheckOf(service: LocalService): ComposeHealthCheck | undefined {
  const { containerHealthCheck, port, healthCheck = {} } = service;
  if (containerHealthCheck !== undefined) {
    const {
      command,
      intervalSeconds = 30,
      timeoutSeconds = 5,
      retries = 3,
      startPeriodSeconds = 0,
    } = containerHealthCheck;
    return {
      test: typeof command === "string" ? ["CMD-SHELL", literal(command)] : ["CMD", ...command.map(literal)],
      interval: `${intervalSeconds}s`,
      timeout: `${timeoutSeconds}s`,
      retries,
      start_period: `${startPeriodSeconds}s`,
    };
  }
  if (port === undefined) return undefined;
  return {
    test: ["CMD-SHELL", literal(httpCheck(`http://127.0.0.1:${port}${healthCheck.path ?? "/health"}`))],
    interval: "5s",
    timeout: "5s",
    retries: 10,
    start_period: "30s",
  };
}

/** Images have one of these three; each of them ends with an error unless the answer is a good one. */
function httpCheck(url: string): string {
  return [
    `wget -q -O /dev/null '${url}'`,
    `curl -fsS -o /dev/null '${url}'`,
    `node -e "fetch('${url}').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"`,
  ].join(" || ");
}

function waitsOf(input: ComposeInput, service: LocalService): NonNullable<ComposeService["depends_on"]> {
  const { database, cache, services } = input;
  const isWell = { condition: "service_healthy" } as const;
  return {
    ...(database !== undefined && connects(service, "database") ? { database: isWell } : {}),
    ...(cache !== undefined && cache.kind !== "none" && connects(service, "cache") ? { cache: isWell } : {}),
    ...Object.fromEntries(
      (service.local?.waitsFor ?? []).map((name) => {
        const other = services[name];
        const checked = other !== undefined && healthCheckOf(other) !== undefined;
        return [name, checked ? isWell : { condition: "service_started" as const }];
      }),
    ),
  };
}

function literals(values: Readonly<Record<string, string>>): Record<string, string> {
  return mapped(values, literal);
}

function mapped<T>(
  values: Readonly<Record<string, T>>,
  form: (value: T, name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, form(value, name)]));
}

function notEmpty<T extends object>(values: T): T | undefined {
  return Object.keys(values).length === 0 ? undefined : values;
}
