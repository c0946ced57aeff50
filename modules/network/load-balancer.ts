import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { AccessLogBucket } from "./access-log-bucket";
import { loadBalancerProblems, loadBalancerVpcProblem } from "./load-balancer-settings";
import type { LoadBalancerSettings } from "./load-balancer-settings";

export interface LoadBalancerProps extends LoadBalancerSettings {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC. */
  readonly vpcId: string;

  /** The VPC's IPv4 range, the only one it sends requests to. */
  readonly vpcCidr: string;

  /** Public subnets, in at least two zones. */
  readonly subnetIds: readonly string[];

  /**
   * Whether visitors use HTTPS: port 443 is open and port 80 redirects to it. Without a domain there is no certificate; then only
   * port 80 is open, and whoever has the services makes its listener.
   * @default true
   */
  readonly https?: boolean;
}

/**
 * A load balancer that the whole internet can reach, and the only thing it can reach. Always true of it: it sends to the VPC only,
 * drops malformed headers, guards against request smuggling, and is protected from deletion unless the whole may be destroyed.
 */
export class LoadBalancer extends Construct {
  /** ARN of the load balancer, for listeners. */
  readonly loadBalancerArn: string;

  /** Its host name, for an alias or CNAME record. */
  readonly dnsName: string;

  /** The Route 53 zone of that host name, for an alias record. */
  readonly hostedZoneId: string;

  /** Its security group, the one that services let in. */
  readonly securityGroupId: string;

  /** Last part of its ARN, `app/<name>/<id>`, which metrics know it by. */
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { context, vpcId, vpcCidr, subnetIds, https = true } = props;
    const { idleTimeoutSeconds = 60, accessLogs = true, accessLogRetentionDays = 365 } = props;
    assertValid(this, [...loadBalancerProblems(props), loadBalancerVpcProblem("vpcCidr", vpcCidr)]);

    const securityGroup = new SecurityGroup(this, "security-group", {
      name: context.names("securityGroup", "load-balancer"),
      description: "Load balancer: web from anywhere, out to the VPC",
      vpcId,
      tags: { Name: context.names("securityGroup", "load-balancer") },
    });
    for (const port of https ? [80, 443] : [80]) {
      new VpcSecurityGroupIngressRule(this, `from-internet-${port}`, {
        securityGroupId: securityGroup.id,
        description: port === 443 ? "HTTPS from anywhere" : "HTTP from anywhere",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: "0.0.0.0/0",
      });
    }
    new VpcSecurityGroupEgressRule(this, "to-vpc", {
      securityGroupId: securityGroup.id,
      description: "Requests and health checks to services, whatever their port",
      ipProtocol: "tcp",
      fromPort: 0,
      toPort: 65_535,
      cidrIpv4: vpcCidr,
    });

    const logs = accessLogs
      ? new AccessLogBucket(this, "access-logs", { context, retentionDays: accessLogRetentionDays })
      : undefined;
    const loadBalancer = new Lb(this, "load-balancer", {
      name: context.names("loadBalancer"),
      loadBalancerType: "application",
      internal: false,
      ipAddressType: "ipv4",
      subnets: [...subnetIds],
      securityGroups: [securityGroup.id],
      idleTimeout: idleTimeoutSeconds,
      enableHttp2: true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: !context.destroyable,
      // Said even when off: a missing block leaves logs on, and they would go to whoever takes the bucket's name next.
      accessLogs: { enabled: logs !== undefined, bucket: logs?.bucketName ?? "" },
      tags: { Name: context.names("loadBalancer") },
      lifecycle: context.destroyable ? undefined : { preventDestroy: true },
      dependsOn: logs === undefined ? undefined : [logs.writable],
    });
    if (https) {
      new LbListener(this, "http", {
        loadBalancerArn: loadBalancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultAction: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }],
        tags: { Name: context.names("nameTag", "http") },
      });
    }

    this.loadBalancerArn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.hostedZoneId = loadBalancer.zoneId;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.securityGroupId = securityGroup.id;
  }
}
