import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { ruleConditions, targetGroupConfig, type TargetGroupChoices } from "./routing-config";
import type { RoutingSettings } from "./routing-settings";
import { serviceNames } from "./service-names";

/** How requests get from a listener to a service's tasks. */
export interface ServiceRoutingProps extends TargetGroupChoices {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service. */
  readonly name: string;

  /** Listener the rule is added to. */
  readonly listenerArn: string;

  /** Which requests. */
  readonly routing: RoutingSettings;
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
    const names = serviceNames(props.context, props.name);
    const targets = new LbTargetGroup(this, "targets", targetGroupConfig(names.targetGroup, props));
    this.rule = new LbListenerRule(this, "rule", {
      listenerArn: props.listenerArn,
      priority: props.routing.priority,
      condition: ruleConditions(props.routing),
      action: [{ type: "forward", targetGroupArn: targets.arn }],
      tags: { Name: names.service },
    });
    this.targetGroupArn = targets.arn;
    this.targetGroupArnSuffix = targets.arnSuffix;
  }
}
