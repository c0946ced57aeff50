import { TerraformOutput } from "cdktf";
import { AppRunnerService, type AppRunnerServiceProps } from "../../../modules/compute/app-runner-service";
import { context, resources, synth } from "../../support/synth";
import { appRunner, smallest } from "./example-app-runner";

const services = (props: Partial<AppRunnerServiceProps> = {}) =>
  resources(appRunner(props), "aws_apprunner_service").map(({ "//": _metadata, ...service }) => service);
const imageOf = (props: Partial<AppRunnerServiceProps>) =>
  services(props).map(({ source_configuration: source }) => source as { image_repository: unknown });
const token = (pattern: string) => expect.stringMatching(new RegExp(String.raw`^\$\{${pattern}\}$`)) as string;

describe("AppRunnerService", () => {
  test("is reached by anyone, leaves through the VPC, follows no push, and is traced by nothing", () => {
    expect(services()).toEqual([
      {
        service_name: "acme-test-api",
        source_configuration: {
          auto_deployments_enabled: false,
          authentication_configuration: { access_role_arn: token(String.raw`aws_iam_role\.api_roles_access_\w+\.arn`) },
          image_repository: {
            image_repository_type: "ECR",
            image_identifier: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/api:${var.api_image_tag}",
            image_configuration: { port: "4000" },
          },
        },
        instance_configuration: {
          cpu: "256",
          memory: "512",
          instance_role_arn: token(String.raw`aws_iam_role\.api_roles_instance_\w+\.arn`),
        },
        auto_scaling_configuration_arn: token(
          String.raw`aws_apprunner_auto_scaling_configuration_version\.api_scaling_\w+\.arn`,
        ),
        health_check_configuration: {
          protocol: "HTTP",
          path: "/health",
          interval: 10,
          timeout: 5,
          healthy_threshold: 1,
          unhealthy_threshold: 5,
        },
        network_configuration: {
          ip_address_type: "IPV4",
          ingress_configuration: { is_publicly_accessible: true },
          egress_configuration: {
            egress_type: "VPC",
            vpc_connector_arn: token(String.raw`aws_apprunner_vpc_connector\.api_connector_\w+\.arn`),
          },
        },
        observability_configuration: { observability_enabled: false },
        lifecycle: { ignore_changes: ["source_configuration[0].image_repository[0].image_identifier"] },
        depends_on: [expect.stringMatching(/^aws_iam_role_policy\.api_roles_access-policy_\w+$/)],
      },
    ]);
  });

  test("is the same for an explicit undefined", () => {
    const nothing = { cpuUnits: undefined, healthCheck: undefined, environment: undefined, releases: undefined };
    const connections = { secretSources: undefined, connections: undefined, taskStatements: undefined };
    expect(appRunner({ ...nothing, ...connections })).toEqual(appRunner());
  });

  test("takes another size and health check", () => {
    const healthCheck = { path: "/health/all", intervalSeconds: 20, timeoutSeconds: 10 };
    expect(services({ cpuUnits: 1024, memoryMiB: 3072, healthCheck })).toEqual([
      expect.objectContaining({
        instance_configuration: expect.objectContaining({ cpu: "1024", memory: "3072" }) as unknown,
        health_check_configuration: expect.objectContaining({
          path: "/health/all",
          interval: 20,
          timeout: 10,
        }) as unknown,
      }),
    ]);
  });

  test("scales from one to four instances of a hundred requests, or as chosen", () => {
    const scaling = (props: Partial<AppRunnerServiceProps> = {}) =>
      resources(appRunner(props), "aws_apprunner_auto_scaling_configuration_version");
    const name = { auto_scaling_configuration_name: "acme-test-api", lifecycle: { create_before_destroy: true } };
    expect(scaling()).toEqual([expect.objectContaining({ ...name, min_size: 1, max_size: 4, max_concurrency: 100 })]);
    expect(scaling({ minInstances: 2, maxInstances: 10, concurrency: 50 })).toEqual([
      expect.objectContaining({ ...name, min_size: 2, max_size: 10, max_concurrency: 50 }),
    ]);
  });

  test("leaves by a connector with a security group of its own, which lets nobody in", () => {
    const synthesized = appRunner({
      connections: [
        { id: "database", port: 5432, securityGroupId: "sg-db" },
        { id: "cache", port: 6379, anywhere: true },
      ],
    });
    const own = token(String.raw`aws_security_group\.api_network_group_\w+\.id`);
    expect(resources(synthesized, "aws_apprunner_vpc_connector")).toEqual([
      expect.objectContaining({
        vpc_connector_name: "acme-test-api",
        subnets: ["subnet-a", "subnet-b"],
        security_groups: [own],
        lifecycle: { create_before_destroy: true },
      }),
    ]);
    expect(resources(synthesized, "aws_security_group")).toEqual([
      expect.objectContaining({ name: "acme-test-api-connector", vpc_id: "vpc-1" }),
    ]);
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({ security_group_id: "sg-db", referenced_security_group_id: own, from_port: 5432 }),
    ]);
    const ports = resources(synthesized, "aws_vpc_security_group_egress_rule").map((rule) => rule["to_port"]);
    expect(ports).toEqual([6379, 5432, 443]);
  });

  test("gives variables and command as they stand, refers to secrets and never holds one", () => {
    const database = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds!db-1-AbCdEf";
    const [source] = imageOf({
      startCommand: "node ${MAIN}",
      environment: { B: "${USER}", A: "1" },
      secretSources: { database },
      secrets: {
        FLAG: { parameterName: "/acme/flag" },
        DATABASE_PASSWORD: { from: "database", key: "password" },
      },
    });
    expect(source?.image_repository).toMatchObject({
      image_configuration: {
        start_command: "node $${MAIN}",
        runtime_environment_variables: { A: "1", B: "$${USER}" },
        runtime_environment_secrets: {
          DATABASE_PASSWORD: `${database}:password::`,
          FLAG: "arn:aws:ssm:eu-west-3:123456789012:parameter/acme/flag",
        },
      },
    });
  });

  test("has its image tag as a variable, which Terraform follows only when it releases", () => {
    expect(appRunner().variable).toMatchObject({ api_image_tag: { default: "1.0.0", nullable: false } });
    expect(services({ releases: "terraform" })[0]).not.toHaveProperty("lifecycle");
  });

  test("offers what DNS, alarms and deploy roles need", () => {
    const { output } = synth((scope) => {
      const made = new AppRunnerService(scope, "api", smallest);
      expect(made).toMatchObject({
        serviceName: "acme-test-api",
        accessRoleName: "acme-test-api-access",
        instanceRoleName: "acme-test-api-instance",
      });
      const { serviceUrl, serviceArn, securityGroupId } = made;
      for (const [field, value] of Object.entries({ serviceUrl, serviceArn, securityGroupId })) {
        new TerraformOutput(scope, field, { value });
      }
    });
    expect(output).toEqual({
      serviceUrl: {
        value: expect.stringMatching(/^https:\/\/\$\{aws_apprunner_service\.api_service_\w+\.service_url\}$/) as string,
      },
      serviceArn: { value: token(String.raw`aws_apprunner_service\.api_service_\w+\.arn`) },
      securityGroupId: { value: token(String.raw`aws_security_group\.api_network_group_\w+\.id`) },
    });
  });

  test.each<[Partial<AppRunnerServiceProps>, string]>([
    [
      { subnetIds: [], port: 0 },
      "test/api: port must be a whole number from 1 to 65535, got 0; subnetIds must be at least one subnet, got []",
    ],
    [
      { secrets: { KEY: { from: "cache" } } },
      'test/api: secrets.KEY.from must be left out, there is no source to take it from, got "cache"',
    ],
    [
      { context: context({ environment: "a-long-environment" }), name: "a-long-service" },
      'test/api: name of appRunnerScaling must be at most 32 characters, got 38 in "acme-a-long-environment-a-long-service"; shorten the project, the environment or the part after it',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => appRunner(props)).toThrow(new Error(message));
  });
});
