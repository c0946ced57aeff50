import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CacheSettings, Environment, ServiceSettings } from "../../envs/environment";
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
  none: { kind: "none" },
} satisfies Record<CacheSettings["kind"], CacheSettings>;

const worker = { kind: "fargate", image: api.image, memoryMiB: 1024, cpuUnits: 512 } as const;

/** An environment with one service and these data. */
function synth(data: Partial<Environment>, service: Partial<ServiceSettings> = {}): SynthesizedSystem {
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
    const rows = guide
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .slice(2)
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const table: Record<string, string[]> = {};
    let subjects: string[] = [];
    for (const [, what = "", variables = "", value = ""] of rows) {
      const quoted = [...what.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
      if (quoted.length > 0) subjects = quoted.filter((word) => word !== "cache");
      const secret = /from (a|the) secret/.test(value) ? " (secret)" : "";
      for (const subject of subjects) {
        const names = [...variables.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => `${name}${secret}`);
        table[subject] = [...(table[subject] ?? []), ...names].sort();
      }
    }
    return table;
  })();

  const synthesized: Table = (() => {
    const variables = (data: Partial<Environment>) => {
      const { environment, secrets } = received(synth(data));
      return [...Object.keys(environment), ...Object.keys(secrets).map((name) => `${name} (secret)`)].sort();
    };
    const { none: _none, ...kinds } = caches;
    return {
      database: variables({ database }),
      ...Object.fromEntries(Object.entries(kinds).map(([kind, cache]) => [kind, variables({ cache })])),
      "buckets.<name>": variables({ buckets: { uploads: {} } }).map((name) => name.replace("UPLOADS", "<NAME>")),
    };
  })();

  test("names every variable that a service receives, and no other", () => {
    expect(written).toEqual(synthesized);
  });

  test("has a row for everything a service can be connected to", () => {
    expect(Object.keys(written).sort()).toEqual(
      ["buckets.<name>", "database", "replication-group", "serverless", "sidecar", "upstash"].sort(),
    );
    expect(written["database"]).toContain("DATABASE_PASSWORD (secret)");
    expect(written["upstash"]).toEqual(["REDIS_URL (secret)"]);
    expect(written["sidecar"]).toEqual(["REDIS_URL"]);
  });
});
