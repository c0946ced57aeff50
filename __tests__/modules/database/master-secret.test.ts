import { MasterSecret } from "../../../modules/database/master-secret";
import { context, resources, synth } from "../../support/synth";

describe("MasterSecret", () => {
  test("has the form of RDS's own, with a password short enough for every engine", () => {
    const synthesized = synth((scope) => {
      new MasterSecret(scope, "master", { context: context(), thing: "db", username: "owner" });
    });
    expect(resources(synthesized, "aws_secretsmanager_secret")).toEqual([
      expect.objectContaining({ name: "acme-test-db-master", description: "Administrator of acme-test-db" }),
    ]);
    expect(synthesized).toMatchObject({
      ephemeral: { aws_secretsmanager_random_password: { master: { password_length: 40, exclude_punctuation: true } } },
    });
    expect(resources(synthesized, "aws_secretsmanager_secret_version")[0]).toMatchObject({
      secret_string_wo:
        '${jsonencode({"username" = "owner", "password" = ephemeral.aws_secretsmanager_random_password.master.random_password})}',
    });
  });
});
