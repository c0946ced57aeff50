import { TestListener, type TestListenerProps } from "../../../modules/compute/test-listener";
import { context, resources, synth } from "../../support/synth";

const build = (props: Partial<TestListenerProps> = {}) =>
  synth(
    (scope) =>
      new TestListener(scope, "tests", {
        context: context(),
        loadBalancerArn: "arn:load-balancer",
        securityGroupId: "sg-lb",
        vpcCidr: "10.0.0.0/16",
        ...props,
      }),
  );
const listeners = (props: Partial<TestListenerProps> = {}) => resources(build(props), "aws_lb_listener");
const doors = (props: Partial<TestListenerProps> = {}) =>
  resources(build(props), "aws_vpc_security_group_ingress_rule").map((rule) => [
    rule["security_group_id"],
    rule["cidr_ipv4"],
    rule["ip_protocol"],
    rule["from_port"],
    rule["to_port"],
  ]);

const NOT_FOUND = {
  type: "fixed-response",
  fixed_response: { content_type: "text/plain", message_body: "Not found", status_code: "404" },
};

describe("TestListener", () => {
  test("listens on 8443, reached from the VPC only, and answers 404 to what no service answers", () => {
    expect(listeners({ certificateArn: "arn:certificate" })).toEqual([
      expect.objectContaining({
        load_balancer_arn: "arn:load-balancer",
        port: 8443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificate_arn: "arn:certificate",
        default_action: [NOT_FOUND],
        tags: { Name: "acme-test-test" },
      }),
    ]);
    expect(doors()).toEqual([["sg-lb", "10.0.0.0/16", "tcp", 8443, 8443]]);
  });

  test("speaks plain HTTP without a certificate", () => {
    const [one] = listeners();
    expect(one).toMatchObject({ port: 8443, protocol: "HTTP", default_action: [NOT_FOUND] });
    expect(one).not.toHaveProperty("ssl_policy");
    expect(one).not.toHaveProperty("certificate_arn");
  });

  test("takes a port, ranges and a TLS policy", () => {
    const chosen = { port: 9000, allowedCidrs: ["203.0.113.0/24", "198.51.100.7/32"] };
    expect(doors(chosen)).toEqual([
      ["sg-lb", "203.0.113.0/24", "tcp", 9000, 9000],
      ["sg-lb", "198.51.100.7/32", "tcp", 9000, 9000],
    ]);
    const tlsPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
    expect(listeners({ ...chosen, certificateArn: "arn:certificate", tlsPolicy })).toEqual([
      expect.objectContaining({ port: 9000, ssl_policy: tlsPolicy }),
    ]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const nothing = { port: undefined, allowedCidrs: undefined, certificateArn: undefined, tlsPolicy: undefined };
    expect(build(nothing).resource).toEqual(build().resource);
  });

  test.each<[Partial<TestListenerProps>, string]>([
    [{ port: 0 }, "port must be a whole number from 1 to 65535, got 0"],
    [{ port: 65_536 }, "port must be a whole number from 1 to 65535, got 65536"],
    [{ port: 443 }, "port must be other than 80 and 443, which visitors use, got 443"],
    [{ allowedCidrs: [] }, "allowedCidrs must be at least one range, got []"],
    [
      { allowedCidrs: ["10.0.0.0/16", "0.0.0.0/0"] },
      'allowedCidrs[1] must not be everybody, got "0.0.0.0/0"; a release that nobody has looked at is no site',
    ],
    [
      { allowedCidrs: ["10.0.0.1/16"], port: 80 },
      'port must be other than 80 and 443, which visitors use, got 80; allowedCidrs[0] must start at its network address, got "10.0.0.1/16"; did you mean 10.0.0.0/16',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(`test/tests: ${message}`));
  });
});
