import type { Construct } from "constructs";
import type { ResolvedEnvironment } from "../envs/tiers";
import { appRunnerNames } from "../modules/compute/app-runner-service-settings";
import { blueGreenNames } from "../modules/compute/blue-green-names";
import { dockerHostNames } from "../modules/compute/docker-host-names";
import { migrationsBastionNames } from "../modules/compute/migrations-bastion-names";
import { oneOffTaskNames, serviceNames } from "../modules/compute/service-names";
import type { Context } from "../modules/context";
import { GitHubEnvironment } from "../modules/delivery/github-environment";
import {
  applicationName,
  type GitHubApplication,
  type GitHubSettings,
  planEnvironmentName,
} from "../modules/delivery/github-settings";
import { envFileBucketName } from "../modules/storage/env-file";
import { imageRepositoryUrl } from "../modules/storage/image-repository-settings";
import { BaseStack, type BaseStackProps } from "./base-stack";
import { siteTargets } from "./release-targets";
import type { DeliveryStack } from "./delivery-stack";

/** What the GitHub stack is given. */
export interface GitHubStackProps extends BaseStackProps {
  /** The environment it is part of; it must have a `delivery`. */
  readonly environment: ResolvedEnvironment & { readonly delivery: GitHubSettings };

  /** The roles that the environments' variables name. */
  readonly delivery: DeliveryStack;
}

/**
 * The environment as GitHub knows it, in the repository of this project and in those of the applications: who approves, from which
 * branch, and the variables that a workflow needs to take its role.
 */
export class GitHubStack extends BaseStack {
  override readonly appliedBy = "person";

  constructor(scope: Construct, id: string, props: GitHubStackProps) {
    super(scope, id, props);
    const { context } = this;
    const { environment, delivery: roles } = props;
    const { delivery, shared } = environment;
    const { repository } = shared;
    if (!repository) throw new Error(`${this.node.path}: shared.repository must be set, got none`);
    this.useGitHub(repository.owner);

    const { applications = [], planTrigger, workflow: _workflow, ...settings } = delivery;
    const { environmentName = environment.name } = settings;
    const aws = { AWS_REGION: context.region, AWS_ACCOUNT_ID: context.accountId };
    const { planRoleArn, deployRoleArn } = roles; // none where Terraform Cloud plans and applies
    new GitHubEnvironment(this, "environment", {
      ...settings,
      context,
      repository,
      stackVariables: {
        ...aws,
        ...(planRoleArn !== undefined && { AWS_PLAN_ROLE_ARN: planRoleArn }),
        ...(deployRoleArn !== undefined && { AWS_DEPLOY_ROLE_ARN: deployRoleArn }),
      },
    });
    const trigger = planTrigger ?? (context.destroyable ? "pull-request" : "deploy-branch");
    if (trigger !== "pull-request") {
      new GitHubEnvironment(this, "plan-environment", {
        ...settings,
        context,
        repository,
        environmentName: planEnvironmentName(environmentName),
        waitMinutes: 0,
        // what was merged is planned at once; a pull request waits for a person, from whichever branch it comes
        reviewers: trigger === "reviewed-pull-request" ? settings.reviewers : undefined,
        branchPolicy: trigger === "reviewed-pull-request" ? "any" : settings.branchPolicy,
        requireReview: false,
        stackVariables: { ...aws, ...(planRoleArn !== undefined && { AWS_PLAN_ROLE_ARN: planRoleArn }) },
      });
    }
    for (const application of applications) this.applicationEnvironment(application, props, aws);
  }

  /** An application's repository gets the same environment under the same rules, and the variables of a release. */
  private applicationEnvironment(
    application: GitHubApplication,
    { environment, delivery: roles }: GitHubStackProps,
    aws: Readonly<Record<string, string>>,
  ): void {
    const { context } = this;
    const {
      applications: _all,
      planTrigger: _trigger,
      workflow: _workflow,
      variables: _variables,
      ...settings
    } = environment.delivery;
    const name = applicationName(application);
    const { push, release, migrate, envFiles } = roles.applicationRoleArns[name] ?? {};
    const { deployBranch = settings.deployBranch, images = [], services = [], tasks = [], sites = [] } = application;
    const bastion = migrationsBastionNames(context.project);
    new GitHubEnvironment(this, `environment-${name}`, {
      ...settings,
      context,
      repository: application,
      deployBranch,
      branchPolicy: { branches: [deployBranch ?? "main"] },
      stackVariables: {
        ...aws,
        ...(push !== undefined && { AWS_PUSH_ROLE_ARN: push }),
        ...(release !== undefined && { AWS_RELEASE_ROLE_ARN: release }),
        ...(migrate !== undefined && {
          AWS_MIGRATE_ROLE_ARN: migrate,
          MIGRATE_DOCUMENT: bastion.document(environment.name),
          MIGRATE_HOST: bastion.instance,
        }),
        ...(envFiles !== undefined && {
          AWS_ENV_FILES_ROLE_ARN: envFiles,
          ENV_FILES_BUCKET: envFileBucketName(environment.shared.project, environment.shared.accountId),
        }),
        ...Object.fromEntries(
          images.map((image) => [`IMAGE_${variable(image)}`, imageRepositoryUrl(environment.shared, image)]),
        ),
        ...Object.fromEntries(services.flatMap((service) => serviceVariables(context, service, environment.services))),
        ...Object.fromEntries(
          siteTargets(context, sites).map(({ bucketName }, index) => [
            `SITE_BUCKET_${variable(sites[index] ?? "")}`,
            bucketName,
          ]),
        ),
        ...Object.fromEntries(
          tasks.flatMap((task) => {
            const { cluster, family, networkParameter } = oneOffTaskNames(context, task);
            return [
              ["ECS_CLUSTER", cluster],
              [`ECS_TASK_${variable(task)}`, family],
              [`ECS_TASK_NETWORK_${variable(task)}`, networkParameter],
            ];
          }),
        ),
      },
    });
  }
}

/** What a workflow has to know to release a service, by where that runs. */
function serviceVariables(
  context: Pick<Context, "names">,
  name: string,
  services: ResolvedEnvironment["services"],
): Array<readonly [string, string]> {
  const suffix = variable(name);
  const service = services[name];
  switch (service?.kind) {
    case "docker-host": {
      const { deployDocument, instance } = dockerHostNames(context, name);
      return [
        [`DEPLOY_DOCUMENT_${suffix}`, deployDocument],
        [`DEPLOY_HOST_${suffix}`, instance],
      ];
    }
    case "app-runner":
      return [[`APP_RUNNER_SERVICE_${suffix}`, appRunnerNames(context, name).service]];
    case "fargate": {
      const { cluster, service: serviceName } = serviceNames(context, name);
      const { codeDeployApplication, deploymentGroup } = blueGreenNames(context, name);
      return [
        ["ECS_CLUSTER", cluster],
        [`ECS_SERVICE_${suffix}`, serviceName],
        ...(service.deployment?.kind === "blue-green"
          ? ([
              [`CODEDEPLOY_APPLICATION_${suffix}`, codeDeployApplication],
              [`CODEDEPLOY_GROUP_${suffix}`, deploymentGroup],
            ] as const)
          : []),
      ];
    }
    default:
      return [];
  }
}

function variable(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
}
