import { BackupVault as Vault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { type Context, iamArn } from "../context";
import { assertValid, outOfRange } from "../validation";

export interface BackupVaultProps {
  /** For whom and where: its region is that of the vault. */
  readonly context: Context;

  /**
   * How many days nobody can delete a backup, except those who may change the lock, 1 to 3650. What is kept for fewer days the vault
   * refuses.
   * @default - no lock
   */
  readonly lockDays?: number;

  /**
   * Provider of the context's region, in a stack that has several.
   * @default - the stack's only provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * A vault of AWS Backup, encrypted with a key of its own. Unless the context is destroyable nobody deletes a backup before its time, and
 * Terraform refuses to remove the vault and the key without which its backups could not be read.
 */
export class BackupVault extends Construct {
  /** Name of the vault. */
  readonly vaultName: string;

  /** ARN of the vault. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BackupVaultProps) {
    super(scope, id);
    const { context, lockDays, provider } = props;
    assertValid(this, [outOfRange("lockDays", lockDays, 1, 3650)]);

    const kept = context.destroyable ? undefined : { preventDestroy: true };
    const name = context.names("backupVault");
    const key = new KmsKey(this, "key", {
      provider,
      description: `Backups of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: context.destroyable ? 7 : 30,
      policy: keyPolicy(context),
      lifecycle: kept,
    });
    new KmsAlias(this, "alias", {
      provider,
      name: `alias/${context.names("kmsAlias", "backups")}`,
      targetKeyId: key.keyId,
    });
    const vault = new Vault(this, "vault", {
      provider,
      name,
      kmsKeyArn: key.arn,
      forceDestroy: context.destroyable,
      lifecycle: kept,
    });
    if (!context.destroyable) {
      new BackupVaultPolicy(this, "policy", { provider, backupVaultName: vault.name, policy: VAULT_POLICY });
    }
    if (lockDays !== undefined) {
      // without changeableForDays the lock is of governance mode: those with the right can lift it
      new BackupVaultLockConfiguration(this, "lock", {
        provider,
        backupVaultName: vault.name,
        minRetentionDays: lockDays,
      });
    }
    this.vaultName = vault.name;
    this.arn = vault.arn;
  }
}

/** AWS Backup itself still deletes what is past its time. A vault's policy takes no resource but `*`, which is the backups in it. */
const VAULT_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "KeepBackups",
      Effect: "Deny",
      Principal: "*",
      Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
      Resource: "*",
    },
  ],
});

/** The account's roles decide, AWS Backup's among them; in a key's policy the only resource is the key, which is called `*` there. */
function keyPolicy(context: Context): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountDecides",
        Effect: "Allow",
        Principal: { AWS: iamArn(context, "root") },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}
