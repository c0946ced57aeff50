import { backupVaultArn } from "../../../modules/recovery/recovery-names";
import { context } from "../../support/synth";

describe("backupVaultArn", () => {
  test("is known in both regions before any vault exists", () => {
    expect(backupVaultArn(context())).toBe("arn:aws:backup:eu-west-3:123456789012:backup-vault:acme-test");
    expect(backupVaultArn(context(), "eu-central-1")).toBe(
      "arn:aws:backup:eu-central-1:123456789012:backup-vault:acme-test",
    );
  });
});
