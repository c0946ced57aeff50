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
import { gitHubRepositoryProblems, workflowProblem, type GitHubRepository } from "./github-settings";
import { gitHubSubjectProblems, type GitHubSubject } from "./github-subject";
import { trustPolicy, trustProblems } from "./github-trust";
import { documentSize, fitsInline, packingProblems, packStatements, POLICY_LIMITS } from "./policy-packing";
import { policyDocument, type Statement } from "./policy-statement";

/** The hour GitHub's own action asks for, and the least AWS lets a role be limited to. */
const SESSION_SECONDS = 3_600;

/** What every role of delivery is given, whatever it is for. */
export interface GitHubRoleConnections {
  /** For whom and where. */
  readonly context: Context;

  /** Repository whose workflows take the role. */
  readonly repository: GitHubRepository;

  /** Boundary of the role itself, `DeliveryBoundary.arn`. Not that of the workloads, which would stop every deployment. */
  readonly boundaryArn: string;

  /**
   * The one workflow that may take the role, such as `.github/workflows/deploy.yml`, as it stands on the branch it runs on.
   * @default - any workflow of the repository
   */
  readonly workflow?: string;
}

/** What makes a role the one it is. */
export interface GitHubRoleProps extends GitHubRoleConnections {
  /** What it is called after `<project>-<environment>-`. */
  readonly name: string;

  /** What it is for, in a sentence, as the console shows it. */
  readonly description: string;

  /** What the workflows have to run for. */
  readonly subject: GitHubSubject;

  /** What it may do. */
  readonly statements: readonly Statement[];
}

/**
 * A role that workflows of one repository take with the token GitHub gives them, for an hour. It trusts exact values only, carries a
 * boundary, and has the policies given here and no other: what somebody attaches by hand is gone with the next apply.
 */
export class GitHubRole extends Construct {
  /** ARN of the role, which `gitHubRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: GitHubRoleProps) {
    super(scope, id);
    const { context, repository, subject, statements, workflow } = props;
    const assumeRolePolicy = trustPolicy({ accountId: context.accountId, repository, subject, workflow });
    const inline = fitsInline(statements);
    const packs = inline ? [] : packStatements(statements);
    assertValid(this, [
      ...gitHubRepositoryProblems(repository),
      ...gitHubSubjectProblems(subject),
      workflowProblem(workflow),
      ...trustProblems({ subject, workflow }),
      ...packingProblems(packs),
      trustTooLong(assumeRolePolicy),
    ]);

    const roleName = context.names("iamRole", props.name);
    const role = new IamRole(this, "role", {
      name: roleName,
      path: DELIVERY_PATH,
      description: props.description,
      assumeRolePolicy,
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
    { context, description }: GitHubRoleProps,
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
