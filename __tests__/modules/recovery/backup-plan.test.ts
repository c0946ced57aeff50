import { BackupPlan, type BackupPlanProps } from "../../../modules/recovery/backup-plan";
import { backupVaultArn } from "../../../modules/recovery/recovery-names";
import { context, policyOf, resources, synth } from "../../support/synth";

const plan = (props: Partial<BackupPlanProps> = {}) =>
  synth((scope) => new BackupPlan(scope, "backup", { context: context(), vaultName: "acme-test", ...props }));
const rule = {
  rule_name: "scheduled",
  target_vault_name: "acme-test",
  schedule: "cron(30 5 * * ? *)",
  start_window: 60,
  completion_window: 360,
  lifecycle: { delete_after: 7 },
  recovery_point_tags: { Project: "acme", Environment: "test" },
};
const rolePattern = /^\$\{aws_iam_role\.\w+\.\w+\}$/;

describe(BackupPlan, () => {
  test("is daily, kept for a week, and marked as the environment's", () => {
    expect(resources(plan(), "aws_backup_plan")).toEqual([
      expect.objectContaining({ name: "acme-test", rule: [rule] }),
    ]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { schedule: undefined, retentionDays: undefined, copyRetentionDays: undefined };
    expect(plan({ ...settings, copyVaultArn: undefined, resourceArns: undefined })).toEqual(plan());
  });

  test("copies each backup to the vault of another region, for as long as told", () => {
    const copyVaultArn = backupVaultArn(context(), "eu-central-1");
    const copies = (props: Partial<BackupPlanProps>) => resources(plan({ copyVaultArn, ...props }), "aws_backup_plan");
    const copied = (days: number) => ({
      copy_action: [{ destination_vault_arn: copyVaultArn, lifecycle: { delete_after: days } }],
    });
    expect(copies({ retentionDays: 35 })).toEqual([
      expect.objectContaining({ rule: [{ ...rule, lifecycle: { delete_after: 35 }, ...copied(35) }] }),
    ]);
    expect(copies({ copyRetentionDays: 90 })).toEqual([
      expect.objectContaining({ rule: [{ ...rule, ...copied(90) }] }),
    ]);
  });

  test("takes every database with the environment's tags, and neither buckets nor disks", () => {
    const [selection] = resources(plan(), "aws_backup_selection");
    expect(selection).toMatchObject({
      name: "acme-test",
      iam_role_arn: expect.stringMatching(rolePattern) as string,
      resources: ["arn:aws:rds:eu-west-3:123456789012:db:*", "arn:aws:rds:eu-west-3:123456789012:cluster:*"],
      condition: [
        {
          string_equals: [
            { key: "aws:ResourceTag/Project", value: "acme" },
            { key: "aws:ResourceTag/Environment", value: "test" },
          ],
        },
      ],
    });
  });

  test("takes exactly what it is given", () => {
    const resourceArns = ["arn:aws:rds:eu-west-3:123456789012:cluster:acme-test-db"];
    const [selection] = resources(plan({ resourceArns }), "aws_backup_selection");
    expect(selection).toMatchObject({ resources: resourceArns });
    expect(selection).not.toHaveProperty("condition");
  });

  test("has a role that only AWS Backup takes, that makes backups and restores none, below the boundary", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const synthesized = plan({ context: context({ permissionsBoundaryArn }) });
    const [role, ...others] = resources(synthesized, "aws_iam_role");
    expect(others).toEqual([]);
    expect(role).toMatchObject({ name: "acme-test-backup", permissions_boundary: permissionsBoundaryArn });
    expect(policyOf(role ?? {}, "assume_role_policy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "backup.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(resources(synthesized, "aws_iam_role_policy_attachment")).toEqual([
      expect.objectContaining({
        policy_arn: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      }),
    ]);
    const [selection] = resources(synthesized, "aws_backup_selection");
    expect(selection).toMatchObject({
      depends_on: [expect.stringMatching(/^aws_iam_role_policy_attachment\./)],
    });
  });

  test.each<[Partial<BackupPlanProps>, string]>([
    [
      { schedule: "daily", retentionDays: 0 },
      'test/backup: schedule must be cron(minute hour day month weekday year), got "daily"; retentionDays must be a whole number from 1 to 3650, got 0',
    ],
    [
      { resourceArns: [] },
      "test/backup: resourceArns must be one or more, got []; leave it out for every database of the environment",
    ],
  ])("fails on %j", (props, message) => {
    expect(() => plan(props)).toThrow(new Error(message));
  });
});
