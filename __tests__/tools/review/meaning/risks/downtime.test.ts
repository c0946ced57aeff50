import { downtime as rule } from "../../../../../tools/review/meaning/risks/downtime";
import {
  created,
  destroyed,
  findingsOf,
  planOf,
  replaced,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

const lb = replaced("aws_lb.l", { name: "a" }, { name: "b" }, { replace_paths: [["name"]] });

describe(rule.id, () => {
  test("says what stops, by what it is seen, and what would make it safe", () => {
    expect(reviewOf(planOf([lb])).risks).toEqual([
      {
        rule: "downtime",
        severity: "high",
        title: "The load balancer is gone until the new one stands",
        stack: "stack",
        address: "aws_lb.l",
        construct: "",
        evidence: 'name: "a" → "b"',
        why: "Requests fail until it is there again.",
        fix: "Make the new one before the old one goes (create_before_destroy), or apply it in a quiet hour and say so to those who use it.",
      },
    ]);
  });

  test.each<[string, string]>([
    ["aws_instance", "The host"],
    ["aws_ecs_service", "The service"],
    ["aws_nat_gateway", "The way out to the internet"],
    ["aws_cloudfront_distribution", "The distribution"],
    ["aws_vpc", "The network"],
    ["render_web_service", "The service"],
  ])("finds a replaced %s", (type, what) => {
    expect(findingsOf(rule, [replaced(`${type}.a`, {}, {})])).toEqual([
      `high: ${what} is gone until the new one stands (actions: replace)`,
    ]);
  });

  test("is mild where the new one is made first, as the plan or the configuration says", () => {
    const first = { ...lb, actions: ["create", "delete"] };
    const mild = ['low: The load balancer is replaced, the new one first (name: "a" → "b")'];
    expect(findingsOf(rule, [first])).toEqual(mild);
    expect(findingsOf(rule, [lb], { createBeforeDestroy: true })).toEqual(mild);
    expect(findingsOf(rule, [lb], { createBeforeDestroy: false })).toEqual([
      'high: The load balancer is gone until the new one stands (name: "a" → "b")',
    ]);
  });

  test.each<[string, string, Body, Body, string]>([
    [
      "a host that restarts",
      "aws_instance",
      { instance_type: "t3.micro" },
      { instance_type: "t3.small" },
      'medium: A host restarts (instance_type: "t3.micro" → "t3.small")',
    ],
    [
      "a database that waits for its window",
      "aws_db_instance",
      { instance_class: "db.t4g.micro", port: 5432 },
      { instance_class: "db.t4g.small", port: 5433 },
      'low: A database restarts in its next maintenance window (instance_class: "db.t4g.micro" → "db.t4g.small"; port: 5432 → 5433)',
    ],
    [
      "a database that does not wait",
      "aws_db_instance",
      { engine_version: "16.3" },
      { engine_version: "16.4", apply_immediately: true },
      'high: A database restarts at once (engine_version: "16.3" → "16.4"; apply_immediately: true)',
    ],
    [
      "a database that does not wait, and has another one beside it",
      "aws_db_instance",
      { engine_version: "16.3" },
      { engine_version: "16.4", apply_immediately: true, multi_az: true },
      'medium: A database restarts at once (engine_version: "16.3" → "16.4"; apply_immediately: true)',
    ],
    [
      "a cache that does not wait, and has another node beside it",
      "aws_elasticache_replication_group",
      { node_type: "cache.t4g.micro" },
      { node_type: "cache.t4g.small", apply_immediately: true, automatic_failover_enabled: true },
      'medium: A database restarts at once (node_type: "cache.t4g.micro" → "cache.t4g.small"; apply_immediately: true)',
    ],
    [
      "a service without tasks",
      "aws_ecs_service",
      { desired_count: 1 },
      { desired_count: 0 },
      "high: A service is stopped (desired_count: 1 → 0)",
    ],
    [
      "hosts that all go, once",
      "aws_autoscaling_group",
      { desired_capacity: 2, max_size: 4 },
      { desired_capacity: 0, max_size: 0 },
      "high: A service is stopped (desired_capacity: 2 → 0; max_size: 4 → 0)",
    ],
  ])("finds %s", (_, type, before, after, expected) => {
    expect(findingsOf(rule, [updated(`${type}.a`, before, after)])).toEqual([expected]);
  });

  test("counts a version that is known only after apply as a change", () => {
    const change = updated(
      "aws_db_instance.db",
      { engine_version: "16.3" },
      {},
      { after_unknown: { engine_version: true } },
    );
    expect(findingsOf(rule, [change])).toEqual([
      'low: A database restarts in its next maintenance window (engine_version: "16.3" → (known after apply))',
    ]);
  });

  test.each<[string, ChangeSketch]>([
    ["one task fewer", updated("aws_ecs_service.s", { desired_count: 2 }, { desired_count: 1 })],
    [
      "a service that had no tasks",
      updated("aws_ecs_service.s", { desired_count: 0, a: 1 }, { desired_count: "0", a: 2 }),
    ],
    [
      "a number of tasks that scaling decides",
      updated("aws_ecs_service.s", { desired_count: null }, { desired_count: 0 }),
    ],
    [
      "a number of tasks known only after apply",
      updated("aws_ecs_service.s", { desired_count: 2 }, {}, { after_unknown: { desired_count: true } }),
    ],
    [
      "a change that restarts nothing",
      updated("aws_db_instance.db", { allocated_storage: 20 }, { allocated_storage: 30 }),
    ],
    ["a replacement of what serves nobody", replaced("aws_iam_role.r", {}, {})],
    ["a replaced database, which is another rule's", replaced("aws_db_instance.db", {}, {})],
    ["what is made", created("aws_lb.l", { name: "a" })],
    ["what is destroyed for good", destroyed("aws_lb.l", { name: "a" })],
    ["what is only read", { ...replaced("data.aws_lb.l", {}, {}), entry: { type: "aws_lb" } }],
  ])("finds nothing in %s", (_, change) => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });

  test("finds nothing where everything is to go", () => {
    expect(findingsOf(rule, [lb], { kind: "destroy" })).toEqual([]);
  });
});
