import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CacheSettings, Environment, ServiceOfKind } from "../../envs/environment";
import { api, staging, system } from "../support/environments";
import { policyOf, type PolicyStatement, resources } from "../support/synth";
import { type SynthesizedSystem, synthSystem } from "../support/system";

interface Container {
  readonly name: string;
  readonly environment?: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly secrets?: ReadonlyArray<{ readonly name: string; readonly valueFrom: string }>;
}

const database = { engine: "postgres", databaseName: "app" } as const;
const buckets = { uploads: {}, "user-exports": {} };
const caches = {
  "replication-group": { kind: "replication-group" },
  serverless: { kind: "serverless" },
  upstash: { kind: "upstash", primaryRegion: "eu-west-1" },
  sidecar: { kind: "sidecar" },
  host: { kind: "host" },
  none: { kind: "none" },
} satisfies Record<CacheSettings["kind"], CacheSettings>;

const worker = { kind: "fargate", image: api.image, memoryMiB: 1024, cpuUnits: 512 } as const;

/** An environment with one service and these data. */
function synth(data: Partial<Environment>, service: Partial<ServiceOfKind<"fargate">> = {}): SynthesizedSystem {
  const environment = staging({ ...data, services: { worker: { ...worker, ...service } } });
  return synthSystem({ system: system(environment), environments: [environment] });
}

/** JSON with what it reads from other stacks replaced by what those say, and the hashes of addresses cut off. */
function resolved(text: string, { stacks }: SynthesizedSystem): string {
  return text
    .replace(
      /\$\{data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)\}/g,
      (_whole, stack: string, output: string) => String(stacks[stack]?.output?.[output]?.["value"]),
    )
    .replace(/_[0-9A-F]{8}(?=[.}])/g, "");
}

const containers = (built: SynthesizedSystem) =>
  resources(built.stacks["staging-app"] ?? {}, "aws_ecs_task_definition").flatMap(
    (task) => JSON.parse(resolved(String(task["container_definitions"]), built)) as Container[],
  );

/** What the service's own container gets. */
function received(built: SynthesizedSystem) {
  const own = containers(built).find(({ name }) => name === "worker");
  return {
    environment: Object.fromEntries((own?.environment ?? []).map(({ name, value }) => [name, value])),
    secrets: Object.fromEntries((own?.secrets ?? []).map(({ name, valueFrom }) => [name, valueFrom])),
  };
}

/** What the application may do in AWS. */
function taskStatements({ stacks }: SynthesizedSystem): PolicyStatement[] {
  return resources(stacks["staging-app"] ?? {}, "aws_iam_role_policy")
    .filter((policy) => String(policy["role"]).includes("_roles_task_"))
    .flatMap((policy) => policyOf(policy).Statement);
}

/** Every way out of the service's security group but HTTPS, and into the groups of others, as `<to> <port>`. */
function ways(built: SynthesizedSystem) {
  const app = built.stacks["staging-app"] ?? {};
  const ends = (rule: Record<string, unknown>, attribute: string) =>
    `${resolved(String(rule[attribute] ?? rule["cidr_ipv4"]), built)} ${String(rule["from_port"])}-${String(rule["to_port"])}`;
  return {
    out: resources(app, "aws_vpc_security_group_egress_rule")
      .filter((rule) => rule["from_port"] !== 443)
      .map((rule) => ends(rule, "referenced_security_group_id"))
      .sort(),
    in: resources(app, "aws_vpc_security_group_ingress_rule")
      .map((rule) => ends(rule, "security_group_id"))
      .sort(),
  };
}

const nothing = { environment: {}, secrets: {} };

