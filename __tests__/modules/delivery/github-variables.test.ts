import { Token } from "cdktf";
import { variableProblems } from "../../../modules/delivery/github-variables";

const problems = (variables: Record<string, string>): string[] =>
  variableProblems(variables).filter((problem) => problem !== undefined);

const way = "set it with gh secret set --env, or read it at run time from Secrets Manager";

describe("variableProblems", () => {
  test.each<Record<string, string>>([
    {},
    { AWS_REGION: "eu-west-3", _A1: "" },
    { DATABASE_SECRET_ARN: "arn:aws:secretsmanager:eu-west-3:1:secret:x" },
    { TOKEN_URL: "https://example.com/token", KEYBOARD: "x", SECRETARY: "x" },
    { ROLE_ARN: Token.asString("late") },
    { API_URL: "https://user@example.com" },
  ])("has none for %j", (variables) => {
    expect(problems(variables)).toEqual([]);
  });

  test.each(["aws_region", "1A", "A-B", "GITHUB_X", ""])("names a name GitHub refuses: %j", (name) => {
    expect(problems({ [name]: "x" })).toEqual([
      `variables must be capitals, digits and underscores, not starting with a digit or GITHUB_, got ${JSON.stringify(name)}`,
    ]);
  });

  test.each([
    "PASSWORD",
    "DB_PASSWORD",
    "DB_PASSWD",
    "DB_PWD",
    "KEY_PASSPHRASE",
    "CLIENT_SECRET",
    "API_TOKEN",
    "AWS_CREDENTIALS",
    "API_KEY",
    "APIKEY",
    "PRIVATE_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "SENTRY_DSN",
  ])("names what reads like a secret: %s", (name) => {
    expect(problems({ [name]: "x" })).toEqual([
      `variables.${name} must not be a secret, got a name that reads like one; ${way}`,
    ]);
  });

  test.each([
    "postgres://app:hunter2@db.example.com/app",
    "AKIAIOSFODNN7EXAMPLE",
    "-----BEGIN RSA PRIVATE KEY-----",
    `ghp_${"a".repeat(36)}`,
    `github_pat_${"a".repeat(40)}`,
  ])("names a value that looks like one, without repeating it: %s", (value) => {
    const message = `variables.X must not be a secret, got a value that looks like a key or a password; ${way}`;
    expect(problems({ X: value })).toEqual([message]);
    expect(message).not.toContain(value);
  });

  test("names more than GitHub takes", () => {
    const some = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, ""]));
    expect(problems(some(100))).toEqual([]);
    expect(problems(some(101))).toEqual(["variables must be at most 100, got 101"]);
  });
});
