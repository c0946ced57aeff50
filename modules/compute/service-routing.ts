import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { type HealthCheckSettings, healthCheckOf, type RoutingSettings } from "./routing-settings";
import { serviceNames } from "./service-names";

/** How requests get from a listener to a service's tasks. */
export interface ServiceRoutingProps {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service. */
  readonly name: string;

  /** VPC of the tasks. */
  readonly vpcId: string;

  /** Listener the rule is added to. */
  readonly listenerArn: string;

  /** Which requests. */
  readonly routing: RoutingSettings;

  /**
   * How the load balancer checks a task.
   * @default - `/health` has to answer 200 within 5 seconds, every 15
   */
  readonly healthCheck?: HealthCheckSettings;

  /** Seconds a task that goes may take to finish its requests. */
  readonly deregistrationDelaySeconds: number;

  /**
   * Seconds a browser stays with the same task.
   * @default - it does not
   */
  readonly stickySeconds?: number;

  /**
   * Seconds over which a new task gets its full share of requests.
   * @default - it gets it at once
   */
  readonly slowStartSeconds?: number;
}

/** A target group for a service's tasks and the listener rule that leads to it. */
export class ServiceRouting extends Construct {
  /** Target group. */
  readonly targetGroupArn: string;

  /** Its last part, `targetgroup/<name>/<id>`, which metrics know it by. */
  readonly targetGroupArnSuffix: string;

  /** The rule; ECS refuses a service whose target group no listener leads to. */
  readonly rule: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ServiceRoutingProps) {
    super(scope, id);
    const { stickySeconds, slowStartSeconds = 0 } = props;
    const { hosts = [], paths = [], priority } = props.routing;
    const check = healthCheckOf(props.healthCheck);

    const names = serviceNames(props.context, props.name);
    const targets = new LbTargetGroup(this, "targets", {
      name: names.targetGroup,
      vpcId: props.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: 80, // ECS registers each task with its own port; this one is never used, and as a constant it never replaces the group
      deregistrationDelay: String(props.deregistrationDelaySeconds),
      slowStart: slowStartSeconds,
      stickiness: { type: "lb_cookie", enabled: stickySeconds !== undefined, cookieDuration: stickySeconds ?? 86_400 },
      healthCheck: {
        protocol: "HTTP",
        port: "traffic-port",
        path: check.path,
        matcher: check.matcher,
        interval: check.intervalSeconds,
        timeout: check.timeoutSeconds,
        healthyThreshold: check.healthyThreshold,
        unhealthyThreshold: check.unhealthyThreshold,
      },
    });
    this.rule = new LbListenerRule(this, "rule", {
      listenerArn: props.listenerArn,
      priority,
      condition: [
        ...(hosts.length > 0 ? [{ hostHeader: { values: [...hosts] } }] : []),
        ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
      ],
      action: [{ type: "forward", targetGroupArn: targets.arn }],
      tags: { Name: names.service },
    });
    this.targetGroupArn = targets.arn;
    this.targetGroupArnSuffix = targets.arnSuffix;
  }
}
