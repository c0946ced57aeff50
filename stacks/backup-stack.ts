import type { Construct } from "constructs";
import { BackupPlan } from "../modules/recovery/backup-plan";
import { backupVaultArn } from "../modules/recovery/recovery-names";
import { BackupVault } from "../modules/recovery/backup-vault";
import type { RecoverySettings } from "../modules/recovery/recovery-settings";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the backup stack is given. */
export interface BackupStackProps extends BaseStackProps {
  /** The second region, and what is chosen about the backups. */
  readonly recovery: RecoverySettings & { readonly backup: NonNullable<RecoverySettings["backup"]> };
}

/** Backups of every database of the environment, each with a copy in the second region. Apart from the data, so that neither takes the other along. */
export class BackupStack extends BaseStack {
  /** Vault of the backups, by name. */
  readonly vaultName: string;

  constructor(scope: Construct, id: string, props: BackupStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { region, backup } = props.recovery;
    const { lockDays, ...plan } = backup;
    const { vaultName } = new BackupVault(this, "vault", { context, lockDays });
    new BackupPlan(this, "plan", { ...plan, context, vaultName, copyVaultArn: backupVaultArn(context, region) });
    this.vaultName = vaultName;
  }
}
