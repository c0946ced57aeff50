import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { httpsListenerProblems, type HttpsListenerSettings } from "./https-listener-settings";
import { NOT_FOUND } from "./not-found";

/** Settings of the listener, and what it stands on. */
export interface HttpsListenerProps extends HttpsListenerSettings {
  /** For whom and where. */
  readonly context: Context;

  /** Application Load Balancer. */
  readonly loadBalancerArn: string;

  /** Certificate of its host names, requested in the load balancer's region. */
  readonly certificateArn: string;
}

/**
 * The HTTPS listener of a load balancer. It waits until the certificate is issued, which the DNS records of another stack bring about,
 * and answers 404 to whatever no service has a rule for.
 */
export class HttpsListener extends Construct {
  /** Listener that services add their rules to. */
  readonly listenerArn: string;

  /** Its certificate, once it is issued, for further listeners. */
  readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: HttpsListenerProps) {
    super(scope, id);
    const { tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06" } = props;
    assertValid(this, httpsListenerProblems(props));

    const validation = new AcmCertificateValidation(this, "validation", {
      certificateArn: props.certificateArn,
      timeouts: { create: "30m" }, // the records are there before; what takes longer than that is wrong
    });
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: props.loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: tlsPolicy,
      certificateArn: validation.certificateArn,
      defaultAction: [NOT_FOUND],
      tags: { Name: props.context.names("nameTag", "https") },
    });
    this.listenerArn = listener.arn;
    this.certificateArn = validation.certificateArn;
  }
}
