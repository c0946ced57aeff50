import type { Construct } from "constructs";
import { DeliveryRole, type DeliveryRoleProps } from "./delivery-role";
import {
  terraformCloudTrustPolicy,
  terraformCloudTrustProblems,
  type TerraformCloudTrust,
} from "./terraform-cloud-trust";

/** What every role for Terraform Cloud is given, whatever it is for. */
export interface TerraformCloudRoleConnections extends Pick<DeliveryRoleProps, "context" | "boundaryArn"> {
  /** Runs that take the role, in whichever phase it is for. */
  readonly runs: Omit<TerraformCloudTrust, "phase">;
}

/** What makes a role for Terraform Cloud the one it is. */
export interface TerraformCloudRoleProps
  extends TerraformCloudRoleConnections, DeliveryRoleProps, Pick<TerraformCloudTrust, "phase"> {}

/** A role of delivery that runs of Terraform Cloud take with the token they are given, in one phase only. It trusts exact values only. */
export class TerraformCloudRole extends DeliveryRole {
  constructor(scope: Construct, id: string, props: TerraformCloudRoleProps) {
    const trust = { ...props.runs, phase: props.phase };
    super(scope, id, props, {
      policy: terraformCloudTrustPolicy(props.context.accountId, trust),
      problems: terraformCloudTrustProblems(trust),
    });
  }
}
