import { ruleConditions, targetGroupConfig } from "../../../modules/compute/routing-config";

describe("targetGroupConfig", () => {
  test("checks /health and drops nobody at once", () => {
    expect(targetGroupConfig("acme-test-api", { vpcId: "vpc-1", deregistrationDelaySeconds: 30 })).toEqual({
      name: "acme-test-api",
      vpcId: "vpc-1",
      targetType: "ip",
      protocol: "HTTP",
      port: 80,
      deregistrationDelay: "30",
      slowStart: 0,
      stickiness: { type: "lb_cookie", enabled: false, cookieDuration: 86_400 },
      healthCheck: {
        protocol: "HTTP",
        port: "traffic-port",
        path: "/health",
        matcher: "200",
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
  });
});

describe("ruleConditions", () => {
  test.each([
    [{ hosts: ["a.dev"], priority: 1 }, [{ hostHeader: { values: ["a.dev"] } }]],
    [{ paths: ["/*"], priority: 1 }, [{ pathPattern: { values: ["/*"] } }]],
    [
      { hosts: ["a.dev"], paths: ["/*"], priority: 1 },
      [{ hostHeader: { values: ["a.dev"] } }, { pathPattern: { values: ["/*"] } }],
    ],
  ])("of %j", (routing, conditions) => {
    expect(ruleConditions(routing)).toEqual(conditions);
  });
});
