import { ConnectionSecret, type ConnectionSecretProps } from "../../../modules/cache/connection-secret";
import type { Context } from "../../../modules/context";
import { context, resources, synth } from "../../support/synth";

const build = (settings: Partial<ConnectionSecretProps> = {}, overrides: Partial<Context> = {}) =>
  synth((scope) => {
    new ConnectionSecret(scope, "secret", { context: context(overrides), ...settings });
  });

describe("ConnectionSecret", () => {
  test("is empty", () => {
    const synthesized = build();
    expect(Object.keys(synthesized.resource ?? {})).toEqual(["aws_secretsmanager_secret"]);
  });

  test.each([
    [false, 30],
    [true, 0],
  ])("in a context with destroyable %s can be recovered for %d days", (destroyable, days) => {
    expect(resources(build({}, { destroyable }), "aws_secretsmanager_secret")).toEqual([
      expect.objectContaining({ name: "acme-test-cache", recovery_window_in_days: days }),
    ]);
  });

  test("takes another name and a key", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/k";
    expect(resources(build({ thing: "queue", kmsKeyArn }), "aws_secretsmanager_secret")).toEqual([
      expect.objectContaining({ name: "acme-test-queue", kms_key_id: kmsKeyArn }),
    ]);
  });

  test("tells its name before it exists", () => {
    synth((scope) => {
      expect(new ConnectionSecret(scope, "secret", { context: context() }).secretName).toBe("acme-test-cache");
    });
  });
});
