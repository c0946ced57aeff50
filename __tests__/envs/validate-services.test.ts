import type { Environment, ServiceOfKind, TaskSettings } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { serviceProblems, taskProblems } from "../../envs/validate-services";
import { api, domain, prod, shared, staging } from "../support/environments";

const found = (problems: ReadonlyArray<string | undefined>) => problems.filter((problem) => problem !== undefined);
const problems = (environment: Environment) => found(serviceProblems(resolveEnvironment(environment)));
const tasksOf = (environment: Environment) => found(taskProblems(resolveEnvironment(environment)));

const worker = { kind: "fargate", image: api.image } as const;
const withService = (overrides: Partial<ServiceOfKind<"fargate">>, environment: Partial<Environment> = {}) =>
  problems(staging({ domain, ...environment, services: { api: { ...api, ...overrides } } }));
const routed = (...hosts: string[]) => ({ routing: { hosts, priority: 1 } });

describe("serviceProblems", () => {
  test("finds none in no service, a routed one, and a worker", () => {
    expect(problems(staging())).toEqual([]);
    expect(problems(staging({ domain, services: { api, worker } }))).toEqual([]);
    expect(problems(prod({ domain, services: { api, worker } }))).toEqual([]);
  });

  test("finds every problem of every service, each with its path", () => {
    const services = { api: { ...api, cpuUnits: 300 }, worker: { ...worker, maxTasks: 0 } };
    expect(problems(staging({ domain, services }))).toEqual([
      "services.api.cpuUnits must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 300; the nearest legal pair is cpuUnits 256 with memoryMiB 512",
      "services.worker.maxTasks must be a whole number from 1 to 5000, got 0",
      "services.worker.minTasks must be at most maxTasks (0), got 1",
    ]);
  });

  test("finds a service of no known kind", () => {
    expect(withService({ kind: "lambda" as "fargate" })).toEqual([
      'services.api.kind must be one of fargate, docker-host, app-runner, render, got "lambda"',
    ]);
  });

  describe("about images", () => {
    const sidecar = (repository: string) => ({ sidecars: { proxy: { image: { repository, tag: "v1" } } } });

    test("lets a service and its sidecars run what the shared stack stores, and what anyone may pull", () => {
      expect(withService(sidecar("api"))).toEqual([]);
      expect(withService({ image: { uri: "public.ecr.aws/nginx/nginx:1.27.3" } })).toEqual([]);
      expect(withService({ sidecars: { proxy: { image: { uri: "public.ecr.aws/nginx/nginx:1.27.3" } } } })).toEqual([]);
    });

    test("finds an image of a sidecar that nobody stores", () => {
      expect(withService(sidecar("proxy"))).toEqual([
        'services.api.image.repository must be one of shared.images (api), got "proxy"',
      ]);
    });

    test("says so when nothing is stored", () => {
      expect(withService({}, { shared: { ...shared, images: undefined } })).toEqual([
        'services.api.image.repository must be one of shared.images (none), got "api"',
      ]);
    });
  });

  describe("about connections", () => {
    const data: Partial<Environment> = {
      database: { engine: "postgres" },
      cache: { kind: "serverless" },
      buckets: { uploads: {} },
    };

    test("lets a service connect to nothing, or to all that the environment has", () => {
      expect(withService({ connects: [] }, data)).toEqual([]);
      expect(withService({ connects: ["database", "cache", "uploads"] }, data)).toEqual([]);
      expect(withService({ connects: undefined })).toEqual([]);
    });

    test("lists what there is", () => {
      expect(withService({ connects: ["uploads", "exports"] }, data)).toEqual([
        'services.api.connects.1 must be one of database, cache, uploads, got "exports"',
      ]);
      expect(withService({ connects: ["cache"] }, { ...data, cache: { kind: "none" } })).toEqual([
        'services.api.connects.0 must be one of database, uploads, got "cache"',
      ]);
    });

    test("counts a cache in each task as a cache", () => {
      expect(withService({ connects: ["cache"], memoryMiB: 1024 }, { cache: { kind: "sidecar" } })).toEqual([]);
    });
  });

  describe("about hosts", () => {
    test.each([["example.com"], ["api.example.com"], ["*.example.com"], ["a-1.example.com", "example.com"]])(
      "allows %j %j of example.com",
      (...hosts) => {
        expect(withService(routed(...hosts.filter((host) => host !== undefined)))).toEqual([]);
      },
    );

    test.each(["a.b.example.com", "example.org", "notexample.com", "com"])("finds %j outside example.com", (host) => {
      expect(withService(routed("example.com", host))).toContain(
        `services.api.routing.hosts.1 must be "example.com" or one label below it, which is what the certificate covers, got "${host}"`,
      );
    });

    test("asks for names in lower case, as DNS keeps them", () => {
      expect(withService(routed("API.example.com"))).toEqual([
        'services.api.routing.hosts.0 must be a domain name in lower case, without a dot at the end, got "API.example.com"',
      ]);
    });

    test("asks nothing of hosts without a domain, as no certificate and no record is made", () => {
      expect(withService(routed("whatever.example.org"), { domain: undefined })).toEqual([]);
    });

    test("covers the domain, not its whole zone", () => {
      const below = { ...domain, name: "staging.example.com" };
      expect(withService(routed("api.staging.example.com", "staging.example.com"), { domain: below })).toEqual([]);
      expect(withService(routed("api.example.com"), { domain: below })).toEqual([
        'services.api.routing.hosts.0 must be "staging.example.com" or one label below it, which is what the certificate covers, got "api.example.com"',
      ]);
    });
  });

  describe("about a shell", () => {
    test("allows none, and one in staging that the cluster records", () => {
      expect(withService({ exec: false })).toEqual([]);
      expect(withService({ exec: true }, { cluster: { exec: true } })).toEqual([]);
    });

    test.each([undefined, {}, { exec: false }])("finds one in staging with the cluster %j", (cluster) => {
      expect(withService({ exec: true }, { cluster })).toEqual([
        "services.api.exec needs cluster.exec, so that sessions are recorded, got none",
      ]);
    });

    test("finds one in prod, also when the cluster would record it", () => {
      const environment = prod({ domain, cluster: { exec: true }, services: { api: { ...api, exec: true } } });
      expect(problems(environment)).toEqual([
        "services.api.exec must be false in prod, got true; a shell in a task can read what the task can read",
      ]);
    });
  });

  describe("about where a service runs", () => {
    const outside = { network: undefined };
    const renders = {
      kind: "render",
      source: { kind: "image", url: "ghcr.io/acme/api", tag: "v1" },
      region: "frankfurt",
    } as const;
    const services = {
      fargate: api,
      "docker-host": { kind: "docker-host", image: api.image },
      "app-runner": { kind: "app-runner", image: api.image, port: 8080 },
    } as const;

    test.each(Object.values(services))("lets one of kind $kind run in AWS, and asks for a network", (service) => {
      expect(problems(staging({ domain, services: { api: service } }))).toEqual([]);
      expect(problems(staging({ ...outside, domain, services: { api: service } }))).toEqual([
        `services.api.network must be set for a service of kind ${service.kind}, which runs in it, got none`,
      ]);
    });

    test("lets one at Render be where there is no network", () => {
      expect(problems(staging({ ...outside, services: { api: renders } }))).toEqual([]);
      expect(problems(staging({ services: { api: renders } }))).toEqual([
        'services.api.kind must be one that runs in AWS where the environment has a network, got "render"; Render reaches no private subnet',
      ]);
    });

    test("finds the settings of each kind wrong, with the path", () => {
      const wrong = {
        host: { ...services["docker-host"], diskGiB: 7 },
        runner: { ...services["app-runner"], concurrency: 0 },
      };
      expect(problems(staging({ services: wrong }))).toEqual([
        "services.host.diskGiB must be a whole number from 8 to 16384, got 7",
        "services.runner.concurrency must be a whole number from 1 to 200, got 0",
      ]);
      const away = { api: { ...renders, instances: { min: 0, max: 1 } } };
      expect(problems(staging({ ...outside, services: away }))).toEqual([
        expect.stringMatching(/^services\.api\.instances\.min must be .*, got 0$/),
      ]);
    });

    test("finds an image that nobody stores, whatever runs it", () => {
      const image = { repository: "apy", tag: "v1" };
      const host = { ...services["docker-host"], image };
      const runner = { ...services["app-runner"], image };
      expect(problems(staging({ services: { host, runner } }))).toEqual(
        ["host", "runner"].map(
          (name) => `services.${name}.image.repository must be one of shared.images (api), got "apy"`,
        ),
      );
    });

    describe("on a host of its own", () => {
      const host = { ...services["docker-host"], port: 3000 } as const;
      const withHost = (overrides: Partial<ServiceOfKind<"docker-host">>, environment: Partial<Environment> = {}) =>
        problems(staging({ domain, ...environment, services: { api: { ...host, ...overrides } } }));

      test("may answer at any name of the zone, since it gets its own certificates", () => {
        expect(withHost({ hosts: ["api-staging.example.com", "deep.down.example.com", "example.com"] })).toEqual([]);
        expect(withHost({ hosts: ["api.example.org"] })).toEqual([
          'services.api.hosts.0 must be "example.com" or end in ".example.com", got "api.example.org"',
        ]);
      });

      test("has hosts only where there is a zone", () => {
        expect(withHost({ hosts: ["api.example.com"] }, { domain: undefined })).toEqual([
          "services.api.domain must be set with hosts, whose records are made there, got none",
        ]);
      });

      test("has its hosts alone", () => {
        const hosts = ["api.example.com"];
        expect(problems(staging({ domain, services: { one: { ...host, hosts }, two: { ...host, hosts } } }))).toEqual([
          'services.one.hosts.0 must be a host of this service alone, got "api.example.com" as in services.two',
          'services.two.hosts.0 must be a host of this service alone, got "api.example.com" as in services.one',
        ]);
        expect(problems(staging({ domain, services: { api, host: { ...host, hosts } } }))).toEqual([
          'services.host.hosts.0 must be a host of this service alone, got "api.example.com" as in services.api',
        ]);
      });

      test("gets an env file from the bucket that is shared, in its account", () => {
        const envFile = { version: "v1.0.0" };
        const withFiles = { shared: { ...shared, envFiles: {} } };
        expect(withHost({ envFile }, withFiles)).toEqual([]);
        expect(withHost({ envFile })).toEqual([
          "services.api.envFile needs shared.envFiles, the bucket it comes from, got none",
        ]);
        expect(withHost({ envFile }, { ...withFiles, accountId: "210987654321" })).toEqual([
          "services.api.envFile must be left out of an environment outside the shared account (123456789012), whose bucket it comes from, got one in 210987654321",
        ]);
      });
    });

    describe("at Render", () => {
      const atRender = (overrides: Partial<ServiceOfKind<"render">>, environment: Partial<Environment> = {}) =>
        problems(staging({ ...outside, domain, ...environment, services: { api: { ...renders, ...overrides } } }));

      test("may answer at any name of the zone but its own at Route 53, which takes no CNAME there", () => {
        expect(atRender({ hosts: ["api.example.com", "deep.down.example.com"] })).toEqual([]);
        expect(atRender({ hosts: ["api.example.org"] })).toEqual([
          'services.api.hosts.0 must be "example.com" or end in ".example.com", got "api.example.org"',
        ]);
        expect(atRender({ hosts: ["example.com"] })).toEqual([
          'services.api.hosts.0 must be below "example.com" while Route 53 answers for that zone, got "example.com"; move the zone to Cloudflare, or take a name such as "www.example.com"',
        ]);
        const dns = { kind: "cloudflare", zoneName: "example.com", zoneId: "f".repeat(32) } as const;
        expect(atRender({ hosts: ["example.com"] }, { domain: { name: "example.com", dns } })).toEqual([]);
      });

      test("publishes no metrics and reads no secrets of AWS, which it has no role for", () => {
        expect(atRender({ secretsAs: "values" })).toEqual([]);
        expect(atRender({ metricNamespaces: ["acme"], secretsAs: "arns" })).toEqual([
          "services.api.metricNamespaces must be left out, got a service at Render, which has no role in AWS",
          'services.api.secretsAs must be "values" at Render, which has no role in AWS to read an ARN, got "arns"',
        ]);
      });
    });

    test("finds a cache in each task where a service has no container beside it", () => {
      const cache = { kind: "sidecar" } as const;
      const runner = services["app-runner"];
      expect(problems(staging({ cache, services: { runner } }))).toEqual([
        "services.runner.connects must be without cache, or cache.kind another than sidecar; a service of kind app-runner has no container beside it",
      ]);
      expect(problems(staging({ cache, services: { runner: { ...runner, connects: [] } } }))).toEqual([]);
      expect(problems(staging({ cache, services: { host: services["docker-host"] } }))).toEqual([]);
    });

    test("hands a database at Neon to services at Render only", () => {
      const database = { engine: "neon", neonRegion: "aws-us-east-1" } as const;
      expect(problems(staging({ ...outside, database, services: { api: renders } }))).toEqual([]);
      expect(withService({}, { database })).toEqual([
        "services.api.connects must be without database; a database at Neon is handed to services at Render only",
      ]);
      expect(withService({ connects: [] }, { database })).toEqual([]);
    });
  });

  describe("about secrets", () => {
    const from = (source: string) => ({ secrets: { KEY: { from: source } } });
    const secrets = { jwt: {} };
    const database = { engine: "postgres" } as const;

    test("takes those of the environment, whatever the service is connected to", () => {
      expect(withService({ ...from("jwt"), connects: [] }, { secrets })).toEqual([]);
    });

    test.each<[string, Partial<Environment>]>([
      ["database", { database }],
      ["cache", { cache: { kind: "upstash", primaryRegion: "eu-west-1" } }],
      ["cache", { cache: { kind: "host" } }],
    ])("takes that of the %s it is connected to, with %j", (source, data) => {
      expect(withService(from(source), data)).toEqual([]);
      expect(withService({ ...from(source), connects: [] }, data)).toEqual([
        expect.stringMatching(new RegExp(`^services\\.api\\.secrets\\.KEY\\.from must be .*, got "${source}"`)),
      ]);
    });

    test("come as values or as ARNs, to a service and to a task", () => {
      expect(withService({ secretsAs: "arns" })).toEqual([]);
      const secretsAs = "files" as "arns";
      expect(withService({ secretsAs })).toEqual(['services.api.secretsAs must be one of values, arns, got "files"']);
      expect(tasksOf(staging({ tasks: { migrate: { image: api.image, secretsAs } } }))).toEqual([
        'tasks.migrate.secretsAs must be one of values, arns, got "files"',
      ]);
    });

    test("finds one that nobody holds", () => {
      expect(withService(from("cache"), { cache: { kind: "serverless" }, secrets })).toEqual([
        expect.stringMatching(/^services\.api\.secrets\.KEY\.from must be .*jwt.*, got "cache"/),
      ]);
      const sidecars = { proxy: { image: { uri: "public.ecr.aws/nginx/nginx:1.27.3" }, ...from("jwt") } };
      expect(withService({ sidecars })).toEqual([
        expect.stringMatching(/^services\.api\.sidecars\.proxy\.secrets\.KEY\.from must be .*, got "jwt"/),
      ]);
    });
  });

  describe("about metrics", () => {
    test.each(["acme/staging", "a", "Acme_1.2-3#4:5", "b".repeat(255)])("allows the namespace %j", (namespace) => {
      expect(withService({ metricNamespaces: [namespace] })).toEqual([]);
    });

    test.each(["AWS/EC2", "", "a b", "b".repeat(256)])("finds the namespace %j", (namespace) => {
      expect(withService({ metricNamespaces: ["acme", namespace] })).toEqual([
        `services.api.metricNamespaces.1 must be 1 to 255 letters, digits and any of . _ - / # :, not below AWS/, got "${namespace}"`,
      ]);
    });
  });
});

