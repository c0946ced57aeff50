import type { LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import { type HealthCheckSettings, healthCheckOf, type RoutingSettings } from "./routing-settings";

/** How the tasks behind a target group are checked and let go. */
export interface TargetGroupChoices {
  /** VPC of the tasks. */
  readonly vpcId: string;

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

/** A target group of a service's tasks, in the provider's words. */
export function targetGroupConfig(name: string, choices: TargetGroupChoices): LbTargetGroupConfig {
  const { vpcId, stickySeconds, slowStartSeconds = 0 } = choices;
  const check = healthCheckOf(choices.healthCheck);
  return {
    name,
    vpcId,
    targetType: "ip",
    protocol: "HTTP",
    port: 80, // ECS registers each task with its own port; this one is never used, and as a constant it never replaces the group
    deregistrationDelay: String(choices.deregistrationDelaySeconds),
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
  };
}

/** The conditions of a listener rule, in the provider's words: only those that were given. */
export function ruleConditions({ hosts = [], paths = [] }: RoutingSettings): LbListenerRuleCondition[] {
  return [
    ...(hosts.length > 0 ? [{ hostHeader: { values: [...hosts] } }] : []),
    ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
  ];
}
