import { BackupPlan as Plan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid, isUnresolved } from "../validation";
import { backupOf, backupProblems, type BackupSettings } from "./recovery-settings";

export interface BackupPlanProps extends Omit<BackupSettings, "lockDays"> {
  /** For whom and where. */
  readonly context: Context;

  /** The vault of the same region, by name. */
  readonly vaultName: string;

  /**
   * ARN of the vault in the second region that takes a copy of each backup; `backupVaultArn` knows it.
   * @default - no copies
   */
  readonly copyVaultArn?: string;

  /**
   * ARNs of what is backed up.
   * @default - every database of RDS and Aurora that carries the environment's tags
   */
  readonly resourceArns?: readonly string[];
}

/**
 * The backups of an environment: when, of what, for how long, and a copy of each in another region. A backup that does not start within
 * an hour, or end within six, is given up and reported by the vault's alarm.
 */
export class BackupPlan extends Construct {
  /** Role that AWS Backup makes and copies backups with. */
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const { context, vaultName, copyVaultArn, resourceArns } = props;
    const { schedule, retentionDays, copyRetentionDays } = backupOf(props);
    assertValid(this, [...backupProblems(props), resourceProblem(resourceArns)]);

    const tags = { Project: context.project, Environment: context.environment };
    const plan = new Plan(this, "plan", {
      name: context.names("backupPlan"),
      rule: [
        {
          ruleName: "scheduled",
          targetVaultName: vaultName,
          schedule,
          startWindow: 60,
          completionWindow: 360,
          lifecycle: { deleteAfter: retentionDays },
          recoveryPointTags: tags,
          ...(copyVaultArn !== undefined && {
            copyAction: [{ destinationVaultArn: copyVaultArn, lifecycle: { deleteAfter: copyRetentionDays } }],
          }),
        },
      ],
    });
    const role = new IamRole(this, "role", {
      name: context.names("iamRole", "backup"),
      description: "Lets AWS Backup make and copy the environment's backups",
      permissionsBoundary: context.permissionsBoundaryArn,
      // AWS Backup documents no condition for it; only who may pass the role, in this account, can have it used
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "backup.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    });
    // AWS keeps this policy in step with what AWS Backup calls; one of our own would fail silently one night. It cannot restore.
    const policy = new IamRolePolicyAttachment(this, "role-policy", {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    });
    new BackupSelection(this, "selection", {
      name: context.names("backupPlan"),
      planId: plan.id,
      iamRoleArn: role.arn,
      ...(resourceArns === undefined
        ? { resources: anyDatabase(context), condition: [{ stringEquals: Object.entries(tags).map(tagged) }] }
        : { resources: [...resourceArns] }),
      dependsOn: [policy],
    });
    this.roleArn = role.arn;
  }
}

/** The kinds are named, for by tags alone AWS Backup would take every bucket and disk too, which its role may not read. */
function anyDatabase(context: Context): string[] {
  return [arn(context, "rds", "db:*"), arn(context, "rds", "cluster:*")];
}

function tagged([key, value]: [string, string]) {
  return { key: `aws:ResourceTag/${key}`, value };
}

function resourceProblem(resourceArns: readonly string[] | undefined): string | undefined {
  if (resourceArns === undefined || isUnresolved(resourceArns) || resourceArns.length > 0) return undefined;
  return "resourceArns must be one or more, got []; leave it out for every database of the environment";
}
