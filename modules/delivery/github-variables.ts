import { looksLikeSecret } from "../secret-value";
import { notMatching } from "../validation";

/** Source: GitHub's documentation of variables, read in 2026-11. */
const MAX_VARIABLES = 100;

/** What is wrong with the variables of a GitHub environment. A value is never part of the message, which ends up in logs. */
export function variableProblems(variables: Readonly<Record<string, string>>): Array<string | undefined> {
  const names = Object.keys(variables);
  return [
    names.length > MAX_VARIABLES ? `variables must be at most ${MAX_VARIABLES}, got ${names.length}` : undefined,
    ...Object.entries(variables).flatMap(([name, value]) => [
      notMatching(
        "variables",
        name,
        /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/,
        "capitals, digits and underscores, not starting with a digit or GITHUB_",
      ),
      secretProblem(name, value),
    ]),
  ];
}

function secretProblem(name: string, value: string): string | undefined {
  const way = "set it with gh secret set --env, or read it at run time from Secrets Manager";
  if (SECRET_NAME.test(name)) return `variables.${name} must not be a secret, got a name that reads like one; ${way}`;
  if (looksLikeSecret(value)) {
    return `variables.${name} must not be a secret, got a value that looks like a key or a password; ${way}`;
  }
  return undefined;
}

/** Names that end like a secret's. `DATABASE_SECRET_ARN` says where one is, so it passes. */
const SECRET_NAME =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|(API|PRIVATE|SECRET|ACCESS|ENCRYPTION|SIGNING)_?KEY(_ID)?|_PWD|_DSN)$/;
