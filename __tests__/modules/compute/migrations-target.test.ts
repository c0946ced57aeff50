import { MigrationsTarget, type MigrationsTargetProps } from "../../../modules/compute/migrations-target";
import { context, policyOf, resources, synth } from "../../support/synth";

const database = {
  address: "db.internal",
  port: 3306,
  databaseName: "app",
  securityGroupId: "sg-database",
  secretArn: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds-1",
};
const target = (props: Partial<MigrationsTargetProps> = {}) =>
  synth(
    (scope) =>
      new MigrationsTarget(scope, "migrations", {
        context: context({ environment: "staging" }),
        bastionSecurityGroupId: "sg-bastion",
        database,
        ...props,
      }),
  );
const all = (type: string) => resources(target(), type);

describe(MigrationsTarget, () => {
  test("opens the one port between bastion and database, on both sides", () => {
    const port = { ip_protocol: "tcp", from_port: 3306, to_port: 3306 };
    expect(all("aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({
        ...port,
        security_group_id: "sg-database",
        referenced_security_group_id: "sg-bastion",
      }),
    ]);
    expect(all("aws_vpc_security_group_egress_rule")).toEqual([
      expect.objectContaining({
        ...port,
        security_group_id: "sg-bastion",
        referenced_security_group_id: "sg-database",
      }),
    ]);
  });

  test("lets the bastion read the one secret", () => {
    expect(all("aws_iam_role_policy")).toEqual([
      expect.objectContaining({ name: "migrate-staging", role: "acme-shared-migrations-host" }),
    ]);
    expect(all("aws_iam_role_policy").map((policy) => policyOf(policy).Statement)).toEqual([
      [{ Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [database.secretArn] }],
    ]);
  });

  test("says where the database is, and no secret", () => {
    const [parameter] = all("aws_ssm_parameter");
    expect(parameter).toMatchObject({ name: "/acme-shared/migrations/staging", type: "String" });
    expect(JSON.parse(String(parameter?.["value"]))).toEqual({
      host: "db.internal",
      port: "3306",
      databaseName: "app",
      secretArn: database.secretArn,
    });
  });

  test("fails on a port that is none", () => {
    expect(() => target({ database: { ...database, port: 0 } })).toThrow(
      "test/migrations: database.port must be a whole number from 1 to 65535, got 0",
    );
  });
});
