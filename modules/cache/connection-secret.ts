import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";
import type { Context } from "../context";

export interface ConnectionSecretProps {
  /** For whom and where. */
  readonly context: Context;

  /**
   * Last part of the secret's name.
   * @default "cache"
   */
  readonly thing?: string;

  /**
   * ARN of the KMS key; whoever reads the secret needs the right to decrypt with it.
   * @default - the account's own key for Secrets Manager, which needs no right
   */
  readonly kmsKeyArn?: string;
}

/**
 * An empty secret in Secrets Manager, for the connection string of a cache that another stack makes: services can name it before there is a
 * value. Once deleted, AWS keeps it for 30 days, and its name with it; one of a destroyable context is gone at once.
 */
export class ConnectionSecret extends Construct {
  /** ARN of the secret. */
  readonly secretArn: string;

  /** Name of the secret. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, props: ConnectionSecretProps) {
    super(scope, id);
    const { context, thing = "cache", kmsKeyArn } = props;

    const secretName = context.names("secret", thing);
    const secret = new SecretsmanagerSecret(this, "secret", {
      name: secretName,
      description: "Connection string of the cache, written by the stack that makes it",
      kmsKeyId: kmsKeyArn,
      recoveryWindowInDays: context.destroyable ? 0 : 30,
    });

    this.secretArn = secret.arn;
    this.secretName = secretName;
  }
}
