import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { httpsListenerProblems, type HttpsListenerSettings } from "./https-listener-settings";
import { NOT_FOUND } from "./not-found";
import { testListenerProblems, type TestListenerSettings } from "./test-listener-settings";

/** Settings of the listener, and what it stands on. */
export interface TestListenerProps extends TestListenerSettings, HttpsListenerSettings {
  /** For whom and where. */
  readonly context: Context;

  /** Application Load Balancer. */
  readonly loadBalancerArn: string;

  /** Security group of the load balancer, which is opened for the allowed ranges on this one port. */
  readonly securityGroupId: string;

  /** The VPC's IPv4 range. */
  readonly vpcCidr: string;

  /**
   * Certificate of the load balancer's host names, once it is issued: `certificateArn` of the HTTPS listener.
   * @default - none; plain HTTP, for a trial without a domain
   */
  readonly certificateArn?: string;
}

/** A second listener of the same load balancer, for tests of a release: only the allowed ranges reach it, and what no service has a rule for gets 404. */
export class TestListener extends Construct {
  /** Listener that blue/green services add their second rule to. */
  readonly listenerArn: string;

  constructor(scope: Construct, id: string, props: TestListenerProps) {
    super(scope, id);
    const { context, certificateArn, port = 8443, allowedCidrs = [props.vpcCidr] } = props;
    const { tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06" } = props;
    assertValid(this, [...testListenerProblems(props), ...httpsListenerProblems(props)]);

    allowedCidrs.forEach((cidrIpv4, index) => {
      new VpcSecurityGroupIngressRule(this, `from-${index}`, {
        securityGroupId: props.securityGroupId,
        description: "Tests of a release",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4,
      });
    });
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: props.loadBalancerArn,
      port,
      ...(certificateArn === undefined
        ? { protocol: "HTTP" }
        : { protocol: "HTTPS", sslPolicy: tlsPolicy, certificateArn }),
      defaultAction: [NOT_FOUND],
      tags: { Name: context.names("nameTag", "test") },
    });
    this.listenerArn = listener.arn;
  }
}
