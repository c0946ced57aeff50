import { Construct } from "constructs";
import { assertValid } from "../validation";
import { ROLE_NAMES } from "./delivery-names";
import { deployRights, deployRightsProblems, type DeployRights } from "./role-rights";
import { TerraformCloudRole, type TerraformCloudRoleConnections } from "./terraform-cloud-role";

/** What the role for applies in Terraform Cloud is given. */
export interface TerraformCloudApplyRoleProps extends TerraformCloudRoleConnections, DeployRights {}

/**
 * The role of the phase `apply` of a run in Terraform Cloud, by the name of the one that deploys from GitHub, with the same rights and the same limits: it
 * makes roles only under the environment's boundary, and never touches the roles of delivery.
 */
export class TerraformCloudApplyRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: TerraformCloudApplyRoleProps) {
    super(scope, id);
    const { context, boundaryArn, runs } = props;
    assertValid(this, deployRightsProblems(props));

    const role = new TerraformCloudRole(this, "role", {
      context,
      boundaryArn,
      runs,
      phase: "apply",
      name: ROLE_NAMES.deploy,
      description: `Applies ${context.environment} in Terraform Cloud`,
      statements: deployRights(context, props),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}
