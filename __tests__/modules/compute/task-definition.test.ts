import { Lazy, TerraformVariable } from "cdktf";
import { FargateService, type FargateServiceProps } from "../../../modules/compute/fargate-service";
import { context, resources, synth, type Synthesized } from "../../support/synth";
import { service, web } from "./example-service";

const definitions = (props: Partial<FargateServiceProps> = {}) => resources(service(props), "aws_ecs_task_definition");
const containers = (synthesized: Synthesized) =>
  resources(synthesized, "aws_ecs_task_definition").flatMap(
    (definition) => JSON.parse(String(definition["container_definitions"])) as Array<Record<string, unknown>>,
  );

describe("TaskDefinition", () => {
  test("is a Fargate task of 256 CPU units and 512 MiB for x86 with two different roles", () => {
    const [one] = definitions();
    expect(one).toMatchObject({
      family: "acme-test-api",
      cpu: "256",
      memory: "512",
      network_mode: "awsvpc",
      requires_compatibilities: ["FARGATE"],
      runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "X86_64" },
      execution_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.api_roles_execution_\w+\.arn\}$/),
      task_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.api_roles_task_\w+\.arn\}$/),
    });
    expect(one).not.toHaveProperty("ephemeral_storage");
  });

  test("takes another size, architecture and disk", () => {
    const chosen = { cpuUnits: 1024, memoryMiB: 2048, architecture: "arm64", ephemeralStorageGiB: 50 } as const;
    expect(definitions(chosen)).toEqual([
      expect.objectContaining({
        cpu: "1024",
        memory: "2048",
        runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "ARM64" },
        ephemeral_storage: { size_in_gib: 50 },
      }),
    ]);
  });

  test.each([
    [false, true],
    [true, false],
  ])("with everything destroyable %s keeps old revisions: %s", (destroyable, kept) => {
    expect(definitions({ context: context({ destroyable }) })).toEqual([
      expect.objectContaining({ skip_destroy: kept }),
    ]);
  });

  test("runs one container as a user that is not root, with a read-only file system and a writable /tmp", () => {
    expect(containers(service())).toStrictEqual([
      {
        name: "api",
        image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/api:${var.api_image_tag}",
        essential: true,
        user: "1000:1000",
        readonlyRootFilesystem: true,
        portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: "tcp" }],
        stopTimeout: 30,
        linuxParameters: {
          initProcessEnabled: true,
          tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["nodev", "nosuid", "noexec"] }],
        },
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.api_logs_\w+\.name\}$/),
            "awslogs-region": "eu-west-3",
            "awslogs-stream-prefix": "api",
            mode: "non-blocking",
            "max-buffer-size": "25m",
          },
        },
      },
    ]);
  });

  test("logs every container, and lets none be privileged or root", () => {
    const sidecars = { redis: { image: { uri: "redis:7.4" } }, agent: { image: { repository: "agent", tag: "1" } } };
    const all = containers(service({ sidecars }));
    expect(all).toHaveLength(3);
    for (const container of all) {
      expect(container).toMatchObject({ logConfiguration: { logDriver: "awslogs" }, readonlyRootFilesystem: true });
      expect(container).not.toHaveProperty("privileged");
      expect(String(container["user"])).not.toMatch(/^(root|0)/);
    }
  });

  test("has every image tag of the product's own as a variable, and no other", () => {
    const sidecars = {
      redis: { image: { uri: "public.ecr.aws/docker/library/redis:7.4" } },
      "log-router": { image: { repository: "router", tag: "2.0.0" }, essential: false, cpuUnits: 64, memoryMiB: 128 },
    };
    const synthesized = service({ name: "web-api", sidecars });
    const variable = (name: string, tag: string, container: string) => ({
      type: "string",
      default: tag,
      nullable: false,
      description: `Image tag of the container ${container}`,
      validation: [
        {
          condition: `\${var.${name} != "latest" && var.${name} != ""}`,
          error_message: "The tag must be a fixed version, not latest.",
        },
      ],
    });
    expect(synthesized.variable).toEqual({
      web_api_image_tag: variable("web_api_image_tag", "1.0.0", "web-api"),
      web_api__log_router_image_tag: variable("web_api__log_router_image_tag", "2.0.0", "log-router"),
    });
    expect(containers(synthesized)).toEqual([
      expect.objectContaining({ name: "web-api", essential: true }),
      expect.objectContaining({ name: "redis", essential: true, image: "public.ecr.aws/docker/library/redis:7.4" }),
      expect.objectContaining({
        name: "log-router",
        essential: false,
        cpu: 64,
        memory: 128,
        image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/router:${var.web_api__log_router_image_tag}",
      }),
    ]);
  });

  test("refers to secrets and never holds one", () => {
    const database = Lazy.stringValue({ produce: () => "${data.database}" });
    const synthesized = service({
      secretSources: { database },
      secrets: {
        DATABASE_PASSWORD: { from: "database", key: "password" },
        STRIPE_KEY: { secretName: "acme/stripe" },
        FLAG: { parameterName: "/acme/flag" },
      },
      sidecars: { agent: { image: { uri: "agent:1" }, secrets: { DSN: { from: "database" } } } },
    });
    expect(containers(synthesized).map(({ secrets }) => secrets)).toEqual([
      [
        { name: "DATABASE_PASSWORD", valueFrom: "${data.database}:password::" },
        { name: "FLAG", valueFrom: "arn:aws:ssm:eu-west-3:123456789012:parameter/acme/flag" },
        { name: "STRIPE_KEY", valueFrom: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme/stripe" },
      ],
      [{ name: "DSN", valueFrom: "${data.database}" }],
    ]);
  });

  test("gives variables of other stacks to Terraform and everything else as it stands", () => {
    const synthesized = synth((scope) => {
      const host = new TerraformVariable(scope, "host", { type: "string" });
      new FargateService(scope, "api", { ...web, environment: { HOST: host.stringValue, PROMPT: "${USER}" } });
    });
    expect(containers(synthesized).map(({ environment }) => environment)).toEqual([
      [
        { name: "HOST", value: "${var.host}" },
        { name: "PROMPT", value: "$${USER}" },
      ],
    ]);
  });
});
