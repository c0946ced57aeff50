import { Lazy, Token } from "cdktf";
import fc from "fast-check";
import {
  healthCheckOf,
  healthCheckProblems,
  type HealthCheckSettings,
  routingPriorityProblems,
  routingProblems,
  type RoutingSettings,
} from "../../../modules/compute/routing-settings";

const set = (problems: Array<string | undefined>) => problems.filter((problem) => problem !== undefined);
const five = ["/a", "/b", "/c", "/d", "/e"];

describe("routingProblems", () => {
  test.each<RoutingSettings>([
    { paths: ["/*"], priority: 1 },
    { hosts: ["api.acme.dev", "*.acme.dev"], priority: 50_000 },
    { hosts: ["a.dev", "b.dev"], paths: ["/a", "/b?", "/c/*.js"], priority: 9 },
    { paths: five, priority: 9 },
    { paths: [`/${"a".repeat(127)}`], priority: 9 },
    {
      paths: [Lazy.stringValue({ produce: () => "${var.path}" })],
      hosts: [Lazy.stringValue({ produce: () => "${var.host}" })],
      priority: Token.asNumber("${var.p}"),
    },
  ])("pass %j", (routing) => {
    expect(set(routingProblems(routing))).toEqual([]);
  });

  const host = "hosts must be host names of at most 128 characters, without scheme or port";
  const path = "paths must be paths of at most 128 characters that start with a slash, without a query";
  test.each<[RoutingSettings, string]>([
    [{ priority: 1 }, 'hosts and paths must be 1 to 5 values together, got 0; paths ["/*"] is everything'],
    [{ hosts: ["a.dev"], paths: five, priority: 1 }, "hosts and paths must be 1 to 5 values together, got 6"],
    [{ hosts: ["https://a.dev"], priority: 1 }, `${host}, got "https://a.dev"`],
    [{ hosts: ["a.dev:443"], priority: 1 }, `${host}, got "a.dev:443"`],
    [{ hosts: ["localhost"], priority: 1 }, `${host}, got "localhost"`],
    [{ paths: ["api/*"], priority: 1 }, `${path}, got "api/*"`],
    [{ paths: ["/a b"], priority: 1 }, `${path}, got "/a b"`],
    [{ paths: [`/${"a".repeat(128)}`], priority: 1 }, `${path}, got "/${"a".repeat(128)}"`],
    [{ paths: ["/*"], priority: 0 }, "priority must be a whole number from 1 to 50000, got 0"],
    [{ paths: ["/*"], priority: 50_001 }, "priority must be a whole number from 1 to 50000, got 50001"],
  ])("fail on %j", (routing, message) => {
    expect(set(routingProblems(routing))).toEqual([message]);
  });
});

describe("healthCheckOf", () => {
  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const defaults = {
      path: "/health",
      matcher: "200",
      intervalSeconds: 15,
      timeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      gracePeriodSeconds: 60,
    };
    expect(healthCheckOf()).toEqual(defaults);
    expect(healthCheckOf({ path: undefined, intervalSeconds: undefined })).toEqual(defaults);
  });
});

describe("healthCheckProblems", () => {
  test.each<HealthCheckSettings>([
    {},
    { path: "/", matcher: "200,204,301", intervalSeconds: 5, timeoutSeconds: 4 },
    { matcher: "200-299", intervalSeconds: 300, timeoutSeconds: 120 },
    { timeoutSeconds: 2, healthyThreshold: 2, unhealthyThreshold: 2, gracePeriodSeconds: 0 },
    { healthyThreshold: 10, unhealthyThreshold: 10, gracePeriodSeconds: 7200 },
    { timeoutSeconds: Token.asNumber("${var.timeout}") },
    { intervalSeconds: Token.asNumber("${var.interval}"), timeoutSeconds: 100 },
  ])("pass %j", (check) => {
    expect(set(healthCheckProblems(check))).toEqual([]);
  });

  const codes = "matcher must be status codes from 200 to 499: one, a list or a range";
  const whole = (name: string, min: number, max: number, got: number) =>
    `${name} must be a whole number from ${min} to ${max}, got ${got}`;
  test.each<[HealthCheckSettings, string]>([
    [{ path: "health" }, 'path must be a path of at most 1024 characters that starts with a slash, got "health"'],
    [{ matcher: "500" }, `${codes}, got "500"`],
    [{ matcher: "200-" }, `${codes}, got "200-"`],
    [{ matcher: "2xx" }, `${codes}, got "2xx"`],
    [{ intervalSeconds: 4, timeoutSeconds: 2 }, whole("intervalSeconds", 5, 300, 4)],
    [{ intervalSeconds: 301 }, whole("intervalSeconds", 5, 300, 301)],
    [{ timeoutSeconds: 1 }, whole("timeoutSeconds", 2, 120, 1)],
    [{ intervalSeconds: 300, timeoutSeconds: 121 }, whole("timeoutSeconds", 2, 120, 121)],
    [{ intervalSeconds: 5, timeoutSeconds: 5 }, "timeoutSeconds must be less than intervalSeconds (5), got 5"],
    [{ timeoutSeconds: 15 }, "timeoutSeconds must be less than intervalSeconds (15), got 15"],
    [{ healthyThreshold: 1 }, whole("healthyThreshold", 2, 10, 1)],
    [{ healthyThreshold: 11 }, whole("healthyThreshold", 2, 10, 11)],
    [{ unhealthyThreshold: 1 }, whole("unhealthyThreshold", 2, 10, 1)],
    [{ unhealthyThreshold: 11 }, whole("unhealthyThreshold", 2, 10, 11)],
    [{ gracePeriodSeconds: -1 }, whole("gracePeriodSeconds", 0, 7200, -1)],
    [{ gracePeriodSeconds: 7201 }, whole("gracePeriodSeconds", 0, 7200, 7201)],
  ])("fail on %j", (check, message) => {
    expect(set(healthCheckProblems(check))).toEqual([message]);
  });
});

describe("routingPriorityProblems", () => {
  test("pass different priorities, workers, and what only Terraform knows", () => {
    const token = { routing: { paths: ["/*"], priority: Token.asNumber("${var.p}") } };
    expect(
      routingPriorityProblems({
        api: { routing: { paths: ["/api/*"], priority: 1 } },
        web: { routing: { paths: ["/*"], priority: 2 } },
        worker: {},
        one: token,
        two: token,
      }),
    ).toEqual([]);
  });

  test("name the service that was there first", () => {
    const routing = { paths: ["/*"], priority: 7 };
    expect(routingPriorityProblems({ api: { routing }, web: { routing }, admin: { routing } })).toEqual([
      "web.routing.priority must be unlike that of every other service, got 7 as in api",
      "admin.routing.priority must be unlike that of every other service, got 7 as in api",
    ]);
  });

  test("are as many as there are services beyond the different priorities", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 }), (priorities) => {
        const services = Object.fromEntries(
          priorities.map((priority, index) => [`s${index}`, { routing: { paths: ["/*"], priority } }]),
        );
        expect(routingPriorityProblems(services)).toHaveLength(priorities.length - new Set(priorities).size);
      }),
    );
  });
});
