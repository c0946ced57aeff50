import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, propertyAccess, ref, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { generatedSecretProblems, type GeneratedSecretSettings } from "./generated-secret-settings";

export interface GeneratedSecretProps extends GeneratedSecretSettings {
  /** For whom and where. */
  readonly context: Context;

  /** Last part of the secret's name. */
  readonly thing: string;

  /**
   * What the secret is for, as the console shows it.
   * @default - says who makes the value
   */
  readonly description?: string;

  /**
   * What is kept: a text around the random password, or a record, kept as JSON, of which a container can take one member. A number that only
   * Terraform knows does not survive in such a text; write `Fn.format`.
   * @default - the password alone
   */
  readonly value?: (password: string) => string | Readonly<Record<string, string>>;

  /**
   * ARN of the KMS key; whoever reads the secret needs the right to decrypt with it.
   * @default - the account's own key for Secrets Manager, which needs no right
   */
  readonly kmsKeyArn?: string;
}

/** What neither addresses nor RDS accept in a password. Source: RDS user guide, limits of the master password, read in 2026-11. */
const UNWANTED_PUNCTUATION = "/@\"'\\:?#%&";

/**
 * A secret in Secrets Manager whose value is in no plan, no state and no synthesized JSON: Secrets Manager makes it at random while Terraform
 * applies, and Terraform hands it on as a write-only argument. With kind `manual` it is an empty secret, for a person to fill.
 *
 * Terraform opens nothing to plan: the value depends on the time of the apply, which no plan knows. Applying needs Terraform 1.11,
 * `secretsmanager:GetRandomPassword` and, for this secret, `GetSecretValue` and `PutSecretValue`. The provider reads the value of an existing
 * version to see whether it is still there, so a later plan needs `GetSecretValue` too. Once deleted, AWS keeps the secret for 30 days, and its
 * name with it; one of a destroyable context is gone at once.
 */
export class GeneratedSecret extends Construct {
  /** ARN of the secret. */
  readonly secretArn: string;

  /** Name of the secret. */
  readonly secretName: string;

  /** Number of the value, for the `…_wo_version` beside a write-only argument that takes `password`. */
  readonly version: number;

  private readonly readPassword: () => string;
  private passwordExpression: string | undefined;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const { kind = "generated", length = 48, punctuation = false, version = 1 } = props;
    const { context, thing, kmsKeyArn, value = (password: string) => password } = props;
    const { description = kind === "manual" ? "Value given by a person" : "Value made at random" } = props;
    assertValid(this, generatedSecretProblems(props));

    const secretName = context.names("secret", thing);
    const secret = new SecretsmanagerSecret(this, "secret", {
      name: secretName,
      description,
      kmsKeyId: kmsKeyArn,
      recoveryWindowInDays: context.destroyable ? 0 : 30,
    });

    this.secretArn = secret.arn;
    this.secretName = secretName;
    this.version = version;
    if (kind === "manual") {
      this.readPassword = () => this.fail('password must be that of a generated secret, got kind "manual"');
      return;
    }

    const password = this.ephemeral("aws_secretsmanager_random_password", "random_password", {
      password_length: length,
      exclude_punctuation: !punctuation,
      exclude_characters: `${punctuation ? UNWANTED_PUNCTUATION : ""}${ONLY_WHEN_APPLIED()}`,
    });
    const kept = value(password);
    const written = new SecretsmanagerSecretVersion(this, "value", {
      secretId: secret.id,
      secretStringWo: typeof kept === "string" ? kept : Fn.jsonencode(kept),
      secretStringWoVersion: version,
      lifecycle: { createBeforeDestroy: true }, // a new version is a new resource, and the secret is never without a value
    });
    this.readPassword = () => {
      const member = memberOf(kept, password);
      if (member === undefined)
        this.fail("password must be kept alone or as one member of a record, got only a text around it");
      const text = this.ephemeral("aws_secretsmanager_secret_version", "secret_string", {
        secret_id: `${written.secretId}${ONLY_WHEN_APPLIED()}`,
        version_id: written.versionId,
      });
      return member === "" ? text : Token.asString(propertyAccess(Fn.jsondecode(text), [member]));
    };
  }

  /**
   * The password, for write-only arguments (`…_wo`) of the same stack only; Terraform refuses it anywhere else. It is read from the secret, so
   * that the two agree even after an apply that stopped half-way.
   */
  get password(): string {
    this.passwordExpression ??= this.readPassword();
    return this.passwordExpression;
  }

  /** An attribute of an ephemeral resource, for which cdktf has no construct. */
  private ephemeral(type: string, attribute: string, config: Record<string, unknown>): string {
    const stack = TerraformStack.of(this);
    const name = stack.getLogicalId(this.node);
    stack.addOverride(`ephemeral.${type}.${name}`, config);
    return Token.asString(ref(`ephemeral.${type}.${name}.${attribute}`, stack));
  }

  private fail(problem: string): never {
    throw new Error(`${this.node.path}: ${problem}`);
  }
}

/** Nothing, but nothing that is known only while Terraform applies: an ephemeral resource with it stays closed during a plan. */
const ONLY_WHEN_APPLIED = () => Fn.substr(Fn.timestamp(), 0, 0);

/** Where the password is in what is kept: "" for the whole, the name of the member, or undefined. */
function memberOf(kept: string | Readonly<Record<string, string>>, password: string): string | undefined {
  if (typeof kept === "string") return kept === password ? "" : undefined;
  return Object.keys(kept).find((name) => kept[name] === password);
}