describe("wiringOf", () => {
  describe("with a database", () => {
    const built = synth({ database });

    test("tells where it is, and reads user and password from the secret that RDS keeps", () => {
      expect(received(built)).toEqual({
        environment: {
          DATABASE_HOST: "${aws_db_instance.database_instance.address}",
          DATABASE_PORT: "5432",
          DATABASE_NAME: "app",
        },
        secrets: {
          DATABASE_USER: "${aws_db_instance.database_instance.master_user_secret[0].secret_arn}:username::",
          DATABASE_PASSWORD: "${aws_db_instance.database_instance.master_user_secret[0].secret_arn}:password::",
        },
      });
    });

    test("opens its port from the service to it, and gives no permission", () => {
      expect(ways(built)).toEqual({
        out: ["${aws_security_group.database_access.id} 5432-5432"],
        in: ["${aws_security_group.database_access.id} 5432-5432"],
      });
      expect(taskStatements(built)).toEqual([]);
    });
  });

  describe("with a replication group", () => {
    const built = synth({ cache: caches["replication-group"] });

    test("tells where it is and who to be, without a password", () => {
      expect(received(built)).toEqual({
        environment: {
          REDIS_HOST: "${aws_elasticache_replication_group.cache.primary_endpoint_address}",
          REDIS_PORT: "6379",
          REDIS_USER: "acme-staging-cache-app",
          REDIS_CACHE_NAME: "acme-staging-cache",
          REDIS_SERVERLESS: "false",
          REDIS_CLUSTER: "false",
        },
        secrets: {},
      });
    });

    test("lets the service sign in, as this user of this cache, through its port", () => {
      expect(taskStatements(built)).toEqual([
        {
          Effect: "Allow",
          Action: ["elasticache:Connect"],
          Resource: [
            "arn:aws:elasticache:eu-west-3:123456789012:replicationgroup:acme-staging-cache",
            "arn:aws:elasticache:eu-west-3:123456789012:user:acme-staging-cache-app",
          ],
        },
      ]);
      expect(ways(built)).toEqual({
        out: ["${aws_security_group.cache_access.id} 6379-6379"],
        in: ["${aws_security_group.cache_access.id} 6379-6379"],
      });
    });

    test("says so when clients have to speak the cluster protocol", () => {
      const cache = { kind: "replication-group", shards: 2, replicas: 1 } as const;
      expect(received(synth({ cache })).environment).toMatchObject({
        REDIS_CLUSTER: "true",
        REDIS_SERVERLESS: "false",
      });
    });
  });

  describe("with a serverless cache", () => {
    const built = synth({ cache: caches.serverless });

    test("tells where it is and who to be, without a password", () => {
      expect(received(built)).toEqual({
        environment: {
          REDIS_HOST: "${aws_elasticache_serverless_cache.cache.endpoint[0].address}",
          REDIS_PORT: "6379",
          REDIS_USER: "acme-staging-cache-app",
          REDIS_CACHE_NAME: "acme-staging-cache",
          REDIS_SERVERLESS: "true",
          REDIS_CLUSTER: "true",
        },
        secrets: {},
      });
    });

    test("lets the service sign in, through the ports for writing and for reading", () => {
      expect(taskStatements(built)).toEqual([
        {
          Effect: "Allow",
          Action: ["elasticache:Connect"],
          Resource: [
            "arn:aws:elasticache:eu-west-3:123456789012:serverlesscache:acme-staging-cache",
            "arn:aws:elasticache:eu-west-3:123456789012:user:acme-staging-cache-app",
          ],
        },
      ]);
      const both = [
        "${aws_security_group.cache_access.id} 6379-6379",
        "${aws_security_group.cache_access.id} 6380-6380",
      ];
      expect(ways(built)).toEqual({ out: both, in: both });
    });
  });

  describe("with Redis at Upstash", () => {
    const built = synth({ cache: caches.upstash });

    test("reads the whole address from the secret", () => {
      expect(received(built)).toEqual({
        environment: {},
        secrets: { REDIS_URL: "${aws_secretsmanager_secret.cache-secret.arn}" },
      });
    });

    test("opens its port outward, and nothing inward", () => {
      expect(ways(built)).toEqual({ out: ["0.0.0.0/0 6379-6379"], in: [] });
      expect(taskStatements(built)).toEqual([]);
    });
  });

  describe("with Redis in each task", () => {
    const built = synth({ cache: caches.sidecar });

    test("tells the address inside the task, and opens nothing", () => {
      expect(received(built)).toEqual({ environment: { REDIS_URL: "redis://localhost:6379" }, secrets: {} });
      expect(ways(built)).toEqual({ out: [], in: [] });
      expect(taskStatements(built)).toEqual([]);
    });

    test("puts the container into the task of every service that is connected, and of no other", () => {
      expect(containers(built).map(({ name }) => name)).toEqual(["worker", "redis"]);
      expect(containers(synth({ cache: caches.sidecar }, { connects: [] })).map(({ name }) => name)).toEqual([
        "worker",
      ]);
    });
  });

  describe("with Redis on a host", () => {
    const built = synth({ cache: caches.host });

    test("reads the whole address, password included, from the secret", () => {
      expect(received(built)).toEqual({
        environment: {},
        secrets: { REDIS_URL: "${aws_secretsmanager_secret.cache_secret.arn}" },
      });
    });

    test("opens its port from the service to it, and gives no permission", () => {
      const way = ["${aws_security_group.cache_host_security-group.id} 6379-6379"];
      expect(ways(built)).toEqual({ out: way, in: way });
      expect(taskStatements(built)).toEqual([]);
    });
  });

  test("with Aurora tells where its readers are too", () => {
    expect(received(synth({ database: { engine: "aurora-postgresql", databaseName: "app" } })).environment).toEqual({
      DATABASE_HOST: "${aws_rds_cluster.database_cluster.endpoint}",
      DATABASE_READER_HOST: "${aws_rds_cluster.database_cluster.reader_endpoint}",
      DATABASE_PORT: "5432",
      DATABASE_NAME: "app",
    });
  });

  test("with MySQL tells its port", () => {
    expect(received(synth({ database: { engine: "mysql", databaseName: "app" } })).environment).toMatchObject({
      DATABASE_PORT: "3306",
    });
  });

  describe("for a service of another kind", () => {
    const cidr = "10.10.0.0/16";
    const appOf = (overrides: Partial<Environment>) => {
      const environment = staging({ network: { cidr }, database, ...overrides });
      return synthSystem({ system: system(environment), environments: [environment] });
    };

    test("on App Runner is the same", () => {
      const built = appOf({
        cache: caches.host,
        services: { worker: { kind: "app-runner", image: api.image, port: 80 } },
      });
      const [service] = resources(built.stacks["staging-app"] ?? {}, "aws_apprunner_service");
      const text = resolved(JSON.stringify(service), built);
      for (const name of [
        "DATABASE_HOST",
        "DATABASE_PORT",
        "DATABASE_NAME",
        "DATABASE_USER",
        "DATABASE_PASSWORD",
        "REDIS_URL",
      ])
        expect(text).toContain(`"${name}"`);
      expect(ways(built).out).toEqual([
        "${aws_security_group.cache_host_security-group.id} 6379-6379",
        "${aws_security_group.database_access.id} 5432-5432",
      ]);
    });

    test("on a host of its own has the cache of each service under another name", () => {
      const built = appOf({
        cache: caches.sidecar,
        services: { worker: { kind: "docker-host", image: api.image } },
      });
      const text = JSON.stringify(built.stacks["staging-app"]);
      expect(text).toContain("redis://redis:6379");
      expect(text).not.toContain("redis://localhost:6379");
      expect(ways(built).out).toEqual(["${aws_security_group.database_access.id} 5432-5432"]);
    });

    test("that runs once is without a cache in each task, and else the same", () => {
      const task = (cache: CacheSettings) => {
        const built = appOf({ cache, tasks: { migrate: { image: api.image } } });
        const [own, ...others] = containers(built);
        expect(others).toEqual([]);
        return [...(own?.environment ?? []), ...(own?.secrets ?? [])].map(({ name }) => name).sort();
      };
      const ofDatabase = ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PASSWORD", "DATABASE_PORT", "DATABASE_USER"];
      expect(task(caches.sidecar)).toEqual(ofDatabase);
      expect(task(caches.upstash)).toEqual([...ofDatabase, "REDIS_URL"]);
    });
  });

  test("gives every service the secrets of the environment to choose from, and none unasked", () => {
    const secrets = { jwt: {}, "private-key": { kind: "manual" } } as const;
    expect(received(synth({ secrets }, { connects: [] }))).toEqual(nothing);
    const own = { JWT: { from: "jwt" }, KEY: { from: "private-key", key: "pem" } };
    expect(received(synth({ secrets }, { connects: [], secrets: own })).secrets).toEqual({
      JWT: "${aws_secretsmanager_secret.secret-jwt_secret.arn}",
      KEY: "${aws_secretsmanager_secret.secret-private-key_secret.arn}:pem::",
    });
  });

  test("lets a service publish metrics in its own namespaces only, and by default in none", () => {
    expect(taskStatements(synth({}, { metricNamespaces: ["acme/staging", "acme/jobs"] }))).toEqual([
      {
        Effect: "Allow",
        Action: ["cloudwatch:PutMetricData"],
        Resource: ["*"],
        Condition: { StringEquals: { "cloudwatch:namespace": ["acme/staging", "acme/jobs"] } },
      },
    ]);
    expect(taskStatements(synth({}, { metricNamespaces: [] }))).toEqual([]);
  });

  test("with buckets tells their names, and lets the service read and write their objects", () => {
    const built = synth({ buckets });
    expect(received(built)).toEqual({
      environment: {
        BUCKET_UPLOADS: "${aws_s3_bucket_policy.bucket-uploads_bucket_policy.bucket}",
        BUCKET_USER_EXPORTS: "${aws_s3_bucket_policy.bucket-user-exports_bucket_policy.bucket}",
      },
      secrets: {},
    });
    const objects = [
      "s3:GetObject",
      "s3:PutObject",
      "s3:DeleteObject",
      "s3:AbortMultipartUpload",
      "s3:ListMultipartUploadParts",
    ];
    expect(taskStatements(built)).toEqual(
      ["uploads", "user-exports"].flatMap((name) => {
        const arn = `arn:aws:s3:::acme-staging-${name}-123456789012`;
        return [
          { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [arn] },
          { Effect: "Allow", Action: objects, Resource: [`${arn}/*`] },
        ];
      }),
    );
    expect(ways(built)).toEqual({ out: [], in: [] });
  });

  test("gives nothing where there is nothing", () => {
    const built = synth({});
    expect(received(built)).toEqual(nothing);
    expect(ways(built)).toEqual({ out: [], in: [] });
    expect(taskStatements(built)).toEqual([]);
  });

  test.each(Object.values(caches))(
    "gives a service that connects to nothing nothing, with a cache of kind $kind",
    (cache) => {
      const built = synth({ database, buckets, cache }, { connects: [] });
      expect(received(built)).toEqual(nothing);
      expect(ways(built)).toEqual({ out: [], in: [] });
      expect(taskStatements(built)).toEqual([]);
    },
  );

  test.each([
    [["database"], ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PASSWORD", "DATABASE_PORT", "DATABASE_USER"]],
    [["cache"], ["REDIS_URL"]],
    [["user-exports"], ["BUCKET_USER_EXPORTS"]],
    [
      ["uploads", "cache"],
      ["BUCKET_UPLOADS", "REDIS_URL"],
    ],
  ])("gives a service that connects to %j that and no more", (connects, variables) => {
    const { environment, secrets } = received(synth({ database, buckets, cache: caches.upstash }, { connects }));
    expect([...Object.keys(environment), ...Object.keys(secrets)].sort()).toEqual(variables);
  });

  test("lets the service's own variables win", () => {
    const own = {
      environment: { DATABASE_HOST: "proxy.internal", LOG_LEVEL: "debug" },
      secrets: { DATABASE_PASSWORD: { secretName: "acme/app-user", key: "password" } },
    };
    expect(received(synth({ database }, own))).toEqual({
      environment: { DATABASE_HOST: "proxy.internal", DATABASE_PORT: "5432", DATABASE_NAME: "app", LOG_LEVEL: "debug" },
      secrets: {
        DATABASE_USER: "${aws_db_instance.database_instance.master_user_secret[0].secret_arn}:username::",
        DATABASE_PASSWORD: expect.stringMatching(/:secret:acme\/app-user:password::$/),
      },
    });
  });
});

describe("docs/guides/what-a-service-receives.md", () => {
  /** Variables by what the environment has; those from a secret say so. */
  type Table = Readonly<Record<string, readonly string[]>>;

  const guide = readFileSync(join(__dirname, "../../docs/guides/what-a-service-receives.md"), "utf8");

  const written: Table = (() => {
    const table = guide.split("\n\n").find((block) => block.startsWith("| what the environment has")) ?? "";
    const rows = table
      .split("\n")
      .slice(2)
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const found: Record<string, string[]> = {};
    let subjects: string[] = [];
    for (const [, what = "", variables = "", value = ""] of rows) {
      if (what !== "") {
        const [subject = "", kinds] = what.replaceAll("`", "").split(" of kind ");
        subjects = kinds === undefined ? [subject] : kinds.split(" or ");
      }
      const secret = /from (a|the) secret/.test(value) ? " (secret)" : "";
      for (const subject of subjects) {
        const names = [...variables.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => `${name}${secret}`);
        found[subject] = [...(found[subject] ?? []), ...names].sort();
      }
    }
    return found;
  })();

  const synthesized: Table = (() => {
    const variables = (data: Partial<Environment>) => {
      const { environment, secrets } = received(synth(data));
      return [...Object.keys(environment), ...Object.keys(secrets).map((name) => `${name} (secret)`)].sort();
    };
    const { none: _none, ...kinds } = caches;
    const ofDatabase = variables({ database });
    const besides = (chosen: Environment["database"]) =>
      variables({ database: chosen }).filter((name) => !ofDatabase.includes(name));
    const atRender = staging({
      network: undefined,
      database: { engine: "neon", neonRegion: "aws-us-east-1" },
      services: { api: { kind: "render", source: { kind: "image", url: "ghcr.io/acme/api", tag: "v1" } } },
    });
    const { stacks } = synthSystem({ system: system(atRender), environments: [atRender] });
    const [service] = resources(stacks["staging-hosted"] ?? {}, "render_web_service");
    return {
      database: ofDatabase,
      "database of Aurora": besides({ engine: "aurora-mysql" }),
      "database of RDS with readReplicas": besides({ ...database, readReplicas: 2 }),
      "database of Neon": Object.keys(service?.["env_vars"] ?? {}).sort(),
      ...Object.fromEntries(Object.entries(kinds).map(([kind, cache]) => [kind, variables({ cache })])),
      "buckets.<name>": variables({ buckets: { uploads: {} } }).map((name) => name.replace("UPLOADS", "<NAME>")),
    };
  })();

  test("names every variable that a service receives, and no other", () => {
    expect(written).toEqual(synthesized);
  });

  test("has a row for everything a service can be connected to", () => {
    expect(Object.keys(written).sort()).toEqual(Object.keys(synthesized).sort());
    expect(written["database"]).toContain("DATABASE_PASSWORD (secret)");
    expect(written["upstash"]).toEqual(["REDIS_URL (secret)"]);
    expect(written["sidecar"]).toEqual(["REDIS_URL"]);
  });
});
