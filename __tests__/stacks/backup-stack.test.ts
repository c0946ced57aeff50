import type { BackupSettings } from "../../modules/recovery/recovery-settings";
import { prod, staging } from "../support/environments";
import { synthEnvironment, values } from "../support/stacks";

const region = "eu-central-1";
const synth = (backup?: BackupSettings) => synthEnvironment(prod({ recovery: { region, backup } }));

describe("BackupStack", () => {
  test("is only there with backups", () => {
    expect(synth().stacks).not.toHaveProperty("prod-backup");
  });

  test("backs up into a vault of the first region, with a copy in the second", () => {
    const { stacks } = synth({ retentionDays: 14, copyRetentionDays: 7 });
    const stack = stacks["prod-backup"] ?? {};
    expect(stack.provider).toEqual({ aws: [expect.objectContaining({ region: "eu-west-3" })] });
    expect(values(stack, "aws_backup_vault", "name")).toEqual(["acme-prod"]);
    expect(values(stack, "aws_backup_plan", "rule")).toEqual([
      [
        expect.objectContaining({
          lifecycle: { delete_after: 14 },
          copy_action: [
            {
              destination_vault_arn: "arn:aws:backup:eu-central-1:123456789012:backup-vault:acme-prod",
              lifecycle: { delete_after: 7 },
            },
          ],
        }),
      ],
    ]);
  });

  test("locks both vaults alike, and lets those of staging be destroyed", () => {
    const locked = synth({ lockDays: 5 }).stacks;
    for (const name of ["prod-backup", "prod-recovery"]) {
      expect(values(locked[name] ?? {}, "aws_backup_vault_lock_configuration", "min_retention_days")).toEqual([5]);
    }
    const { stacks } = synthEnvironment(staging({ recovery: { region, backup: {} } }));
    for (const name of ["staging-backup", "staging-recovery"]) {
      expect(values(stacks[name] ?? {}, "aws_backup_vault", "force_destroy")).toEqual([true]);
    }
  });

  test("reads no other stack's state: it knows the second vault by name", () => {
    expect(synth({}).stacks["prod-backup"]).not.toHaveProperty("data");
  });
});
