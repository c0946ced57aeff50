import type { Construct } from "constructs";
import type { Context } from "../context";
import { GeneratedSecret } from "../secrets/generated-secret";

export interface MasterSecretProps {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the database within its environment; `-master` is added. */
  readonly thing: string;

  /** Name of the administrator. */
  readonly username: string;

  /**
   * ARN of the KMS key; whoever reads the secret needs the right to decrypt with it.
   * @default - the account's own key for Secrets Manager, which needs no right
   */
  readonly kmsKeyArn?: string;
}

/** The administrator's secret of a database whose password RDS cannot manage, in the form RDS gives its own. Nobody rotates it. */
export class MasterSecret extends GeneratedSecret {
  constructor(scope: Construct, id: string, props: MasterSecretProps) {
    const { context, thing, username, kmsKeyArn } = props;
    super(scope, id, {
      context,
      thing: `${thing}-master`,
      description: `Administrator of ${context.names("dbInstance", thing)}`,
      length: 40, // MySQL takes 41
      value: (password) => ({ username, password }),
      kmsKeyArn,
    });
  }
}
