import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { BackupVault, type BackupVaultProps } from "../../../modules/recovery/backup-vault";
import { context, policyOf, resources, synth } from "../../support/synth";

const vault = (props: Partial<BackupVaultProps> = {}) =>
  synth((scope) => new BackupVault(scope, "vault", { context: context(), ...props }));
const destroyable = { context: context({ destroyable: true }) };

describe(BackupVault, () => {
  test("is encrypted with a key of its own, which is rotated and decided about by the account", () => {
    expect(resources(vault(), "aws_backup_vault")).toEqual([
      expect.objectContaining({
        name: "acme-test",
        kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
      }),
    ]);
    const [key] = resources(vault(), "aws_kms_key");
    expect(key).toMatchObject({ enable_key_rotation: true });
    expect(policyOf(key ?? {}).Statement).toEqual([
      {
        Sid: "AccountDecides",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
    expect(resources(vault(), "aws_kms_alias")).toEqual([expect.objectContaining({ name: "alias/acme-test-backups" })]);
  });

  test("lets nobody delete a backup before its time, nor Terraform the vault or its key", () => {
    const [policy] = resources(vault(), "aws_backup_vault_policy");
    expect(policyOf(policy ?? {}).Statement).toEqual([
      {
        Sid: "KeepBackups",
        Effect: "Deny",
        Principal: "*",
        Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
        Resource: "*",
      },
    ]);
    const kept = { lifecycle: { prevent_destroy: true } };
    expect(resources(vault(), "aws_backup_vault")).toEqual([
      expect.objectContaining({ ...kept, force_destroy: false }),
    ]);
    expect(resources(vault(), "aws_kms_key")).toEqual([
      expect.objectContaining({ ...kept, deletion_window_in_days: 30 }),
    ]);
  });

  test("goes with its backups where everything may be destroyed", () => {
    const synthesized = vault(destroyable);
    expect(resources(synthesized, "aws_backup_vault_policy")).toEqual([]);
    const [made] = resources(synthesized, "aws_backup_vault");
    expect(made).toMatchObject({ force_destroy: true });
    expect(made).not.toHaveProperty("lifecycle");
    const [key] = resources(synthesized, "aws_kms_key");
    expect(key).toMatchObject({ deletion_window_in_days: 7 });
    expect(key).not.toHaveProperty("lifecycle");
  });

  test("is locked when asked, in the mode that those with the right can lift", () => {
    expect(resources(vault(), "aws_backup_vault_lock_configuration")).toEqual([]);
    const [lock] = resources(vault({ lockDays: 7 }), "aws_backup_vault_lock_configuration");
    expect(lock).toMatchObject({ min_retention_days: 7 });
    expect(lock).not.toHaveProperty("changeable_for_days");
  });

  test("is in another region with all it has, in a stack that has two", () => {
    const synthesized = synth((scope) => {
      const provider = new AwsProvider(scope, "second", { alias: "second", region: "eu-central-1" });
      new BackupVault(scope, "vault", { context: context({ region: "eu-central-1" }), lockDays: 1, provider });
    });
    const made = Object.values(synthesized.resource ?? {}).flatMap((named) => Object.values(named));
    expect(made).toHaveLength(5);
    expect(made.filter(({ provider }) => provider !== "aws.second")).toEqual([]);
  });

  test.each([0, 3651])("fails on a lock of %d days", (lockDays) => {
    expect(() => vault({ lockDays })).toThrow(
      new Error(`test/vault: lockDays must be a whole number from 1 to 3650, got ${lockDays}`),
    );
  });
});
