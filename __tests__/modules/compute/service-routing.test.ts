import type { FargateServiceProps } from "../../../modules/compute/fargate-service";
import { resources } from "../../support/synth";
import { service } from "./example-service";

const targets = (props: Partial<FargateServiceProps> = {}) => resources(service(props), "aws_lb_target_group");
const rules = (props: Partial<FargateServiceProps> = {}) => resources(service(props), "aws_lb_listener_rule");

describe("ServiceRouting", () => {
  test("is a target group of addresses, checked on /health", () => {
    expect(targets()).toEqual([
      expect.objectContaining({
        name: "acme-test-api",
        vpc_id: "vpc-1",
        target_type: "ip",
        protocol: "HTTP",
        port: 80,
        deregistration_delay: "30",
        slow_start: 0,
        stickiness: { type: "lb_cookie", enabled: false, cookie_duration: 86_400 },
        health_check: {
          protocol: "HTTP",
          port: "traffic-port",
          path: "/health",
          matcher: "200",
          interval: 15,
          timeout: 5,
          healthy_threshold: 2,
          unhealthy_threshold: 3,
        },
      }),
    ]);
  });

  test("takes every choice", () => {
    const healthCheck = {
      path: "/up",
      matcher: "200-299",
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThreshold: 5,
      unhealthyThreshold: 4,
    };
    const chosen = { healthCheck, deregistrationDelaySeconds: 0, stickySeconds: 3600, slowStartSeconds: 60 };
    expect(targets(chosen)).toEqual([
      expect.objectContaining({
        deregistration_delay: "0",
        slow_start: 60,
        stickiness: { type: "lb_cookie", enabled: true, cookie_duration: 3600 },
        health_check: {
          protocol: "HTTP",
          port: "traffic-port",
          path: "/up",
          matcher: "200-299",
          interval: 30,
          timeout: 10,
          healthy_threshold: 5,
          unhealthy_threshold: 4,
        },
      }),
    ]);
  });

  test("keeps its target group when the port changes", () => {
    expect(targets({ port: 8080 })).toEqual(targets());
  });

  test("leads hosts and paths to it", () => {
    expect(rules()).toEqual([
      expect.objectContaining({
        listener_arn: "arn:listener",
        priority: 10,
        condition: [{ host_header: { values: ["api.acme.dev"] } }, { path_pattern: { values: ["/api/*"] } }],
        action: [{ type: "forward", target_group_arn: expect.stringMatching(/^\$\{aws_lb_target_group\..*\.arn\}$/) }],
        tags: { Name: "acme-test-api" },
      }),
    ]);
  });

  test.each([
    [{ hosts: ["a.dev", "b.dev"], priority: 1 }, [{ host_header: { values: ["a.dev", "b.dev"] } }]],
    [{ paths: ["/*"], hosts: undefined, priority: 1 }, [{ path_pattern: { values: ["/*"] } }]],
  ])("has only the conditions of %j", (routing, condition) => {
    expect(rules({ routing })).toEqual([expect.objectContaining({ condition })]);
  });
});
