import type { Environment } from "../../envs/environment";
import { api, domain, prod, staging } from "../support/environments";
import { synthEnvironment, values } from "../support/stacks";
import { resources, type Synthesized } from "../support/synth";

const notify = { emails: ["oncall@example.com"] };
const image = api.image;
const synth = (overrides: Partial<Environment> = {}) =>
  synthEnvironment(staging({ monitoring: { notify }, ...overrides }));
const monitoring = (overrides: Partial<Environment> = {}): Synthesized =>
  synth(overrides).stacks["staging-monitoring"] ?? {};

/** What is watched: the alarms' names without the environment in front and without the check at the end. */
function watched(stack: Synthesized): string[] {
  const kinds = [
    "service",
    "load-balancer",
    "database-instance",
    "database-cluster",
    "serverless-cache",
    "cache",
    "host",
    "app-runner",
    "backup",
  ];
  const names = values(stack, "aws_cloudwatch_metric_alarm", "alarm_name").map((name) =>
    String(name).replace("acme-staging-", ""),
  );
  return [...new Set(names.map((name) => kinds.find((kind) => name.startsWith(`${kind}-`)) ?? name))].sort();
}

const alarms = (stack: Synthesized, start: string) =>
  resources(stack, "aws_cloudwatch_metric_alarm").filter(({ alarm_name }) =>
    String(alarm_name).startsWith(`acme-staging-${start}`),
  );

