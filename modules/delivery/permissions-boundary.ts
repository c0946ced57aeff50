import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { workloadBoundary } from "./boundary-statements";
import { DELIVERY_PATH } from "./delivery-names";
import { packingProblems } from "./policy-packing";
import { policyDocument } from "./policy-statement";
import { reachOf } from "./reach";
import { reachProblems } from "./reach-settings";
import { DEFAULT_AREAS, type ServiceArea } from "./service-areas";

/** What the boundary of the workloads is given. */
export interface PermissionsBoundaryProps {
  /** For whom and where. */
  readonly context: Context;

  /**
   * Parts of AWS the environment uses.
   * @default - those of the default system, `DEFAULT_AREAS`
   */
  readonly areas?: readonly ServiceArea[];

  /**
   * Regions besides the context's that workloads write to, such as that of the copies of backups.
   * @default - none
   */
  readonly otherRegions?: readonly string[];

  /**
   * Bucket of the Terraform state, which no workload reads or writes.
   * @default - the state is not in S3
   */
  readonly stateBucket?: string;
}

/**
 * The managed policy `<project>-<environment>-boundary`, which every role of the environment's workloads carries. It grants nothing; it
 * is the most any of those roles can do, whoever writes their policies: no change of identities, no other region, no state.
 */
export class PermissionsBoundary extends Construct {
  /** ARN of the policy. Stacks that cannot wait for it know it as `permissionsBoundaryArn(context)`. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    const { context, areas = DEFAULT_AREAS, otherRegions = [], stateBucket } = props;
    const statements = workloadBoundary(reachOf(context, otherRegions), areas, stateBucket);
    assertValid(this, [...reachProblems({ areas, otherRegions }), ...packingProblems([statements])]);

    const policy = new IamPolicy(this, "policy", {
      name: context.names("iamPolicy", "boundary"),
      path: DELIVERY_PATH,
      description: `The most any workload of ${context.environment} can do`,
      policy: policyDocument(statements),
    });
    this.arn = policy.arn;
  }
}
