import type { Environment, ServiceSettings } from "../../envs/environment";
import { api, domain, prod, shared, staging, system } from "../support/environments";
import { resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

/** The app stack of one environment. */
function app(environment: Environment): Synthesized {
  const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
  return stacks[`${environment.name}-app`] ?? {};
}

const worker: ServiceSettings = { kind: "fargate", image: api.image };
const services = { api, worker };
const networks = (environment: Environment) =>
  resources(app(environment), "aws_ecs_service").map((service) => service["network_configuration"]);
const subnets = (kind: string, ...zones: string[]) =>
  zones.map((zone): unknown =>
    expect.stringMatching(new RegExp(`-staging-network\\.outputs\\.[\\w-]*_subnetvpc_${kind}-${zone}_`)),
  );

describe("AppStack", () => {
  test("with a domain listens for HTTPS only, with the environment's certificate once it is validated", () => {
    const stack = app(staging({ domain, services }));
    expect(resources(stack, "aws_lb_listener")).toEqual([
      expect.objectContaining({
        port: 443,
        protocol: "HTTPS",
        ssl_policy: expect.stringMatching(/^ELBSecurityPolicy-TLS13-/),
        certificate_arn: expect.stringMatching(/^\$\{aws_acm_certificate_validation\.\w+\.certificate_arn\}$/),
      }),
    ]);
    expect(resources(stack, "aws_acm_certificate_validation")).toEqual([
      expect.objectContaining({
        certificate_arn: expect.stringMatching(/-staging-network\.outputs\.[\w-]*certificate_\w+arn\}$/),
      }),
    ]);
  });

  test("without a domain listens for HTTP, with no certificate", () => {
    const stack = app(staging({ services }));
    const [listener, ...others] = resources(stack, "aws_lb_listener");
    expect(others).toEqual([]);
    expect(listener).toMatchObject({ port: 80, protocol: "HTTP" });
    expect(listener).not.toHaveProperty("certificate_arn");
    expect(resources(stack, "aws_acm_certificate_validation")).toEqual([]);
  });

  test("answers what no service is routed for with 404, whatever the listener", () => {
    for (const environment of [staging({ domain, services }), staging({ services })]) {
      expect(resources(app(environment), "aws_lb_listener").map((listener) => listener["default_action"])).toEqual([
        [{ type: "fixed-response", fixed_response: expect.objectContaining({ status_code: "404" }) }],
      ]);
    }
  });

  test("listens to nothing when no service is routed", () => {
    const stack = app(staging({ domain, services: { worker } }));
    expect(resources(stack, "aws_lb_listener")).toEqual([]);
    expect(resources(stack, "aws_lb_target_group")).toEqual([]);
    expect(resources(stack, "aws_ecs_service")).toHaveLength(1);
  });

  test("routes each service by its own rule to its own target group, on the one listener", () => {
    const other = { ...api, routing: { hosts: ["b.example.com"], priority: 20 } };
    const stack = app(staging({ domain, services: { api, other, worker } }));
    expect(resources(stack, "aws_lb_listener_rule").map(({ priority, condition }) => [priority, condition])).toEqual([
      [10, [{ host_header: { values: ["api.example.com"] } }]],
      [20, [{ host_header: { values: ["b.example.com"] } }]],
    ]);
    expect(resources(stack, "aws_lb_target_group").map(({ name }) => name)).toEqual([
      "acme-staging-api",
      "acme-staging-other",
    ]);
    expect(resources(stack, "aws_ecs_service").map(({ name }) => name)).toEqual([
      "acme-staging-api",
      "acme-staging-other",
      "acme-staging-worker",
    ]);
  });

  const cidr = "10.10.0.0/16";

  test.each<[string, Environment["network"]]>([
    ["a NAT gateway", { cidr }],
    ["a NAT instance", { cidr, nat: "instance" }],
    ["endpoints and no NAT", { cidr, nat: "none", interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs"] }],
  ])("with %s runs every task in the private subnets, without a public address", (_what, network) => {
    expect(networks(staging({ network, services }))).toEqual(
      [1, 2].map((): unknown =>
        expect.objectContaining({ assign_public_ip: false, subnets: subnets("private", "a", "b") }),
      ),
    );
  });

  test("without NAT and endpoints runs every task in the public subnets, with a public address and nothing let in", () => {
    const environment = staging({ network: { cidr, nat: "none" }, services: { worker } });
    expect(networks(environment)).toEqual([
      expect.objectContaining({ assign_public_ip: true, subnets: subnets("public", "a", "b") }),
    ]);
    expect(resources(app(environment), "aws_vpc_security_group_ingress_rule")).toEqual([]);
  });

  test("lets nobody open a shell in prod, and in staging only where it says so", () => {
    const exec = (environment: Environment) =>
      resources(app(environment), "aws_ecs_service").map((service) => service["enable_execute_command"]);
    expect(exec(prod({ domain, services }))).toEqual([false, false]);
    expect(exec(staging({ services }))).toEqual([false, false]);
    const shell = { ...worker, exec: true };
    expect(exec(staging({ cluster: { exec: true }, services: { api, shell } }))).toEqual([false, true]);
  });

  test("with a delivery gives every role the boundary that delivery makes, and without one none", () => {
    const boundaries = (environment: Environment) =>
      resources(app(environment), "aws_iam_role").map((role) => role["permissions_boundary"]);
    const boundary = "arn:aws:iam::123456789012:policy/delivery/acme-staging-boundary";
    expect(boundaries(staging({ services, delivery: {} }))).toEqual([boundary, boundary, boundary, boundary]);
    expect(boundaries(staging({ services }))).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("runs staging on Spot and prod on demand, unless they say otherwise", () => {
    const providers = (environment: Environment) =>
      resources(app(environment), "aws_ecs_service").map((service) => service["capacity_provider_strategy"]);
    expect(providers(staging({ services: { worker } }))).toEqual([
      [{ capacity_provider: "FARGATE_SPOT", weight: 100 }],
    ]);
    expect(providers(prod({ services: { worker } }))).toEqual([
      [expect.objectContaining({ capacity_provider: "FARGATE" })],
    ]);
  });

  test("pulls images from the shared account and region, wherever the environment is", () => {
    const environment = staging({ accountId: "210987654321", region: "us-east-1", services });
    const images = resources(app(environment), "aws_ecs_task_definition").flatMap((task) =>
      (JSON.parse(String(task["container_definitions"])) as Array<{ image: string }>).map(({ image }) => image),
    );
    expect(images).toEqual([
      "123456789012.dkr.ecr.eu-west-3.amazonaws.com/acme/api:${var.api_image_tag}",
      "123456789012.dkr.ecr.eu-west-3.amazonaws.com/acme/api:${var.worker_image_tag}",
    ]);
    expect(shared).toMatchObject({ accountId: "123456789012", region: "eu-west-3" });
  });

  test("keeps logs as long as the environment does", () => {
    const days = (environment: Environment) =>
      resources(app(environment), "aws_cloudwatch_log_group").map((group) => group["retention_in_days"]);
    expect(days(staging({ services: { worker } }))).toEqual([14]);
    expect(days(staging({ services: { worker }, logRetentionDays: 30 }))).toEqual([30]);
    expect(days(staging({ services: { worker: { ...worker, logRetentionDays: 7 } }, logRetentionDays: 30 }))).toEqual([
      7,
    ]);
    expect(days(prod({ services: { worker } }))).toEqual([365]);
  });
});
