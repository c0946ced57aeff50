import { CodeconnectionsConnection } from "@cdktf/provider-aws/lib/codeconnections-connection";
import { Construct } from "constructs";
import type { Context } from "../context";

/** Which connection. */
export interface SourceConnectionProps {
  /** For whom and where. */
  readonly context: Context;
}

/**
 * The environment's connection to GitHub. It is born pending: somebody who administers the organization completes it once, in the console
 * under Developer Tools, Connections, "Update pending connection". Until then no pipeline can fetch anything. One made anew waits again.
 */
export class SourceConnection extends Construct {
  /** ARN of the connection, for pipelines. */
  readonly connectionArn: string;

  /** `PENDING` until somebody completed it, then `AVAILABLE`. */
  readonly status: string;

  constructor(scope: Construct, id: string, props: SourceConnectionProps) {
    super(scope, id);
    const connection = new CodeconnectionsConnection(this, "connection", {
      name: props.context.names("connection", "github"),
      providerType: "GitHub",
    });
    this.connectionArn = connection.arn;
    this.status = connection.connectionStatus;
  }
}