describe("MonitoringStack", () => {
  test("is only there with monitoring", () => {
    expect(synth({ monitoring: undefined }).stacks).not.toHaveProperty("staging-monitoring");
  });

  test("with nothing to watch has neither alarms nor a dashboard", () => {
    const stack = monitoring();
    expect(resources(stack, "aws_cloudwatch_metric_alarm")).toEqual([]);
    expect(resources(stack, "aws_cloudwatch_dashboard")).toEqual([]);
  });

  test.each<[string, Partial<Environment>, string[]]>([
    ["a routed service", { domain, services: { api } }, ["load-balancer", "service"]],
    ["a worker", { services: { worker: { kind: "fargate", image } } }, ["service"]],
    ["a service on App Runner", { services: { api: { kind: "app-runner", image, port: 80 } } }, ["app-runner"]],
    ["a service on a host", { services: { api: { kind: "docker-host", image } } }, ["host"]],
    ["PostgreSQL", { database: { engine: "postgres" } }, ["database-instance"]],
    ["MySQL", { database: { engine: "mysql" } }, ["database-instance"]],
    ["Aurora", { database: { engine: "aurora-mysql" } }, ["database-cluster"]],
    ["a database at Neon", { database: { engine: "neon", neonRegion: "aws-us-east-1" } }, []],
    ["a replication group", { cache: { kind: "replication-group" } }, ["cache"]],
    ["a serverless cache", { cache: { kind: "serverless" } }, ["serverless-cache"]],
    ["a Redis on a host", { cache: { kind: "host" } }, ["host"]],
    ["a cache at Upstash", { cache: { kind: "upstash", primaryRegion: "eu-west-1" } }, []],
    ["backups", { recovery: { region: "us-east-1", backup: {} } }, ["backup"]],
  ])("watches %s", (_what, overrides, kinds) => {
    expect(watched(monitoring(overrides))).toEqual(kinds);
  });

  test("watches a service by requests only when it is routed", () => {
    const names = (overrides: Partial<Environment>) =>
      alarms(monitoring(overrides), "service-").map(({ alarm_name }) => String(alarm_name));
    expect(names({ services: { api } }).some((name) => /p99|latency|errors?/.test(name))).toBe(true);
    expect(
      names({ services: { api: { kind: "fargate", image } } }).some((name) => /p99|latency|error/.test(name)),
    ).toBe(false);
  });

  test("watches both colors of a blue/green service", () => {
    const service = { ...api, deployment: { kind: "blue-green" } } as const;
    const text = JSON.stringify(alarms(monitoring({ domain, services: { api: service } }), "service-api"));
    expect(new Set(text.match(/target-group-(blue|green)/g) ?? text.match(/(blue|green)/g))).toHaveProperty("size", 2);
  });

  test("knows how many connections a database takes, from its class or from its parameters", () => {
    const threshold = (overrides: Partial<Environment>) =>
      resources(monitoring(overrides), "aws_cloudwatch_metric_alarm")
        .filter(({ alarm_name }) => String(alarm_name).endsWith("-connections"))
        .map((alarm) => alarm["threshold"]);
    expect(threshold({ database: { engine: "postgres" } })).toEqual([Math.floor(77 * 0.8)]);
    const parameters = [{ name: "max_connections", value: "200" }];
    expect(threshold({ database: { engine: "postgres", parameters } })).toEqual([160]);
    expect(threshold({ database: { engine: "postgres", instanceClass: "db.x2g.large" } })).toEqual([]);
  });

  test("watches each read replica, and how far it is behind", () => {
    const stack = monitoring({ database: { engine: "postgres", readReplicas: 2 } });
    const names = alarms(stack, "database-instance-database-replica-").map(({ alarm_name }) => String(alarm_name));
    expect(new Set(names.map((name) => /replica-\d/.exec(name)?.[0]))).toEqual(new Set(["replica-1", "replica-2"]));
    expect(JSON.stringify(stack)).toContain('"acme-staging-db-replica-2"');
  });

  test("watches every node of a cache, ten to an alarm", () => {
    const nodes = (cache: Environment["cache"]) => {
      const text = JSON.stringify(resources(monitoring({ cache }), "aws_cloudwatch_metric_alarm"));
      return [...new Set(text.match(/acme-staging-cache-[\d-]+\d/g))].sort();
    };
    expect(nodes({ kind: "replication-group", replicas: 1 })).toEqual([
      "acme-staging-cache-001",
      "acme-staging-cache-002",
    ]);
    expect(nodes({ kind: "replication-group", replicas: 0, shards: 1 })).toEqual(["acme-staging-cache-001"]);
    expect(nodes({ kind: "replication-group", replicas: 1, shards: 2 })).toEqual([
      "acme-staging-cache-0001-001",
      "acme-staging-cache-0001-002",
      "acme-staging-cache-0002-001",
      "acme-staging-cache-0002-002",
    ]);
    const many = { kind: "replication-group", replicas: 2, shards: 4 } as const;
    expect(nodes(many)).toHaveLength(12);
    const stack = monitoring({ cache: many });
    expect(alarms(stack, "cache-cache-2-").length).toBe(alarms(stack, "cache-cache-").length / 2);
  });

  test("is not alarmed by the silence of what a schedule stops", () => {
    const offHours = { stop: "0 20 ? * MON-FRI *", start: "0 8 ? * MON-FRI *", timezone: "Europe/Paris" };
    const breaching = (overrides: Partial<Environment>) =>
      values(monitoring(overrides), "aws_cloudwatch_metric_alarm", "treat_missing_data").filter(
        (missing) => missing === "breaching",
      ).length;
    expect(breaching({ database: { engine: "postgres" } })).toBeGreaterThan(0);
    expect(breaching({ database: { engine: "postgres", offHours } })).toBe(0);
    const host = { kind: "docker-host", image } as const;
    expect(breaching({ services: { host } })).toBeGreaterThan(0);
    expect(breaching({ services: { host: { ...host, offHours } } })).toBe(0);
  });

  test("tells those who are named, through a topic of its own or one that is there", () => {
    const actions = (chosen: Environment["monitoring"]) => {
      const stack = monitoring({ monitoring: chosen, database: { engine: "postgres" } });
      const all = values(stack, "aws_cloudwatch_metric_alarm", "alarm_actions");
      expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
      return { topics: resources(stack, "aws_sns_topic").length, actions: all[0] };
    };
    const own: unknown = expect.stringMatching(/^\$\{aws_sns_topic_policy\.\w+\.arn\}$/);
    const there = "arn:aws:sns:eu-west-3:123456789012:chat";
    expect(actions({ notify })).toEqual({ topics: 1, actions: [own] });
    expect(actions({ notify: { topicArns: [there] } })).toEqual({ topics: 0, actions: [there] });
    expect(actions({ notify: { ...notify, topicArns: [there] } })).toEqual({ topics: 1, actions: [own, there] });
  });

  test("has a dashboard unless it is not wanted, and a budget where one is set", () => {
    const made = (chosen: Environment["monitoring"]) => {
      const stack = monitoring({ monitoring: chosen, services: { api } });
      return ["aws_cloudwatch_dashboard", "aws_budgets_budget", "aws_sns_topic"].map(
        (type) => resources(stack, type).length,
      );
    };
    expect(made({})).toEqual([1, 0, 0]);
    expect(made({ dashboard: false })).toEqual([0, 0, 0]);
    expect(made({ budget: { usdPerMonth: 50 } })).toEqual([1, 1, 1]);
  });

  test("comes after what it watches", () => {
    const { dependencies } = synthEnvironment(
      prod({ domain, services: { api }, monitoring: {}, recovery: { region: "us-east-1", backup: {} } }),
    );
    expect([...(dependencies["prod-monitoring"] ?? [])].sort()).toEqual(["prod-app", "prod-backup", "prod-network"]);
  });

  test("changes nothing else: every other stack is the same without it", () => {
    const data = { domain, services: { api }, database: { engine: "postgres" } } as const;
    const { "staging-monitoring": _with, ...others } = synth(data).stacks;
    const without = synth({ ...data, monitoring: undefined }).stacks;
    const addresses = (stacks: typeof without) =>
      Object.entries(stacks).map(([name, { resource }]) => [name, resource]);
    expect(addresses(others)).toEqual(addresses(without));
  });
});
