import type { Construct } from "constructs";
import type { ChosenEnvironment } from "../envs/chosen-system";
import type { ResolvedEnvironment, ResolvedState } from "../envs/tiers";
import { repositoryArn } from "../modules/compute/image-settings";
import { serviceNames } from "../modules/compute/service-names";
import { DeliveryBoundary } from "../modules/delivery/delivery-boundary";
import { DeployRole } from "../modules/delivery/deploy-role";
import { GitHubOidcProvider } from "../modules/delivery/github-oidc-provider";
import { applicationName, type GitHubApplication, type GitHubSettings } from "../modules/delivery/github-settings";
import { ImagePushRole } from "../modules/delivery/image-push-role";
import { PermissionsBoundary } from "../modules/delivery/permissions-boundary";
import { PlanRole } from "../modules/delivery/plan-role";
import type { ReachSettings } from "../modules/delivery/reach-settings";
import { DEFAULT_AREAS } from "../modules/delivery/service-areas";
import type { ServiceTarget } from "../modules/delivery/service-deploy-statements";
import { ServiceDeployRole } from "../modules/delivery/service-deploy-role";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the delivery stack is given. */
export interface DeliveryStackProps extends BaseStackProps {
  /** The environment it is part of; it must have a `delivery`. */
  readonly environment: ChosenEnvironment & { readonly delivery: GitHubSettings };
}

/**
 * Who may change the environment from GitHub Actions, and the boundary that every role of the environment carries. A person applies it,
 * before all the others: none of its roles may change itself.
 */
export class DeliveryStack extends BaseStack {
  /** ARN of the role that plans. */
  readonly planRoleArn: string;

  /** ARN of the role that deploys. */
  readonly deployRoleArn: string;

  /** ARNs of the roles of each application, by its name; what it does not do, it has no role for. */
  readonly applicationRoleArns: Readonly<Record<string, { readonly push?: string; readonly release?: string }>>;

  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { environment, state } = props;
    const { delivery, shared } = environment;
    const { repository } = shared;
    if (!repository) throw new Error(`${this.node.path}: shared.repository must be set, got none`);

    const reach = reachOf(environment, state);
    const { areas, otherRegions, state: stateAccess } = reach;
    new PermissionsBoundary(this, "boundary", { context, areas, otherRegions, stateBucket: stateAccess?.bucket });
    const { arn: boundaryArn } = new DeliveryBoundary(this, "delivery-boundary", { context, otherRegions });
    if (environment.makesIdentityProvider) new GitHubOidcProvider(this, "github", { context });

    const { environmentName = environment.name, deployBranch, workflow } = delivery;
    const common = { context, repository, boundaryArn, environmentName, deployBranch, workflow, ...reach };
    this.planRoleArn = new PlanRole(this, "plan", { ...common, trigger: delivery.planTrigger }).arn;
    this.deployRoleArn = new DeployRole(this, "deploy", {
      ...common,
      writtenSecrets: environment.cache.kind === "upstash" ? [context.names("secret", "cache")] : [],
    }).arn;
    this.applicationRoleArns = Object.fromEntries(
      (delivery.applications ?? []).map((application) => [
        applicationName(application),
        this.applicationRoles(application, { ...props, boundaryArn, environmentName }),
      ]),
    );
  }

  private applicationRoles(
    gitHub: GitHubApplication,
    props: DeliveryStackProps & { readonly boundaryArn: string; readonly environmentName: string },
  ): { push?: string; release?: string } {
    const { context } = this;
    const { environment, boundaryArn, environmentName } = props;
    const { images = [], services = [], tasks = [], workflow } = gitHub;
    const { deployBranch = environment.delivery.deployBranch } = gitHub;
    const application = applicationName(gitHub);
    const common = { context, repository: gitHub, boundaryArn, workflow, application };
    const repositoryArns = images.map((image) => repositoryArn(context, environment.shared, image));
    return {
      ...(images.length > 0 && {
        push: new ImagePushRole(this, `push-${application}`, { ...common, repositoryArns, branch: deployBranch }).arn,
      }),
      ...(services.length + tasks.length > 0 && {
        release: new ServiceDeployRole(this, `release-${application}`, {
          ...common,
          environmentName,
          deployBranch,
          services: services.map((service) => this.target(service)),
          tasks: tasks.map((task) => this.target(task)),
        }).arn,
      }),
    };
  }

  private target(name: string): ServiceTarget {
    const { cluster, service, family, executionRole, taskRole } = serviceNames(this.context, name);
    return { clusterName: cluster, serviceName: service, family, roleNames: [executionRole, taskRole] };
  }
}

/** How far the roles that plan and deploy reach. */
function reachOf({ domain, network, shared, region, name }: ResolvedEnvironment, state: ResolvedState): ReachSettings {
  const stateRegion = state.kind === "s3" ? state.region : region;
  return {
    areas: network.nat === "instance" ? [...DEFAULT_AREAS, "hosts"] : DEFAULT_AREAS,
    otherRegions: [...new Set([shared.region, stateRegion])].filter((other) => other !== region),
    hostedZoneIds: domain?.dns.kind === "route53" ? [domain.dns.zoneId] : [],
    state:
      state.kind === "s3"
        ? {
            bucket: state.bucket,
            prefix: `${name}/`,
            region: stateRegion,
            writtenByPerson: [`${name}/${name}-delivery.tfstate`, `${name}/${name}-github.tfstate`],
          }
        : undefined,
  };
}
