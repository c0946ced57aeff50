import { stringify } from "yaml";
import { cacheService } from "./compose-cache";
import { databaseOf, databaseService } from "./compose-database";
import { APP_NETWORK, type ComposeService, DATABASE_VOLUME } from "./compose-document";
import { composeService, envFileVariables } from "./compose-service";
import { type ComposeInput, composeProblems } from "./compose-settings";

/** A whole Compose file, as the Compose specification spells it. */
export interface ComposeDocument {
  /** Name of the Compose project, first part of the names of its containers and volumes. */
  readonly name: string;

  /** Containers by name. */
  readonly services: Readonly<Record<string, ComposeService>>;

  /** Networks by name. */
  readonly networks: Readonly<Record<string, { readonly driver: "bridge" }>>;

  /**
   * Volumes by name.
   * @default - none
   */
  readonly volumes?: Readonly<Record<string, Readonly<Record<string, never>>>>;
}

/** What a developer's machine runs in place of an environment. Throws on all problems at once. */
export function composeDocument(input: ComposeInput): ComposeDocument {
  const problems = composeProblems(input).filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new Error(`compose: ${problems.join("; ")}`);
  const { project, services, database, cache } = input;
  return {
    name: `${project}-local`,
    services: {
      ...(database === undefined ? {} : { database: databaseService(database) }),
      ...(cache === undefined || cache.kind === "none" ? {} : { cache: cacheService(cache) }),
      ...Object.fromEntries(Object.entries(services).map(([name, service]) => [name, composeService(input, service)])),
    },
    networks: { [APP_NETWORK]: { driver: "bridge" } },
    volumes: database === undefined ? undefined : { [DATABASE_VOLUME]: {} },
  };
}

/** The text of `compose.yaml`; what an environment has and this has not stands at its head. */
export function composeFile(input: ComposeInput): string {
  const head = [
    `Generated from the environment ${input.environment}: change that instead.`,
    "Passwords come from .env beside this file, which is never committed; .env.example names them.",
    ...notHere(input),
  ];
  const body = stringify(composeDocument(input), { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" });
  return `${head.map((line) => `# ${line}`).join("\n")}\n\n${body}`;
}

/** The text of `.env.example`: every variable that `.env` has to have, without a value. */
export function envExample(input: ComposeInput): string {
  const { services, database } = input;
  const ofServices = Object.values(services).flatMap((service) => envFileVariables(input, service));
  const ofDatabase = database === undefined ? [] : [databaseOf(database).passwordVariable];
  const variables = [...new Set([...ofDatabase, ...ofServices.sort()])];
  const head = "# Copy to .env, fill in, and never commit that: Docker Compose reads it.";
  return [head, ...variables.map((variable) => `${variable}=`), ""].join("\n");
}

/** What a service has in the cloud and has to do without here. */
function notHere({ database, cache, buckets = {} }: ComposeInput): string[] {
  const elastiCache = cache?.kind === "replication-group" || cache?.kind === "serverless";
  const names = Object.keys(buckets).map((name) => `BUCKET_${name.toUpperCase().replaceAll("-", "_")}`);
  return [
    database === undefined && (cache === undefined || cache.kind === "none")
      ? undefined
      : "Not here: TLS to database and cache.",
    elastiCache ? "Not here: REDIS_CACHE_NAME, since this cache asks for no IAM token." : undefined,
    names.length === 0 ? undefined : `Not here: S3, so no ${names.join(", ")} and no AWS credentials.`,
  ].filter((line) => line !== undefined);
}
