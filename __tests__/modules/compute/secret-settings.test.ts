import { Lazy } from "cdktf";
import {
  environmentProblems,
  secretResources,
  secretSourceProblems,
  secretValueFrom,
  type SecretSettings,
} from "../../../modules/compute/secret-settings";

const scope = { accountId: "123456789012", region: "eu-west-3" };
const database = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds!db-1-AbCdEf";
const sources = { database };
const found = (...given: Parameters<typeof environmentProblems>) =>
  environmentProblems(...given).filter((problem) => problem !== undefined);

describe("environmentProblems", () => {
  test("pass no variables at all, and none for an explicit undefined", () => {
    expect(found()).toEqual([]);
    expect(found(undefined, undefined)).toEqual([]);
  });

  test.each([
    "NODE_ENV",
    "TOKEN_TTL_SECONDS",
    "PASSWORD_MIN_LENGTH",
    "NEXT_PUBLIC_API_KEY",
    "PWD",
    "_x1",
    "constructor",
  ])("pass %s", (name) => {
    expect(found({ [name]: "value" }, { OTHER: { from: "database" } })).toEqual([]);
  });

  test.each([
    "DB_PASSWORD",
    "dbPassword",
    "DB_PASSWD",
    "DB_PWD",
    "KEY_PASSPHRASE",
    "JWT_SECRET",
    "GITHUB_TOKEN",
    "AWS_CREDENTIALS",
    "STRIPE_API_KEY",
    "STRIPE_APIKEY",
    "SSH_PRIVATE_KEY",
    "SECRET_KEY",
    "AWS_ACCESS_KEY_ID",
    "COOKIE_SIGNING_KEY",
  ])("fail on a variable named %s", (name) => {
    expect(found({ [name]: "value" })).toEqual([
      `environment.${name} must not be a secret, got a name that reads like one; move it to secrets`,
    ]);
  });

  test.each([
    "postgres://app:hunter2@db:5432/app",
    "redis://:hunter2@cache",
    "AKIAIOSFODNN7EXAMPLE",
    "-----BEGIN RSA PRIVATE KEY-----",
  ])("fail on a value like %s, without repeating it", (value) => {
    expect(found({ URL: value })).toEqual([
      "environment.URL must not be a secret, got a value with a password or a key in it; move it to secrets",
    ]);
  });

  test.each(["postgres://db:5432/app", "https://acme.dev/a:b@c", Lazy.stringValue({ produce: () => "${var.url}" })])(
    "pass the value %s",
    (URL) => {
      expect(found({ URL })).toEqual([]);
    },
  );

  const variable = "a variable name of letters, digits and underscores, not starting with a digit";
  test.each<[Parameters<typeof environmentProblems>, string]>([
    [[{ "1A": "x" }], `environment must be ${variable}, got "1A"`],
    [[{}, { "A-B": { from: "database" } }], `secrets must be ${variable}, got "A-B"`],
    [[{ A: "x" }, { A: { from: "database" } }], "secrets.A must be in one place only, got it in environment too"],
    [
      [{}, { A: { from: "database", key: "a:b" } }],
      'secrets.A.key must be the name of a field, without colon or space, got "a:b"',
    ],
    [
      [{}, { A: { secretName: "acme-stripe" } }],
      'secrets.A.secretName must not end in a hyphen and six characters, got "acme-stripe"; Secrets Manager would take it for a whole ARN',
    ],
    [
      [{}, { A: { secretName: "" } }],
      'secrets.A.secretName must be 1 to 512 letters, digits and any of / _ + = . @ -, got ""',
    ],
    [
      [{}, { A: { parameterName: "a b" } }],
      'secrets.A.parameterName must be letters, digits and any of / _ . -, got "a b"',
    ],
  ])("fail on %j", (given, message) => {
    expect(found(...given)).toEqual([message]);
  });

  test.each([
    { secretName: "acme/stripe" },
    { secretName: "acme-stripe7" },
    { secretName: Lazy.stringValue({ produce: () => "${var.name}" }) },
    { parameterName: "/acme/p" },
  ])("pass %j", (secret) => {
    expect(found({}, { A: secret })).toEqual([]);
  });
});

describe("secretSourceProblems", () => {
  test("pass sources that are there, and secrets that need none", () => {
    const secrets = { A: { from: "database" }, B: { secretName: "b" }, C: { parameterName: "c" } };
    expect(secretSourceProblems(secrets, sources).filter((it) => it !== undefined)).toEqual([]);
  });

  test("fail on a source that is not", () => {
    expect(secretSourceProblems({ A: { from: "databse" } }, { database, cache: database })).toEqual([
      'secrets.A.from must be one of database, cache, got "databse"',
    ]);
  });

  test("say so when there is none at all", () => {
    expect(secretSourceProblems({ A: { from: "cache" } })).toEqual([
      'secrets.A.from must be left out, there is no source to take it from, got "cache"',
    ]);
  });
});

describe("secretValueFrom", () => {
  test.each<[SecretSettings, string]>([
    [{ from: "database" }, database],
    [{ from: "database", key: "password" }, `${database}:password::`],
    [{ secretName: "acme/stripe" }, "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme/stripe"],
    [
      { secretName: "acme/stripe", key: "live" },
      "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme/stripe:live::",
    ],
    [{ parameterName: "/acme/p" }, "arn:aws:ssm:eu-west-3:123456789012:parameter/acme/p"],
    [{ parameterName: "p" }, "arn:aws:ssm:eu-west-3:123456789012:parameter/p"],
  ])("of %j is %s", (secret, valueFrom) => {
    expect(secretValueFrom(scope, sources, secret)).toBe(valueFrom);
  });

  test("throws on a source nobody checked", () => {
    expect(() => secretValueFrom(scope, {}, { from: "cache" })).toThrow('secret source "cache" is not connected');
  });
});

describe("secretResources", () => {
  test("name each secret once, without its field, and one given by name with its six characters open", () => {
    const secrets: SecretSettings[] = [
      { from: "database", key: "username" },
      { from: "database", key: "password" },
      { secretName: "acme/stripe", key: "live" },
      { parameterName: "/acme/p" },
      { parameterName: "acme/p" },
    ];
    expect(secretResources(scope, sources, secrets)).toEqual({
      secrets: [database, "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme/stripe-??????"],
      parameters: ["arn:aws:ssm:eu-west-3:123456789012:parameter/acme/p"],
    });
  });

  test("are empty without secrets", () => {
    expect(secretResources(scope, sources, [])).toEqual({ secrets: [], parameters: [] });
  });
});
