import type { Environment } from "../../envs/environment";
import { api, domain, prod, staging, system } from "../support/environments";
import { resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

/** The network stack of one environment. */
function network(environment: Environment): Synthesized {
  const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
  return stacks[`${environment.name}-network`] ?? {};
}

const worker = { kind: "fargate", image: api.image } as const;
const open = (environment: Environment) =>
  resources(network(environment), "aws_vpc_security_group_ingress_rule").map(({ from_port, to_port, cidr_ipv4 }) => [
    from_port,
    to_port,
    cidr_ipv4,
  ]);

describe("NetworkStack", () => {
  test("with a domain asks for a certificate of the domain and everything one label below it", () => {
    const routed = { ...api, routing: { hosts: ["api.staging.example.com"], priority: 1 } };
    const environment = staging({ domain: { ...domain, name: "staging.example.com" }, services: { api: routed } });
    expect(resources(network(environment), "aws_acm_certificate")).toEqual([
      expect.objectContaining({
        domain_name: "staging.example.com",
        subject_alternative_names: ["*.staging.example.com"],
        validation_method: "DNS",
      }),
    ]);
  });

  test.each<[string, Partial<Environment>]>([
    ["without a domain", { services: { api } }],
    ["with nothing that is routed", { domain, services: { worker } }],
    ["with no service", { domain }],
  ])("%s asks for no certificate", (_what, overrides) => {
    expect(resources(network(staging(overrides)), "aws_acm_certificate")).toEqual([]);
  });

  test("with a domain opens 80 and 443 to the world, where 80 only redirects to HTTPS", () => {
    const environment = staging({ domain, services: { api } });
    expect(open(environment)).toEqual([
      [443, 443, "0.0.0.0/0"],
      [80, 80, "0.0.0.0/0"],
    ]);
    expect(resources(network(environment), "aws_lb_listener")).toEqual([
      expect.objectContaining({
        port: 80,
        default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
      }),
    ]);
  });

  test("without a domain opens 80 only, and leaves its listener to the app", () => {
    const environment = staging({ services: { api } });
    expect(open(environment)).toEqual([[80, 80, "0.0.0.0/0"]]);
    expect(resources(network(environment), "aws_lb_listener")).toEqual([]);
  });

  test("makes no load balancer, and opens nothing, when no service is routed", () => {
    const environment = staging({ domain, services: { worker } });
    expect(open(environment)).toEqual([]);
    expect(resources(network(environment), "aws_lb")).toEqual([]);
  });

  test("has public, private and isolated subnets in two zones of staging and three of prod", () => {
    const zones = (environment: Environment) =>
      [...new Set(resources(network(environment), "aws_subnet").map((subnet) => subnet["availability_zone"]))].sort();
    const count = (environment: Environment) => resources(network(environment), "aws_subnet").length;
    expect([zones(staging()), count(staging())]).toEqual([["eu-west-3a", "eu-west-3b"], 6]);
    expect([zones(prod()), count(prod())]).toEqual([["eu-west-3a", "eu-west-3b", "eu-west-3c"], 9]);
  });

  test("takes the zones that are named, in the environment's region", () => {
    const environment = staging({ region: "us-east-1", zones: ["c", "f", "a"] });
    expect(new Set(resources(network(environment), "aws_subnet").map((subnet) => subnet["availability_zone"]))).toEqual(
      new Set(["us-east-1c", "us-east-1f"]),
    );
  });

  test("gives no subnet public addresses by default, and opens no default security group", () => {
    const stack = network(prod({ domain, services: { api } }));
    for (const subnet of resources(stack, "aws_subnet")) {
      expect(subnet["map_public_ip_on_launch"] ?? false).toBe(false);
    }
    for (const group of resources(stack, "aws_default_security_group")) {
      expect(group["ingress"] ?? []).toEqual([]);
      expect(group["egress"] ?? []).toEqual([]);
    }
  });

  test("protects the load balancer of prod, logs its requests and every flow, and does neither in staging", () => {
    const logged = (environment: Environment) => ({
      protected: resources(network(environment), "aws_lb").map((one) => one["enable_deletion_protection"]),
      accessLogs: resources(network(environment), "aws_lb").map((one) => one["access_logs"]),
      flowLogs: resources(network(environment), "aws_flow_log").length,
    });
    expect(logged(prod({ domain, services: { api } }))).toEqual({
      protected: [true],
      accessLogs: [expect.objectContaining({ enabled: true })],
      flowLogs: 1,
    });
    expect(logged(staging({ domain, services: { api } }))).toEqual({
      protected: [false],
      accessLogs: [{ enabled: false, bucket: "" }],
      flowLogs: 0,
    });
  });

  test("with a site on CloudFront asks for the certificate whose record proves the domain, and opens nothing", () => {
    const site = { kind: "cloudfront", domain: "app.example.com" } as const;
    const environment = staging({ domain, sites: { app: site } });
    expect(resources(network(environment), "aws_acm_certificate")).toHaveLength(1);
    expect(open(environment)).toEqual([]);
    const unnamed = staging({ domain, sites: { app: { kind: "cloudfront" } } });
    expect(resources(network(unnamed), "aws_acm_certificate")).toEqual([]);
  });

  test("keeps an address for each host that answers at public names, and for no other", () => {
    const host = { kind: "docker-host", image: api.image } as const;
    const hosts = { named: { ...host, port: 80, hosts: ["a.example.com", "b.example.com"] }, silent: host };
    expect(resources(network(staging({ domain, services: hosts })), "aws_eip").map(({ tags }) => tags)).toEqual(
      expect.arrayContaining([{ Name: "acme-staging-named" }]),
    );
    const withoutNat = { cidr: "10.10.0.0/16", nat: "none" } as const;
    expect(resources(network(staging({ domain, services: hosts, network: withoutNat })), "aws_eip")).toHaveLength(1);
    expect(resources(network(staging({ domain, services: { silent: host }, network: withoutNat })), "aws_eip")).toEqual(
      [],
    );
  });
});
