import type { Context } from "../../../modules/context";
import { dockerHostNames } from "../../../modules/compute/docker-host-names";
import { DockerHost, type DockerHostProps } from "../../../modules/compute/docker-host";
import { context, policyOf, resources, synth } from "../../support/synth";

const web = { port: 8080, hosts: ["api.example.com"], addressAllocationId: "eipalloc-1" };
const host = (props: Partial<DockerHostProps> = {}, overrides: Partial<Context> = {}) =>
  synth(
    (scope) =>
      new DockerHost(scope, "api", {
        context: context(overrides),
        name: "api",
        vpcId: "vpc-1",
        subnetId: "subnet-1",
        registry: { accountId: "123456789012", region: "eu-west-3" },
        image: { repository: "api", tag: "v1" },
        ...props,
      }),
  );
const all = (type: string, props: Partial<DockerHostProps> = {}) => resources(host(props), type);
const envFile = {
  envFile: { version: "v1.2.0", name: "staging" },
  envFileBucketName: "acme-shared-env-files-123456789012",
};
const documentOf = (props: Partial<DockerHostProps> = {}) => {
  const [document] = all("aws_ssm_document", props);
  return JSON.parse(String(document?.["content"])) as {
    parameters: Record<string, { default: string; allowedPattern: string }>;
    mainSteps: Array<{ inputs: { runCommand: string[] } }>;
  };
};
const grants = (props: Partial<DockerHostProps> = {}) =>
  all("aws_iam_role_policy", props).flatMap((policy) => policyOf(policy).Statement);

