import { Token } from "cdktf";
import type { Context } from "../../../modules/context";
import { GeneratedSecret, type GeneratedSecretProps } from "../../../modules/secrets/generated-secret";
import { context, resources, synth, type Synthesized } from "../../support/synth";

interface WithEphemeral extends Synthesized {
  readonly ephemeral?: Record<string, Record<string, Record<string, unknown>>>;
}

function build(settings: Partial<GeneratedSecretProps> = {}, overrides: Partial<Context> = {}): WithEphemeral {
  return synth((scope) => {
    new GeneratedSecret(scope, "session", { context: context(overrides), thing: "session", ...settings });
  });
}

const RANDOM = "ephemeral.aws_secretsmanager_random_password.session.random_password";

describe("GeneratedSecret", () => {
  test("hands on a random value that nobody opens before the apply, and writes it only", () => {
    const synthesized = build();
    expect(synthesized.ephemeral).toEqual({
      aws_secretsmanager_random_password: {
        session: {
          password_length: 48,
          exclude_punctuation: true,
          exclude_characters: "${substr(timestamp(), 0, 0)}",
        },
      },
    });
    const versions = resources(synthesized, "aws_secretsmanager_secret_version");
    expect(versions).toEqual([
      expect.objectContaining({
        secret_string_wo: `\${${RANDOM}}`,
        secret_string_wo_version: 1,
        lifecycle: { create_before_destroy: true },
      }),
    ]);
    for (const version of versions) expect(version).not.toHaveProperty("secret_string");
  });

  test("keeps the secret for a while once deleted", () => {
    expect(resources(build(), "aws_secretsmanager_secret")).toEqual([
      expect.objectContaining({
        name: "acme-test-session",
        description: "Value made at random",
        recovery_window_in_days: 30,
      }),
    ]);
  });

  test("is gone at once in a destroyable context", () => {
    expect(resources(build({}, { destroyable: true }), "aws_secretsmanager_secret")).toEqual([
      expect.objectContaining({ recovery_window_in_days: 0 }),
    ]);
  });

  test("passes on every choice", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/k";
    const synthesized = build({ length: 20, punctuation: true, version: 3, description: "Signs sessions", kmsKeyArn });
    expect(synthesized.ephemeral?.["aws_secretsmanager_random_password"]).toEqual({
      session: {
        password_length: 20,
        exclude_punctuation: false,
        exclude_characters: "/@\"'\\:?#%&${substr(timestamp(), 0, 0)}",
      },
    });
    expect(resources(synthesized, "aws_secretsmanager_secret")[0]).toMatchObject({
      description: "Signs sessions",
      kms_key_id: kmsKeyArn,
    });
    expect(resources(synthesized, "aws_secretsmanager_secret_version")[0]).toMatchObject({
      secret_string_wo_version: 3,
    });
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { kind: undefined, length: undefined, punctuation: undefined, version: undefined };
    expect(build(settings)).toEqual(build());
  });

  test.each<[string, NonNullable<GeneratedSecretProps["value"]>, string]>([
    [
      "a text around it",
      (password) => `redis://default:${password}@host:6379`,
      `redis://default:\${${RANDOM}}@host:6379`,
    ],
    [
      "a record, as JSON",
      (password) => ({ url: `redis://:${password}@host`, password }),
      `\${jsonencode({"url" = "redis://:\${${RANDOM}}@host", "password" = ${RANDOM}})}`,
    ],
  ])("keeps %s", (_form, value, expected) => {
    expect(resources(build({ value }), "aws_secretsmanager_secret_version")[0]).toMatchObject({
      secret_string_wo: expected,
    });
  });

  test.each<[string, GeneratedSecretProps["value"], string]>([
    ["alone", undefined, "${ephemeral.aws_secretsmanager_secret_version.session.secret_string}"],
    [
      "in a record",
      (password) => ({ username: "me", password }),
      "${jsondecode(ephemeral.aws_secretsmanager_secret_version.session.secret_string).password}",
    ],
  ])("reads the password back from the secret for other write-only arguments: %s", (_form, value, expected) => {
    let version: unknown;
    const synthesized: WithEphemeral = synth((scope) => {
      const secret = new GeneratedSecret(scope, "session", { context: context(), thing: "session", version: 2, value });
      new GeneratedSecret(scope, "copy", { context: context(), thing: "copy", value: () => secret.password });
      expect(secret.password).toBe(secret.password);
      version = secret.version;
    });
    expect(version).toBe(2);
    expect(synthesized.ephemeral?.["aws_secretsmanager_secret_version"]).toEqual({
      session: {
        secret_id: expect.stringMatching(
          /^\$\{aws_secretsmanager_secret_version\.session_value_\w+\.secret_id\}\$\{substr\(timestamp\(\), 0, 0\)\}$/,
        ) as unknown,
        version_id: expect.stringMatching(
          /^\$\{aws_secretsmanager_secret_version\.session_value_\w+\.version_id\}$/,
        ) as unknown,
      },
    });
    expect(resources(synthesized, "aws_secretsmanager_secret_version").map((one) => one["secret_string_wo"])).toContain(
      expected,
    );
  });

  test("starts empty when a person gives the value", () => {
    const synthesized = build({ kind: "manual" });
    expect(synthesized).not.toHaveProperty("ephemeral");
    expect(synthesized.resource).not.toHaveProperty("aws_secretsmanager_secret_version");
    expect(resources(synthesized, "aws_secretsmanager_secret")[0]).toMatchObject({
      description: "Value given by a person",
    });
  });

  test("tells consumers its name and ARN", () => {
    synth((scope) => {
      const secret = new GeneratedSecret(scope, "session", { context: context(), thing: "session" });
      expect(secret.secretName).toBe("acme-test-session");
      expect(Token.isUnresolved(secret.secretArn)).toBe(true);
    });
  });

  test.each<[Partial<GeneratedSecretProps>, string]>([
    [{ kind: "manual" }, 'test/session: password must be that of a generated secret, got kind "manual"'],
    [
      { value: (password) => `x${password}` },
      "test/session: password must be kept alone or as one member of a record, got only a text around it",
    ],
    [
      { value: (password) => ({ url: `x${password}` }) },
      "test/session: password must be kept alone or as one member of a record, got only a text around it",
    ],
  ])("cannot read a password back from %j", (settings, message) => {
    synth((scope) => {
      const secret = new GeneratedSecret(scope, "session", { context: context(), thing: "session", ...settings });
      expect(() => secret.password).toThrow(new Error(message));
    });
  });

  test("fails on every problem at once", () => {
    expect(() => build({ length: 8, version: 0 })).toThrow(
      new Error(
        "test/session: length must be a whole number from 16 to 4096, got 8; version must be a whole number from 1 to 1000000, got 0",
      ),
    );
  });
});
