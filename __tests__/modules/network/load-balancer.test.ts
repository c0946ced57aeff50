import { TerraformVariable } from "cdktf";
import type { Context } from "../../../modules/context";
import { LoadBalancer } from "../../../modules/network/load-balancer";
import type { LoadBalancerProps } from "../../../modules/network/load-balancer";
import { context, resources, synth } from "../../support/synth";

const synthOf = (props: Partial<LoadBalancerProps> = {}, overrides: Partial<Context> = {}) =>
  synth((scope) => {
    new LoadBalancer(scope, "front", {
      context: context(overrides),
      vpcId: "vpc-1",
      vpcCidr: "10.0.0.0/16",
      subnetIds: ["subnet-a", "subnet-b"],
      ...props,
    });
  });
const balancersOf = (props: Partial<LoadBalancerProps> = {}, overrides: Partial<Context> = {}) =>
  resources(synthOf(props, overrides), "aws_lb");

describe("LoadBalancer", () => {
  test("faces the internet, guards against malformed requests and is protected from deletion", () => {
    expect(balancersOf()).toEqual([
      expect.objectContaining({
        name: "acme-test",
        load_balancer_type: "application",
        internal: false,
        subnets: ["subnet-a", "subnet-b"],
        security_groups: [expect.stringContaining("aws_security_group")],
        drop_invalid_header_fields: true,
        desync_mitigation_mode: "defensive",
        enable_http2: true,
        enable_deletion_protection: true,
        lifecycle: { prevent_destroy: true },
        idle_timeout: 60,
      }),
    ]);
  });

  test("may be deleted where everything may be", () => {
    const [balancer] = balancersOf({}, { destroyable: true });
    expect(balancer).toMatchObject({ enable_deletion_protection: false });
    expect(balancer).not.toHaveProperty("lifecycle");
  });

  test("lets in the web from anywhere and sends to the VPC only", () => {
    const synthesized = synthOf();
    expect(
      resources(synthesized, "aws_vpc_security_group_ingress_rule").map((rule) => [
        rule["cidr_ipv4"],
        rule["ip_protocol"],
        rule["from_port"],
        rule["to_port"],
      ]),
    ).toEqual([
      ["0.0.0.0/0", "tcp", 443, 443],
      ["0.0.0.0/0", "tcp", 80, 80],
    ]);
    expect(resources(synthesized, "aws_vpc_security_group_egress_rule")).toEqual([
      expect.objectContaining({ cidr_ipv4: "10.0.0.0/16", ip_protocol: "tcp", from_port: 0, to_port: 65_535 }),
    ]);
    for (const group of resources(synthesized, "aws_security_group")) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  test("redirects HTTP to HTTPS for good", () => {
    expect(resources(synthOf(), "aws_lb_listener")).toEqual([
      expect.objectContaining({
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
      }),
    ]);
  });

  test("without HTTPS makes no listener and opens port 80 alone", () => {
    const synthesized = synthOf({ https: false });
    expect(resources(synthesized, "aws_lb_listener")).toEqual([]);
    expect(
      resources(synthesized, "aws_vpc_security_group_ingress_rule").map((rule) => [rule["from_port"], rule["to_port"]]),
    ).toEqual([[80, 80]]);
  });

  test("logs every request, once the bucket can be written to", () => {
    const [balancer] = balancersOf();
    expect(balancer).toMatchObject({
      access_logs: { enabled: true, bucket: expect.stringContaining("aws_s3_bucket") },
      depends_on: [expect.stringContaining("aws_s3_bucket_policy")],
    });
    const days = (accessLogRetentionDays?: number) =>
      resources(synthOf({ accessLogRetentionDays }), "aws_s3_bucket_lifecycle_configuration").map(
        (lifecycle) => (lifecycle["rule"] as Array<{ expiration: unknown }>)[0]?.expiration,
      );
    expect(days()).toEqual([[{ days: 365 }]]);
    expect(days(30)).toEqual([[{ days: 30 }]]);
  });

  test("says that logs are off, instead of leaving them as they were", () => {
    const synthesized = synthOf({ accessLogs: false });
    expect(resources(synthesized, "aws_s3_bucket")).toEqual([]);
    expect(resources(synthesized, "aws_lb")).toEqual([
      expect.objectContaining({ access_logs: { enabled: false, bucket: "" } }),
    ]);
  });

  test("keeps idle connections as long as chosen", () => {
    expect(balancersOf({ idleTimeoutSeconds: 4000 })).toEqual([expect.objectContaining({ idle_timeout: 4000 })]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const undefineds = {
      https: undefined,
      idleTimeoutSeconds: undefined,
      accessLogs: undefined,
      accessLogRetentionDays: undefined,
    };
    expect(synthOf(undefineds).resource).toEqual(synthOf().resource);
  });

  test("accepts a VPC range only Terraform knows", () => {
    const synthesized = synth((scope) => {
      new LoadBalancer(scope, "front", {
        context: context(),
        vpcId: "vpc-1",
        vpcCidr: new TerraformVariable(scope, "cidr", { type: "string" }).stringValue,
        subnetIds: ["subnet-a", "subnet-b"],
      });
    });
    expect(resources(synthesized, "aws_vpc_security_group_egress_rule")).toEqual([
      expect.objectContaining({ cidr_ipv4: "${var.cidr}" }),
    ]);
  });

  test.each<[Partial<LoadBalancerProps>, string]>([
    [{ idleTimeoutSeconds: 0 }, "test/front: idleTimeoutSeconds must be a whole number from 1 to 4000, got 0"],
    [
      { accessLogRetentionDays: 0, vpcCidr: "10.0.0.0/24" },
      'test/front: accessLogRetentionDays must be a whole number from 1 to 3653, got 0; vpcCidr must be /23 or larger, got "10.0.0.0/24"; a load balancer needs public subnets of /27 and would get /28',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => synthOf(props)).toThrow(new Error(message));
  });

  test("fails on a name AWS would refuse", () => {
    const names = context({ project: "a".repeat(30), environment: "test" }).names;
    expect(() => synthOf({}, { names })).toThrow(/^name of loadBalancer must be at most 32 characters/);
  });
});
