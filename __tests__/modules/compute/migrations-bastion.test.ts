import { MigrationsBastion, type MigrationsBastionProps } from "../../../modules/compute/migrations-bastion";
import { context, policyOf, resources, synth } from "../../support/synth";

const bastion = (props: Partial<MigrationsBastionProps> = {}) =>
  synth(
    (scope) =>
      new MigrationsBastion(scope, "bastion", {
        context: context({ environment: "shared" }),
        vpcId: "vpc-1",
        subnetId: "subnet-1",
        registry: { accountId: "123456789012", region: "eu-west-3" },
        repository: "migrations",
        environments: ["staging", "prod"],
        ...props,
      }),
  );
const all = (type: string, props: Partial<MigrationsBastionProps> = {}) => resources(bastion(props), type);
const envFile = { envFile: { version: "v1.0.0" }, envFileBucketName: "acme-shared-env-files-123456789012" };
const parametersOf = (props: Partial<MigrationsBastionProps> = {}) => {
  const [document] = all("aws_ssm_document", props);
  return (JSON.parse(String(document?.["content"])) as { parameters: Record<string, Record<string, unknown>> })
    .parameters;
};

describe(MigrationsBastion, () => {
  test("is one host without a fixed address, which stops itself", () => {
    const [instance] = all("aws_instance");
    expect(instance).toMatchObject({
      instance_initiated_shutdown_behavior: "stop",
      tags: { Name: "acme-shared-migrations", Schedule: "on-demand" },
    });
    expect(instance?.["user_data"]).toContain('[ "$idle" -lt 900 ] || systemctl poweroff');
    expect(instance?.["user_data"]).toContain("systemctl enable --now stop-when-idle.timer");
    expect(all("aws_eip_association")).toEqual([]);
    expect(all("aws_instance", { idleMinutes: 30 })[0]?.["user_data"]).toContain('"$idle" -lt 1800');
  });

  test("lets nothing in", () => {
    expect(all("aws_vpc_security_group_ingress_rule")).toEqual([]);
  });

  test("runs one of three commands, by a document of its own for each environment", () => {
    const documents: Record<string, string> = Object.fromEntries(
      all("aws_ssm_document").map(({ name, content }) => [String(name), String(content)] as const),
    );
    expect(Object.keys(documents).sort()).toEqual(["acme-shared-migrate-prod", "acme-shared-migrate-staging"]);
    expect(documents["acme-shared-migrate-prod"]).toContain("/usr/local/sbin/migrate prod ");
    expect(documents["acme-shared-migrate-prod"]).not.toContain("staging");
    expect(parametersOf()).toEqual({
      command: expect.objectContaining({ allowedValues: ["migrate", "migrate:down", "migrate:status"] }),
      imageTag: expect.objectContaining({ allowedPattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$" }),
    });
    expect(parametersOf(envFile)).toMatchObject({ envFileVersion: { default: "v1.0.0" } });
  });

  test("may read where the databases are, and no secret until an environment says so", () => {
    const [policy = {}] = all("aws_iam_role_policy", envFile);
    const ssm = "arn:aws:ssm:eu-west-3:123456789012:parameter/acme-shared/migrations";
    expect(policyOf(policy).Statement.slice(5)).toEqual([
      { Effect: "Allow", Action: ["ssm:GetParameter"], Resource: [`${ssm}/staging`, `${ssm}/prod`] },
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::acme-shared-env-files-123456789012/.env-migrations-v*"],
      },
    ]);
  });

  test.each<[Partial<MigrationsBastionProps>, string]>([
    [{ environments: [] }, "environments must be at least one, got []"],
    [{ envFile: envFile.envFile }, "envFileBucketName must be given with envFile, got none"],
    [{ idleMinutes: 4 }, "idleMinutes must be a whole number from 5 to 240, got 4"],
    [{ idleMinutes: 241 }, "idleMinutes must be a whole number from 5 to 240, got 241"],
    [
      { cidr: "10.0.0.0/28" },
      'cidr must be from /16 to /24, got "10.0.0.0/28"; /24 is the smallest in which 4 zones of 3 tiers get the /28 that AWS requires',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => bastion(props)).toThrow(`test/bastion: ${message}`);
  });
});
