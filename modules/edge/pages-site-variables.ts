import { looksLikeSecret } from "../secret-value";
import { notMatching, shown } from "../validation";

/** The variables among a site's settings. */
interface SiteVariables {
  readonly environment?: Readonly<Record<string, string>>;
  readonly previewEnvironment?: Readonly<Record<string, string>>;
  readonly externalSecrets?: readonly string[];
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ALWAYS_SECRET = /(PASSWORD|PASSWD|PASSPHRASE|SECRET|PRIVATE_?KEY|CREDENTIALS?)/i;
const OFTEN_SECRET = /(TOKEN|(API|ACCESS|AUTH|SIGNING|ENCRYPTION)_?KEY)(_|$)/i;
/** What build tools put into the site's code by its name; a key of such a name is meant to be public. */
const MEANT_TO_BE_PUBLIC = /^(VITE|REACT_APP|GATSBY|(NEXT_|NUXT_|EXPO_)?PUBLIC)_/;
const WAY_OUT = `set it with "wrangler pages secret put" and name it in externalSecrets`;

/** What is wrong with a site's variables: names, and secrets, which Terraform's state would hold. */
export function siteVariableProblems(settings: SiteVariables): Array<string | undefined> {
  return [
    ...variableProblems("environment", settings.environment),
    ...variableProblems("previewEnvironment", settings.previewEnvironment),
    ...externalSecretProblems(settings),
  ];
}

/** What is wrong with variables that Terraform's state holds in clear; `wayOut` says where a secret belongs instead. */
export function variableProblems(
  path: string,
  variables: Readonly<Record<string, string>> = {},
  wayOut = WAY_OUT,
): Array<string | undefined> {
  return Object.entries(variables).flatMap(([name, value]) => [
    variableNameProblem(path, name),
    secretProblem(`${path}.${name}`, name, value, wayOut),
  ]);
}

/** What is wrong with the name of a variable. */
export function variableNameProblem(path: string, name: string): string | undefined {
  return notMatching(path, name, VARIABLE, "names of letters, digits and underscores that do not begin with a digit");
}

/** The value is no part of the message, which may end up in logs. */
function secretProblem(path: string, name: string, value: string, wayOut: string): string | undefined {
  if (ALWAYS_SECRET.test(name) || (OFTEN_SECRET.test(name) && !MEANT_TO_BE_PUBLIC.test(name))) {
    return `${path} must not be a secret, which Terraform's state would hold, got a name that reads like one; ${wayOut}`;
  }
  if (looksLikeSecret(value)) {
    return `${path} must not be a secret, which Terraform's state would hold, got a value with a password or a key in it; ${wayOut}`;
  }
  return undefined;
}

function externalSecretProblems(settings: SiteVariables): Array<string | undefined> {
  const { externalSecrets = [], environment = {}, previewEnvironment = {} } = settings;
  return externalSecrets.flatMap((name) => [
    variableNameProblem("externalSecrets", name),
    name in environment || name in previewEnvironment
      ? `externalSecrets must not name a variable of the environment, got ${shown(name)}`
      : undefined,
  ]);
}
