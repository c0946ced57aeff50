import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { blueGreenNames } from "./blue-green-names";
import { ruleConditions, targetGroupConfig, type TargetGroupChoices } from "./routing-config";
import type { RoutingSettings } from "./routing-settings";
import { serviceNames } from "./service-names";

/** How requests get from two listeners to the tasks of either color. */
export interface BlueGreenRoutingProps extends TargetGroupChoices {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service. */
  readonly name: string;

  /** Listener of the visitors. */
  readonly listenerArn: string;

  /** Listener of those who look at a release before the visitors do. */
  readonly testListenerArn: string;

  /** Which requests. */
  readonly routing: RoutingSettings;
}

/** A target group of one color. */
export interface ColoredTargetGroup {
  /** ARN of the target group. */
  readonly arn: string;

  /** Last part of its ARN, `targetgroup/<name>/<id>`, which metrics know it by. */
  readonly arnSuffix: string;

  /** Its name. */
  readonly name: string;
}

/**
 * Two target groups, and the same rule on both listeners: visitors begin at blue, tests at green. From the first release on CodeDeploy
 * says where the rules lead, so Terraform leaves that to it.
 */
export class BlueGreenRouting extends Construct {
  /** Target group the service begins with. */
  readonly blue: ColoredTargetGroup;

  /** Target group of the first release. */
  readonly green: ColoredTargetGroup;

  /** ARNs of both rules, the only ones CodeDeploy changes. */
  readonly ruleArns: readonly string[];

  /** Both rules; ECS and CodeDeploy refuse a target group that no listener leads to. */
  readonly rules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BlueGreenRoutingProps) {
    super(scope, id);
    const { context, name, routing } = props;
    const names = blueGreenNames(context, name);
    const blue = new LbTargetGroup(this, "blue", targetGroupConfig(names.blueTargetGroup, props));
    const green = new LbTargetGroup(this, "green", targetGroupConfig(names.greenTargetGroup, props));
    const rule = (ruleId: string, listenerArn: string, targetGroupArn: string) =>
      new LbListenerRule(this, ruleId, {
        listenerArn,
        priority: routing.priority,
        condition: ruleConditions(routing),
        action: [{ type: "forward", targetGroupArn }],
        tags: { Name: serviceNames(context, name).service },
        lifecycle: { ignoreChanges: ["action"] },
      });
    const rules = [rule("rule", props.listenerArn, blue.arn), rule("test-rule", props.testListenerArn, green.arn)];

    this.blue = { arn: blue.arn, arnSuffix: blue.arnSuffix, name: names.blueTargetGroup };
    this.green = { arn: green.arn, arnSuffix: green.arnSuffix, name: names.greenTargetGroup };
    this.ruleArns = rules.map(({ arn }) => arn);
    this.rules = rules;
  }
}
