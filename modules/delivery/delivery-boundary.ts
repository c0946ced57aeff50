import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { deliveryBoundary } from "./boundary-statements";
import { DELIVERY_PATH, permissionsBoundaryArn } from "./delivery-names";
import { packingProblems } from "./policy-packing";
import { policyDocument } from "./policy-statement";
import { reachOf } from "./reach";
import { reachProblems } from "./reach-settings";

/** What the boundary of the roles of delivery is given. */
export interface DeliveryBoundaryProps {
  /** For whom and where. */
  readonly context: Context;

  /**
   * Regions besides the context's that are deployed to, or that hold images or the state.
   * @default - none
   */
  readonly otherRegions?: readonly string[];
}

/**
 * The managed policy `<project>-<environment>-delivery-boundary`, which the roles of delivery carry themselves. It grants nothing, and
 * keeps a role to what a pipeline may ever do even if somebody attaches AdministratorAccess to it.
 */
export class DeliveryBoundary extends Construct {
  /** ARN of the policy. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeliveryBoundaryProps) {
    super(scope, id);
    const { context, otherRegions = [] } = props;
    const boundaryArn = context.permissionsBoundaryArn ?? permissionsBoundaryArn(context);
    const statements = deliveryBoundary(reachOf(context), boundaryArn, otherRegions);
    assertValid(this, [...reachProblems({ otherRegions }), ...packingProblems([statements])]);

    const policy = new IamPolicy(this, "policy", {
      name: context.names("iamPolicy", "delivery-boundary"),
      path: DELIVERY_PATH,
      description: `The most any pipeline can do to ${context.environment}`,
      policy: policyDocument(statements),
    });
    this.arn = policy.arn;
  }
}
