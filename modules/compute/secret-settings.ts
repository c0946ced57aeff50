import { arn, type Context } from "../context";
import { looksLikeSecret } from "../secret-value";
import { isUnresolved, notMatching, shown, within } from "../validation";

/** A secret another part of the environment owns, such as the database's password. */
export interface SourcedSecret {
  /** Name of the source, as the stack connects it: `database`, `cache`. */
  readonly from: string;

  /**
   * Field of the secret, if it holds JSON.
   * @default - the whole secret
   */
  readonly key?: string;
}

/** A secret in Secrets Manager of the same account and region, made outside. */
export interface NamedSecret {
  /** Its name. One that ends in a hyphen and six characters is refused, because Secrets Manager reads that as the end of an ARN. */
  readonly secretName: string;

  /**
   * Field of the secret, if it holds JSON.
   * @default - the whole secret
   */
  readonly key?: string;
}

/** A SecureString of the Parameter Store of the same account and region, under the AWS-managed key, made outside. */
export interface ParameterSecret {
  /** Its name, with or without the slash in front. */
  readonly parameterName: string;
}

/** Where a secret comes from. The value itself appears in no file, plan or state. */
export type SecretSettings = SourcedSecret | NamedSecret | ParameterSecret;

/** What the execution role has to read, by service. */
export interface SecretResources {
  /** ARNs for `secretsmanager:GetSecretValue`. */
  readonly secrets: readonly string[];

  /** ARNs for `ssm:GetParameters`. */
  readonly parameters: readonly string[];
}

type Scope = Pick<Context, "accountId" | "region">;
type Sources = Readonly<Record<string, string>>;

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const VARIABLE_IN_WORDS = "a variable name of letters, digits and underscores, not starting with a digit";
const SECRET_NAME =
  /(PASSWORD|PASSWD|_PWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|(API|PRIVATE|SECRET|ACCESS|ENCRYPTION|SIGNING)_?KEY(_ID)?)$/i;

/** What is wrong with a container's variables: names, secrets in the clear, and the same name twice. */
export function environmentProblems(
  environment: Readonly<Record<string, string>> = {},
  secrets: Readonly<Record<string, SecretSettings>> = {},
): Array<string | undefined> {
  return [
    ...Object.entries(environment).flatMap(([name, value]) => [
      notMatching("environment", name, VARIABLE, VARIABLE_IN_WORDS),
      clearSecretProblem(name, value),
    ]),
    ...Object.entries(secrets).flatMap(([name, secret]) => [
      notMatching("secrets", name, VARIABLE, VARIABLE_IN_WORDS),
      Object.hasOwn(environment, name)
        ? `secrets.${name} must be in one place only, got it in environment too`
        : undefined,
      ...within(`secrets.${name}`, secretProblems(secret)),
    ]),
  ];
}

/** What is wrong with secrets that name a source, given the sources there are. */
export function secretSourceProblems(
  secrets: Readonly<Record<string, SecretSettings>> = {},
  sources: Sources = {},
): Array<string | undefined> {
  const known = Object.keys(sources);
  return Object.entries(secrets).map(([name, secret]) => {
    if (!("from" in secret) || known.includes(secret.from)) return undefined;
    const allowed = known.length > 0 ? `one of ${known.join(", ")}` : "left out, there is no source to take it from";
    return `secrets.${name}.from must be ${allowed}, got ${shown(secret.from)}`;
  });
}

/**
 * The `valueFrom` of ECS: `<secret ARN>`, or `<secret ARN>:<key>::` for one field of its current version.
 * A secret given by name has an ARN without the six random characters, which Secrets Manager completes.
 */
export function secretValueFrom(scope: Scope, sources: Sources, secret: SecretSettings): string {
  if ("parameterName" in secret) return parameterArn(scope, secret);
  const whole = "from" in secret ? sourceArn(sources, secret) : secretArn(scope, secret);
  return secret.key === undefined ? whole : `${whole}:${secret.key}::`;
}

/** Exactly what has to be readable for these secrets, each once. */
export function secretResources(scope: Scope, sources: Sources, settings: readonly SecretSettings[]): SecretResources {
  const secrets = new Set<string>();
  const parameters = new Set<string>();
  for (const secret of settings) {
    if ("parameterName" in secret) parameters.add(parameterArn(scope, secret));
    else if ("from" in secret) secrets.add(sourceArn(sources, secret));
    else secrets.add(`${secretArn(scope, secret)}-??????`);
  }
  return { secrets: [...secrets], parameters: [...parameters] };
}

function secretProblems(secret: SecretSettings): Array<string | undefined> {
  if ("parameterName" in secret) {
    return [notMatching("parameterName", secret.parameterName, /^[\w./-]+$/, "letters, digits and any of / _ . -")];
  }
  return [
    notMatching("key", secret.key, /^[^\s:]+$/, "the name of a field, without colon or space"),
    "from" in secret ? undefined : secretNameProblem(secret.secretName),
  ];
}

function secretNameProblem(name: string): string | undefined {
  if (!isUnresolved(name) && /-[A-Za-z0-9]{6}$/.test(name)) {
    return `secretName must not end in a hyphen and six characters, got ${shown(name)}; Secrets Manager would take it for a whole ARN`;
  }
  return notMatching("secretName", name, /^[\w/+=.@-]{1,512}$/, "1 to 512 letters, digits and any of / _ + = . @ -");
}

/** The value is never part of the message: the message ends up in logs. */
function clearSecretProblem(name: string, value: string): string | undefined {
  if (SECRET_NAME.test(name) && !/PUBLIC/i.test(name)) {
    return `environment.${name} must not be a secret, got a name that reads like one; move it to secrets`;
  }
  if (looksLikeSecret(value)) {
    return `environment.${name} must not be a secret, got a value with a password or a key in it; move it to secrets`;
  }
  return undefined;
}

function sourceArn(sources: Sources, secret: SourcedSecret): string {
  const found = sources[secret.from];
  if (found === undefined) throw new Error(`secret source ${shown(secret.from)} is not connected`);
  return found;
}

function secretArn(scope: Scope, secret: NamedSecret): string {
  return arn(scope, "secretsmanager", `secret:${secret.secretName}`);
}

function parameterArn(scope: Scope, secret: ParameterSecret): string {
  return arn(scope, "ssm", `parameter/${secret.parameterName.replace(/^\//, "")}`);
}
