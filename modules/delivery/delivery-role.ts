import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { DELIVERY_PATH } from "./delivery-names";
import { documentSize, fitsInline, packingProblems, packStatements, POLICY_LIMITS } from "./policy-packing";
import { policyDocument, type Statement } from "./policy-statement";

/** The hour that who takes such a role asks for, and the least AWS lets a role be limited to. */
const SESSION_SECONDS = 3_600;

/** What makes a role of delivery the one it is, whoever takes it. */
export interface DeliveryRoleProps {
  /** For whom and where. */
  readonly context: Context;

  /** Boundary of the role itself, `DeliveryBoundary.arn`. Not that of the workloads, which would stop every deployment. */
  readonly boundaryArn: string;

  /** What it is called after `<project>-<environment>-`. */
  readonly name: string;

  /** What it is for, in a sentence, as the console shows it. */
  readonly description: string;

  /** What it may do. */
  readonly statements: readonly Statement[];
}

/** Whom a role trusts. */
export interface RoleTrust {
  /** The trust policy. */
  readonly policy: string;

  /** What is wrong with it. */
  readonly problems: ReadonlyArray<string | undefined>;
}

/**
 * A role that somebody outside AWS takes with a token, for an hour. It carries a boundary, and has the policies given here and no other: what
 * somebody attaches by hand is gone with the next apply.
 */
export abstract class DeliveryRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  protected constructor(scope: Construct, id: string, props: DeliveryRoleProps, trust: RoleTrust) {
    super(scope, id);
    const { context, statements } = props;
    const inline = fitsInline(statements);
    const packs = inline ? [] : packStatements(statements);
    assertValid(this, [...trust.problems, ...packingProblems(packs), trustTooLong(trust.policy)]);

    const roleName = context.names("iamRole", props.name);
    const role = new IamRole(this, "role", {
      name: roleName,
      path: DELIVERY_PATH,
      description: props.description,
      assumeRolePolicy: trust.policy,
      maxSessionDuration: SESSION_SECONDS,
      permissionsBoundary: props.boundaryArn,
    });
    const inlinePolicies = inline ? [this.inlinePolicy(role, roleName, statements)] : [];
    const managedPolicies = packs.map((pack, index) =>
      this.managedPolicy(role, `${props.name}-${index + 1}`, pack, props),
    );
    new IamRolePoliciesExclusive(this, "only-inline", {
      roleName: role.name,
      policyNames: inlinePolicies.map((policy) => policy.name),
    });
    new IamRolePolicyAttachmentsExclusive(this, "only-attached", {
      roleName: role.name,
      policyArns: managedPolicies.map((attachment) => attachment.policyArn),
    });

    this.arn = role.arn;
    this.roleName = roleName;
  }

  private inlinePolicy(role: IamRole, name: string, statements: readonly Statement[]): IamRolePolicy {
    return new IamRolePolicy(this, "policy", { name, role: role.name, policy: policyDocument(statements) });
  }

  private managedPolicy(
    role: IamRole,
    name: string,
    pack: readonly Statement[],
    { context, description }: DeliveryRoleProps,
  ): IamRolePolicyAttachment {
    const number = name.slice(name.lastIndexOf("-") + 1);
    const policy = new IamPolicy(this, `policy-${number}`, {
      name: context.names("iamPolicy", name),
      path: DELIVERY_PATH,
      description,
      policy: policyDocument(pack),
    });
    return new IamRolePolicyAttachment(this, `attachment-${number}`, { role: role.name, policyArn: policy.arn });
  }
}

function trustTooLong(document: string): string | undefined {
  const size = documentSize(document);
  if (size <= POLICY_LIMITS.trust) return undefined;
  return `subject must fit into a trust policy of ${POLICY_LIMITS.trust} characters, got ${size}; shorten the names in it`;
}