describe("taskProblems", () => {
  const migrate = { image: api.image, command: ["migrate"] };
  const withTask = (overrides: Partial<TaskSettings>, environment: Partial<Environment> = {}) =>
    tasksOf(staging({ ...environment, tasks: { migrate: { ...migrate, ...overrides } } }));

  test("finds none in no task, and in one that is connected to the database", () => {
    expect(tasksOf(staging())).toEqual([]);
    expect(withTask({ connects: ["database"] }, { database: { engine: "postgres" } })).toEqual([]);
  });

  test.each<[string, Partial<TaskSettings>, Partial<Environment>, string]>([
    ["no network", {}, { network: undefined }, "network must be set for a task, which runs in AWS, got none"],
    [
      "an illegal size",
      { cpuUnits: 256, memoryMiB: 4096 },
      {},
      expect.stringMatching(/^tasks\.migrate\.memoryMiB must be .*, got 4096/) as string,
    ],
    [
      "an image that nobody stores",
      { image: { repository: "apy", tag: "v1" } },
      {},
      'image.repository must be one of shared.images (api), got "apy"',
    ],
    [
      "a connection to nothing",
      { connects: ["database"] },
      {},
      'connects.0 must be one of nothing, the environment has no data, got "database"',
    ],
    [
      "a secret that nobody holds",
      { secrets: { KEY: { from: "jwt" } } },
      {},
      expect.stringMatching(/^tasks\.migrate\.secrets\.KEY\.from must be .*, got "jwt"/) as string,
    ],
    [
      "a database at Neon",
      {},
      { database: { engine: "neon", neonRegion: "aws-us-east-1" } },
      "connects must be without database; a database at Neon is handed to services at Render only",
    ],
    [
      "a namespace of AWS's",
      { metricNamespaces: ["AWS/RDS"] },
      {},
      'metricNamespaces.0 must be 1 to 255 letters, digits and any of . _ - / # :, not below AWS/, got "AWS/RDS"',
    ],
  ])("finds %s", (_what, overrides, environment, problem) => {
    expect(withTask(overrides, environment)).toEqual([
      typeof problem === "string" ? `tasks.migrate.${problem}` : problem,
    ]);
  });

  test("lets a task be where the cache is one of each service, which it has none of", () => {
    expect(withTask({}, { cache: { kind: "sidecar" } })).toEqual([]);
  });
});
