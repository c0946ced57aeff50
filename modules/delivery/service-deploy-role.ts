import { Construct } from "constructs";
import { assertValid, notMatching, within } from "../validation";
import { commandStatements, commandTargetProblems, type CommandTarget } from "./command-statements";
import { ROLE_NAMES } from "./delivery-names";
import { GitHubRole, type GitHubRoleConnections } from "./github-role";
import { branchProblem } from "./github-settings";
import {
  type AppRunnerTarget,
  serviceDeployStatements,
  type ServiceTarget,
  type TaskTarget,
} from "./service-deploy-statements";
import { siteDeployStatements, type SiteTarget } from "./site-deploy-statements";

/** What the role that releases an application is given. */
export interface ServiceDeployRoleProps extends GitHubRoleConnections {
  /** What the application is called in the role's name. */
  readonly application: string;

  /** Name of the environment on GitHub that its jobs run in. */
  readonly environmentName: string;

  /** ECS services it releases. */
  readonly services: readonly ServiceTarget[];

  /**
   * Tasks it runs once, such as migrations.
   * @default - none
   */
  readonly tasks?: readonly TaskTarget[];

  /**
   * Services on App Runner it releases.
   * @default - none
   */
  readonly appRunnerServices?: readonly AppRunnerTarget[];

  /**
   * Services on hosts of their own it releases, by their deploy documents.
   * @default - none
   */
  readonly hosts?: readonly CommandTarget[];

  /**
   * Sites on CloudFront it releases.
   * @default - none
   */
  readonly sites?: readonly SiteTarget[];

  /**
   * Branch it releases from; the role takes no other.
   * @default "main"
   */
  readonly deployBranch?: string;
}

/**
 * The role an application's workflow releases with: a new revision of its own task definitions into its own services, a new version by the
 * documents of its own hosts. It hands over exactly the roles of those tasks, opens no shell and gives nothing a public address.
 */
export class ServiceDeployRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: ServiceDeployRoleProps) {
    super(scope, id);
    const { context, repository, boundaryArn, workflow, application, environmentName, services } = props;
    const { tasks = [], appRunnerServices: appRunner = [], hosts = [], sites = [], deployBranch = "main" } = props;
    assertValid(this, [
      services.length + tasks.length + appRunner.length + hosts.length + sites.length === 0
        ? "services must be at least one, got none; or name tasks, appRunnerServices, hosts or sites"
        : undefined,
      branchProblem("deployBranch", deployBranch),
      ...services.flatMap((service, index) => within(`services[${index}]`, targetProblems(service))),
      ...tasks.flatMap((task, index) => within(`tasks[${index}]`, targetProblems(task))),
      ...hosts.flatMap((host, index) => within(`hosts[${index}]`, commandTargetProblems(host))),
      ...sites.flatMap((site, index) => within(`sites[${index}]`, wholeNames({ ...site }))),
      ...appRunner.flatMap((service, index) => within(`appRunnerServices[${index}]`, wholeNames({ ...service }))),
    ]);

    const role = new GitHubRole(this, "role", {
      context,
      repository,
      boundaryArn,
      workflow,
      name: ROLE_NAMES.serviceDeploy(application),
      description: `Releases ${application} to ${context.environment} from GitHub Actions`,
      subject: { kind: "environment", name: environmentName, branch: deployBranch },
      statements: [
        ...commandStatements(context, hosts),
        ...siteDeployStatements(context, sites),
        ...serviceDeployStatements(context, { services, tasks, appRunner }),
      ],
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}

function targetProblems(target: ServiceTarget | TaskTarget): Array<string | undefined> {
  const { clusterName, family, roleNames } = target;
  const codeDeploy = "codeDeploy" in target ? target.codeDeploy : undefined;
  return [
    ...wholeNames({ clusterName, serviceName: "serviceName" in target ? target.serviceName : undefined, family }),
    roleNames.length === 0 ? "roleNames must be at least the execution role, got none" : undefined,
    ...roleNames.flatMap((name) => wholeNames({ roleNames: name })),
    ...within("codeDeploy", wholeNames({ ...codeDeploy })),
  ];
}

/** Names go into ARNs, where a wildcard would mean more than one. */
function wholeNames(names: Readonly<Record<string, string | undefined>>): Array<string | undefined> {
  return Object.entries(names).map(([name, value]) =>
    notMatching(name, value, /^[\w+=,.@-]+$/, "a whole name without wildcards"),
  );
}
