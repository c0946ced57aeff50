import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid, outOfRange } from "../validation";
import { migrationsBastionNames, migrationsTargetParameter } from "./migrations-bastion-names";
import { allowing } from "./task-statements";

export interface MigrationsTargetProps {
  /** For whom and where: the environment. */
  readonly context: Context;

  /** Security group of the bastion. */
  readonly bastionSecurityGroupId: string;

  /** The database: where it is, its security group, and the secret with `username` and `password`. */
  readonly database: {
    readonly address: string;
    readonly port: number;
    readonly databaseName: string;
    readonly securityGroupId: string;
    readonly secretArn: string;
  };

  /**
   * What has to be there first: a security group of another VPC can only be named once the two are peered.
   * @default - nothing
   */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * Lets the bastion migrate one environment's database: the way to its port, the right to read its one secret, and a parameter
 * that says where it is. The bastion itself is not changed; without this it can do nothing here.
 */
export class MigrationsTarget extends Construct {
  /** Parameter the bastion reads. */
  readonly parameterName: string;

  constructor(scope: Construct, id: string, props: MigrationsTargetProps) {
    super(scope, id);
    const { context, bastionSecurityGroupId, database, after = [] } = props;
    assertValid(this, [outOfRange("database.port", database.port, 1, 65_535)]);
    const { project, environment } = context;
    const names = migrationsBastionNames(project);
    const rule = {
      description: `Migrations to the database of ${context.names("nameTag")}`,
      ipProtocol: "tcp",
      fromPort: database.port,
      toPort: database.port,
      dependsOn: [...after],
    };

    new VpcSecurityGroupEgressRule(this, "bastion-out", {
      ...rule,
      securityGroupId: bastionSecurityGroupId,
      referencedSecurityGroupId: database.securityGroupId,
    });
    new VpcSecurityGroupIngressRule(this, "database-in", {
      ...rule,
      securityGroupId: database.securityGroupId,
      referencedSecurityGroupId: bastionSecurityGroupId,
    });
    new IamRolePolicy(this, "secret", {
      name: `migrate-${environment}`,
      role: names.role,
      policy: allowing([{ actions: ["secretsmanager:GetSecretValue"], resources: [database.secretArn] }]),
    });
    const parameter = new SsmParameter(this, "parameter", {
      name: migrationsTargetParameter(project, environment),
      description: `Where migrations find the database of ${context.names("nameTag")}`,
      type: "String",
      // the port as text: a number that only Terraform knows does not survive in JSON
      value: JSON.stringify({
        host: database.address,
        port: String(database.port),
        databaseName: database.databaseName,
        secretArn: database.secretArn,
      }),
    });
    this.parameterName = parameter.name;
  }
}
