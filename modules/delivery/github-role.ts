import type { Construct } from "constructs";
import { DeliveryRole, type DeliveryRoleProps } from "./delivery-role";
import { gitHubRepositoryProblems, workflowProblem, type GitHubRepository } from "./github-settings";
import { gitHubSubjectProblems, type GitHubSubject } from "./github-subject";
import { trustPolicy, trustProblems } from "./github-trust";

/** What every role for GitHub is given, whatever it is for. */
export interface GitHubRoleConnections extends Pick<DeliveryRoleProps, "context" | "boundaryArn"> {
  /** Repository whose workflows take the role. */
  readonly repository: GitHubRepository;

  /**
   * The one workflow that may take the role, such as `.github/workflows/deploy.yml`, as it stands on the branch it runs on.
   * @default - any workflow of the repository
   */
  readonly workflow?: string;
}

/** What makes a role for GitHub the one it is. */
export interface GitHubRoleProps extends GitHubRoleConnections, DeliveryRoleProps {
  /** What the workflows have to run for. */
  readonly subject: GitHubSubject;
}

/** A role of delivery that workflows of one repository take with the token GitHub gives them. It trusts exact values only. */
export class GitHubRole extends DeliveryRole {
  constructor(scope: Construct, id: string, props: GitHubRoleProps) {
    const { context, repository, subject, workflow } = props;
    super(scope, id, props, {
      policy: trustPolicy({ accountId: context.accountId, repository, subject, workflow }),
      problems: [
        ...gitHubRepositoryProblems(repository),
        ...gitHubSubjectProblems(subject),
        workflowProblem(workflow),
        ...trustProblems({ subject, workflow }),
      ],
    });
  }
}
