import { Construct } from "constructs";
import { assertValid } from "../validation";
import { ROLE_NAMES } from "./delivery-names";
import { reachProblems } from "./reach-settings";
import { planRights, type PlanRights } from "./role-rights";
import { TerraformCloudRole, type TerraformCloudRoleConnections } from "./terraform-cloud-role";

/** What the role for plans in Terraform Cloud is given. */
export interface TerraformCloudPlanRoleProps extends TerraformCloudRoleConnections, PlanRights {}

/**
 * The role of the phase `plan` of a run in Terraform Cloud, by the name of the one that plans from GitHub. A speculative run has this phase only, so whoever
 * can start one with code nobody has read gets no further than this: settings, no contents, no secret and no change.
 */
export class TerraformCloudPlanRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: TerraformCloudPlanRoleProps) {
    super(scope, id);
    const { context, boundaryArn, runs } = props;
    assertValid(this, reachProblems(props));

    const role = new TerraformCloudRole(this, "role", {
      context,
      boundaryArn,
      runs,
      phase: "plan",
      name: ROLE_NAMES.plan,
      description: `Plans ${context.environment} in Terraform Cloud: reads settings, changes nothing`,
      statements: planRights(context, props),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}
