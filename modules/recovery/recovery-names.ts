import { arn, type Context } from "../context";

/** ARN of the environment's vault in a region, known before the vault exists. Vaults of both regions have the same name. */
export function backupVaultArn(context: Pick<Context, "accountId" | "region" | "names">, region?: string): string {
  return arn(context, "backup", `backup-vault:${context.names("backupVault")}`, { region });
}
