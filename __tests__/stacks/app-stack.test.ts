import type { Environment, ServiceSettings } from "../../envs/environment";
import { CLOUDFLARE_IPV4_RANGES } from "../../modules/edge/cloudflare-ranges";
import { api, domain, prod, shared, staging, system } from "../support/environments";
import { policyOf, resources, type Synthesized } from "../support/synth";
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

  describe("with services on hosts of their own", () => {
    const host = { kind: "docker-host", image: api.image, port: 80 } as const;
    const named = { ...host, hosts: ["api.example.com"] };
    const cloudflare = (proxied?: boolean) =>
      ({
        name: "example.com",
        dns: { kind: "cloudflare", zoneId: "f".repeat(32), zoneName: "example.com", proxied },
      }) as const;
    const isolated = { cidr: "10.10.0.0/16", nat: "none" } as const;
    const ingress = (environment: Environment) =>
      resources(app(environment), "aws_vpc_security_group_ingress_rule").map(
        ({ from_port, cidr_ipv4 }) => `${String(from_port)} ${String(cidr_ipv4)}`,
      );

    test("has one instance for each, no cluster, and no load balancer", () => {
      const stack = app(staging({ services: { one: host, two: host } }));
      expect(resources(stack, "aws_instance")).toHaveLength(2);
      expect(resources(stack, "aws_ecs_cluster")).toEqual([]);
      expect(resources(stack, "aws_lb_listener")).toEqual([]);
    });

    test("puts one without public names behind NAT, or, without NAT, into a public subnet that lets nothing in", () => {
      const place = (network: Environment["network"]) => {
        const stack = app(staging({ network, services: { host } }));
        const text = JSON.stringify([
          resources(stack, "aws_instance"),
          resources(stack, "aws_network_interface"),
          resources(stack, "aws_launch_template"),
        ]);
        return {
          subnets: [...new Set(text.match(/subnetvpc_(public|private|isolated)-[a-c]/g))],
          addresses: resources(stack, "aws_eip_association").length,
        };
      };
      expect(place({ cidr: "10.10.0.0/16" })).toEqual({ subnets: ["subnetvpc_private-a"], addresses: 0 });
      expect(place(isolated)).toEqual({ subnets: ["subnetvpc_public-a"], addresses: 0 });
      expect(ingress(staging({ network: isolated, services: { host } }))).toEqual([]);
    });

    test("gives one with public names the address that the network keeps for it", () => {
      const stack = app(staging({ domain, services: { host: named } }));
      expect(resources(stack, "aws_eip_association")).toEqual([
        expect.objectContaining({
          allocation_id: expect.stringMatching(/-staging-network\.outputs\.[\w-]*eipaddress-host_/),
        }),
      ]);
    });

    test("lets in everybody at names that lead straight to it, and Cloudflare alone where it stands before", () => {
      expect(ingress(staging({ domain, services: { host: named } })).sort()).toEqual(["443 0.0.0.0/0", "80 0.0.0.0/0"]);
      expect(ingress(staging({ domain: cloudflare(false), services: { host: named } })).sort()).toEqual([
        "443 0.0.0.0/0",
        "80 0.0.0.0/0",
      ]);
      const behind = ingress(staging({ domain: cloudflare(), services: { host: named } }));
      expect(new Set(behind.map((rule) => rule.split(" ")[1]))).toEqual(new Set(CLOUDFLARE_IPV4_RANGES));
      const deeper = { ...named, hosts: ["api.example.com", "a.b.example.com"] };
      expect(ingress(staging({ domain: cloudflare(), services: { host: deeper } }))).toContain("443 0.0.0.0/0");
    });

    test("lets one read its env file from the bucket of the shared account", () => {
      const environment = staging({
        shared: { ...shared, envFiles: {} },
        services: { host: { ...host, envFile: { version: "v1.0.0" } }, other: host },
      });
      const read = resources(app(environment), "aws_iam_role_policy").flatMap((policy) =>
        policyOf(policy).Statement.flatMap(({ Resource }) => [Resource].flat()),
      );
      expect(read.filter((arn) => arn?.includes("env-files"))).toEqual([
        "arn:aws:s3:::acme-shared-env-files-123456789012/.env-staging-v*",
      ]);
    });
  });

  describe("with services on App Runner", () => {
    const runner = { kind: "app-runner", image: api.image, port: 80 } as const;

    test("has each with a connector into the private subnets, no cluster, and no load balancer", () => {
      const stack = app(staging({ services: { one: runner, two: runner } }));
      expect(resources(stack, "aws_apprunner_service").map(({ service_name }) => service_name)).toEqual([
        "acme-staging-one",
        "acme-staging-two",
      ]);
      expect(resources(stack, "aws_apprunner_vpc_connector").map((one) => one["subnets"])).toEqual(
        [1, 2].map(() => subnets("private", "a", "b")),
      );
      expect(resources(stack, "aws_ecs_cluster")).toEqual([]);
      expect(resources(stack, "aws_lb_listener")).toEqual([]);
    });

    test("has a cluster beside them for tasks that run once", () => {
      const stack = app(staging({ services: { runner }, tasks: { migrate: { image: api.image } } }));
      expect(resources(stack, "aws_ecs_cluster")).toHaveLength(1);
    });
  });

  describe("with tasks that run once", () => {
    const tasks = { migrate: { image: api.image, command: ["migrate"], cpuUnits: 512, memoryMiB: 1024 } };

    test("has a definition of each and no service, and names apart from those of a service of the same name", () => {
      const stack = app(staging({ services: { migrate: worker }, tasks }));
      expect(resources(stack, "aws_ecs_task_definition").map(({ family }) => family)).toEqual([
        "acme-staging-migrate",
        "acme-staging-migrate-once",
      ]);
      expect(resources(stack, "aws_ecs_service").map(({ name }) => name)).toEqual(["acme-staging-migrate"]);
      const definition = resources(stack, "aws_ecs_task_definition")[1];
      expect(definition).toMatchObject({ cpu: "512", memory: "1024" });
      expect(String(definition?.["container_definitions"])).toContain('"command":["migrate"]');
    });

    test("keeps their logs as long as the others", () => {
      expect(
        resources(app(staging({ tasks, logRetentionDays: 30 })), "aws_cloudwatch_log_group").map(
          (group) => group["retention_in_days"],
        ),
      ).toEqual([30]);
    });
  });

  describe("with blue/green services", () => {
    const green = { ...api, deployment: { kind: "blue-green" } } as const;

    test("has a second listener, from the VPC only, and two target groups for each", () => {
      const stack = app(staging({ domain, services: { api: green } }));
      expect(resources(stack, "aws_lb_listener").map(({ port, protocol }) => [port, protocol])).toEqual([
        [443, "HTTPS"],
        [8443, "HTTPS"],
      ]);
      expect(resources(stack, "aws_lb_target_group").map(({ name }) => name)).toEqual([
        "acme-staging-api-blue",
        "acme-staging-api-green",
      ]);
      const rules = resources(stack, "aws_vpc_security_group_ingress_rule").filter((rule) => rule["cidr_ipv4"]);
      expect(rules.map(({ from_port, cidr_ipv4 }) => [from_port, cidr_ipv4])).toEqual([[8443, "10.10.0.0/16"]]);
    });

    test("takes the port of the second listener from the environment, and has none for rolling services", () => {
      const ports = (overrides: Partial<Environment>) =>
        resources(app(staging({ domain, ...overrides })), "aws_lb_listener").map(({ port }) => port);
      expect(ports({ services: { api: green }, testListener: { port: 9443 } })).toEqual([443, 9443]);
      expect(ports({ services: { api }, testListener: { port: 9443 } })).toEqual([443]);
    });
  });

  test("without services is prepared for Fargate, with an empty cluster", () => {
    expect(resources(app(staging()), "aws_ecs_cluster")).toHaveLength(1);
  });

  test("hands a service that reads its secrets itself their ARNs, and the right to read these", () => {
    const environment = staging({
      database: { engine: "postgres" },
      secrets: { jwt: {} },
      services: { worker: { ...worker, secretsAs: "arns", secrets: { JWT: { from: "jwt" } } } },
    });
    const stack = app(environment);
    const [container] = resources(stack, "aws_ecs_task_definition").flatMap(
      (task) =>
        JSON.parse(String(task["container_definitions"])) as Array<{
          environment: Array<{ name: string }>;
          secrets?: unknown[];
        }>,
    );
    expect(container?.environment.map(({ name }) => name).sort()).toEqual([
      "DATABASE_HOST",
      "DATABASE_NAME",
      "DATABASE_PORT",
      "DATABASE_SECRET_ARN",
      "JWT_SECRET_ARN",
    ]);
    expect(container?.secrets ?? []).toEqual([]);
    const readers = resources(stack, "aws_iam_role_policy").filter((policy) =>
      policyOf(policy).Statement.some(({ Action }) => [Action].flat().includes("secretsmanager:GetSecretValue")),
    );
    expect(readers.map(({ role }) => String(role).includes("_task_"))).toEqual([true]);
  });
});