describe(DockerHost, () => {
  test("is one instance, and one document that deploys to it", () => {
    expect(all("aws_instance")).toEqual([expect.objectContaining({ tags: { Name: "acme-test-api" } })]);
    expect(all("aws_ssm_document")).toEqual([
      expect.objectContaining({
        name: "acme-test-api-deploy",
        document_type: "Command",
        document_format: "JSON",
        target_type: "/AWS::EC2::Instance",
      }),
    ]);
  });

  test("checks what a command may ask for before it reaches a shell", () => {
    const { parameters, mainSteps } = documentOf(envFile);
    const { imageTag, envFileVersion } = parameters;
    expect(Object.keys(parameters)).toEqual(["imageTag", "envFileVersion"]);
    for (const parameter of [imageTag, envFileVersion]) expect(parameter?.default).toBe("");
    const accepted = (pattern = "^$", value: string) => new RegExp(pattern).test(value);
    for (const value of ["", "v1", "0123abc", "a.b_c-d"]) expect(accepted(imageTag?.allowedPattern, value)).toBe(true);
    for (const value of ["'; id '", "$(id)", "a b", ".a", "a".repeat(129)]) {
      expect(accepted(imageTag?.allowedPattern, value)).toBe(false);
    }
    for (const value of ["", "v1.2.3"]) expect(accepted(envFileVersion?.allowedPattern, value)).toBe(true);
    for (const value of ["1.2.3", "v1.2", "v1.2.3'", "v1.2.x"]) {
      expect(accepted(envFileVersion?.allowedPattern, value)).toBe(false);
    }
    expect(mainSteps.flatMap(({ inputs }) => inputs.runCommand.filter((line) => line.includes("{{")))).toEqual([
      "/usr/local/sbin/deploy-api '{{ imageTag }}' '{{ envFileVersion }}'",
    ]);
  });

  test("brings a changed setting, a pinned env file and a rotated secret into service by itself", () => {
    expect(all("aws_ssm_association", envFile)).toEqual([
      expect.objectContaining({
        association_name: "acme-test-api-deploy",
        document_version: expect.stringContaining("default_version"),
        parameters: { envFileVersion: "v1.2.0" },
        targets: [{ key: "InstanceIds", values: [expect.stringContaining("aws_instance")] }],
        schedule_expression: "rate(30 minutes)",
      }),
    ]);
    expect(all("aws_ssm_association")[0]).not.toHaveProperty("parameters");
  });

  test("starts with the tag of the settings, and leaves to deploys what is in service", () => {
    const lifecycle = { ignore_changes: ["value"] };
    expect(all("aws_ssm_parameter", envFile)).toEqual([
      expect.objectContaining({ name: "/acme-test/api/env-file-version", value: "v1.2.0", type: "String", lifecycle }),
      expect.objectContaining({ name: "/acme-test/api/image-tag", value: "v1", type: "String", lifecycle }),
    ]);
    expect(all("aws_ssm_parameter")).toHaveLength(1);
  });

  test("has the names that others know it by", () => {
    expect(dockerHostNames(context(), "api")).toEqual({
      instance: "acme-test-api",
      role: "acme-test-api-host",
      securityGroup: "acme-test-api-host",
      logGroup: "/ec2/acme-test-api",
      deployDocument: "acme-test-api-deploy",
      imageTagParameter: "/acme-test/api/image-tag",
      envFileVersionParameter: "/acme-test/api/env-file-version",
    });
    expect(all("aws_iam_role")).toEqual([expect.objectContaining({ name: "acme-test-api-host" })]);
  });

  test("keeps settings out of the first boot, so that a change replaces no instance", () => {
    const [before, after] = [{}, { ...web, environment: { LEVEL: "debug" } }].map((props) =>
      all("aws_instance", props),
    );
    expect(after?.[0]?.["user_data"]).toBe(before?.[0]?.["user_data"]);
  });

  test("may pull its image, read and write its two parameters, and read its own env file and secrets, and nothing else", () => {
    const statements = grants({
      ...envFile,
      secrets: { DATABASE_PASSWORD: { from: "database", key: "password" }, LICENCE: { parameterName: "licence" } },
      secretSources: { database: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds-1" },
    });
    const ssm = "arn:aws:ssm:eu-west-3:123456789012";
    expect(statements.slice(3)).toEqual([
      {
        Effect: "Allow",
        Action: ["ssm:ListInstanceAssociations"],
        Resource: ["arn:aws:ec2:eu-west-3:123456789012:instance/*"],
      },
      {
        Effect: "Allow",
        Action: ["ssm:UpdateInstanceAssociationStatus"],
        Resource: ["arn:aws:ec2:eu-west-3:123456789012:instance/*", `${ssm}:association/*`],
      },
      {
        Effect: "Allow",
        Action: ["ssm:DescribeDocument", "ssm:GetDocument"],
        Resource: [`${ssm}:document/acme-test-api-deploy`],
      },
      {
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: ["arn:aws:ecr:eu-west-3:123456789012:repository/acme/api"],
      },
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: ["ssm:GetParameter", "ssm:PutParameter"],
        Resource: [`${ssm}:parameter/acme-test/api/image-tag`, `${ssm}:parameter/acme-test/api/env-file-version`],
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::acme-shared-env-files-123456789012/.env-staging-v*"],
      },
      {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: ["arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds-1"],
      },
      { Effect: "Allow", Action: ["ssm:GetParameter"], Resource: [`${ssm}:parameter/licence`] },
    ]);
  });

  test("reads the env file of its environment unless told another", () => {
    const statements = grants({ ...envFile, envFile: { version: "v1.2.0" } });
    expect(statements.flatMap(({ Resource = [] }) => Resource).filter((one) => one.includes(".env-"))).toEqual([
      "arn:aws:s3:::acme-shared-env-files-123456789012/.env-test-v*",
    ]);
  });

  test("lets the container reach the host's role only when the application needs AWS", () => {
    const taskStatements = [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::uploads/*"] }];
    const hops = (props: Partial<DockerHostProps>) =>
      all("aws_instance", props).map(({ metadata_options }) => metadata_options);
    expect(hops({})).toEqual([expect.objectContaining({ http_put_response_hop_limit: 1 })]);
    expect(hops({ taskStatements })).toEqual([expect.objectContaining({ http_put_response_hop_limit: 2 })]);
    expect(grants({ taskStatements }).at(-1)).toMatchObject({ Action: ["s3:PutObject"] });
  });

  test("lets nothing in without hosts, and HTTP and HTTPS with them", () => {
    const rules = (props: Partial<DockerHostProps>) =>
      all("aws_vpc_security_group_ingress_rule", props)
        .map(({ cidr_ipv4, from_port, to_port }) => `${String(cidr_ipv4)} ${String(from_port)}-${String(to_port)}`)
        .sort();
    expect(rules({ port: 8080 })).toEqual([]);
    expect(rules(web)).toEqual(["0.0.0.0/0 443-443", "0.0.0.0/0 80-80"]);
    expect(rules({ ...web, ingressCidrs: ["10.0.0.0/8", "192.0.2.0/24"] })).toEqual([
      "10.0.0.0/8 443-443",
      "10.0.0.0/8 80-80",
      "192.0.2.0/24 443-443",
      "192.0.2.0/24 80-80",
    ]);
  });

  test("stops in its off hours", () => {
    const offHours = { stop: "0 20 ? * MON-FRI *", start: "0 7 ? * MON-FRI *", timezone: "Europe/Paris" };
    expect(all("aws_scheduler_schedule")).toEqual([]);
    expect(all("aws_scheduler_schedule", { offHours }).map(({ name }) => name)).toEqual([
      "acme-test-api-instances-start",
      "acme-test-api-instances-stop",
    ]);
  });

  test("keeps the braces of its script from Terraform", () => {
    for (const { content } of all("aws_ssm_document", web)) {
      expect(String(content).match(/(?<!\$)\$\{/g)).toBeNull();
    }
  });

  test.each<[Partial<DockerHostProps>, string]>([
    [{ envFile: { version: "v1.0.0" } }, "envFileBucketName must be given with envFile, got none"],
    [
      { ...web, addressAllocationId: undefined },
      "addressAllocationId must be given with hosts, got none; names need an address that stays",
    ],
    [{ registry: { accountId: "1", region: "eu-west-3" } }, 'registry.accountId must be 12 digits, got "1"'],
    [{ ingressCidrs: ["everybody"] }, 'ingressCidrs must be IPv4 ranges, got "everybody"'],
    [
      { secrets: { KEY: { from: "database" } } },
      'secrets.KEY.from must be left out, there is no source to take it from, got "database"',
    ],
    [{ port: 0 }, "port must be a whole number from 1 to 65535, got 0"],
  ])("fails on %j", (props, message) => {
    expect(() => host(props)).toThrow(`test/api: ${message}`);
  });
});
