import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import type { Context } from "../context";
import { NOT_FOUND } from "./not-found";

/** What the listener stands on. */
export interface HttpListenerProps {
  /** For whom and where. */
  readonly context: Context;

  /** Application Load Balancer that has no listener on port 80 yet. */
  readonly loadBalancerArn: string;
}

/**
 * A listener without encryption, for a trial without a domain: whatever is sent to it can be read on the way.
 * It answers 404 to whatever no service has a rule for.
 */
export class HttpListener extends Construct {
  /** Listener that services add their rules to. */
  readonly listenerArn: string;

  constructor(scope: Construct, id: string, props: HttpListenerProps) {
    super(scope, id);
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: props.loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [NOT_FOUND],
      tags: { Name: props.context.names("nameTag", "http") },
    });
    this.listenerArn = listener.arn;
  }
}
