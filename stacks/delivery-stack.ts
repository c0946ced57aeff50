import type { Construct } from "constructs";
import type { ChosenEnvironment } from "../envs/chosen-system";
import type { ServiceSettings } from "../envs/environment";
import { isBlueGreen } from "../modules/compute/service-kinds";
import { anyOfKind, ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment, ResolvedState } from "../envs/tiers";
import { repositoryArn } from "../modules/compute/image-settings";
import { migrationsBastionNames } from "../modules/compute/migrations-bastion-names";
import { DeliveryBoundary } from "../modules/delivery/delivery-boundary";
import { DeployRole } from "../modules/delivery/deploy-role";
import { GitHubOidcProvider } from "../modules/delivery/github-oidc-provider";
import { applicationName, type GitHubApplication, type GitHubSettings } from "../modules/delivery/github-settings";
import { ImagePushRole } from "../modules/delivery/image-push-role";
import { PermissionsBoundary } from "../modules/delivery/permissions-boundary";
import { PlanRole } from "../modules/delivery/plan-role";
import type { ReachSettings } from "../modules/delivery/reach-settings";
import { DEFAULT_AREAS, type ServiceArea } from "../modules/delivery/service-areas";
import { placeOf } from "../modules/delivery/terraform-cloud-names";
import { TerraformCloudApplyRole } from "../modules/delivery/terraform-cloud-apply-role";
import { TerraformCloudOidcProvider } from "../modules/delivery/terraform-cloud-oidc-provider";
import { TerraformCloudPlanRole } from "../modules/delivery/terraform-cloud-plan-role";
import { hostOf } from "../modules/delivery/terraform-cloud-settings";
import { EnvFileRole } from "../modules/delivery/env-file-role";
import { MigrationsRole } from "../modules/delivery/migrations-role";
import { ServiceDeployRole } from "../modules/delivery/service-deploy-role";
import { envFileBucketName } from "../modules/storage/env-file";
import { BaseStack, cloudState, type BaseStackProps } from "./base-stack";
import { releaseTargets, siteTargets, taskTarget } from "./release-targets";

/** What the delivery stack is given. */
export interface DeliveryStackProps extends BaseStackProps {
  /** The environment it is part of; it must have a `delivery`, or be run by Terraform Cloud. */
  readonly environment: ChosenEnvironment;
}

/** ARNs of what an application's workflows act as; what it does not do, it has no role for. */
export interface ApplicationRoles {
  /**
   * Pushes images.
   * @default - it pushes none
   */
  readonly push?: string;

  /**
   * Releases services and sites, and runs tasks.
   * @default - it does neither
   */
  readonly release?: string;

  /**
   * Migrates the database through the shared bastion.
   * @default - it does not
   */
  readonly migrate?: string;

  /**
   * Uploads env files.
   * @default - it uploads none
   */
  readonly envFiles?: string;
}

/**
 * Who may change the environment from GitHub Actions and from Terraform Cloud, and the boundary that every role of the environment carries. A person
 * applies it, before all the others: none of its roles may change itself.
 */
export class DeliveryStack extends BaseStack {
  override readonly appliedBy = "person";

  /** ARN of the role that plans from GitHub; none where Terraform Cloud plans. */
  readonly planRoleArn: string | undefined;

  /** ARN of the role that deploys from GitHub; none where Terraform Cloud applies. */
  readonly deployRoleArn: string | undefined;

  /** ARNs of the roles of each application, by its name; what it does not do, it has no role for. */
  readonly applicationRoleArns: Readonly<Record<string, ApplicationRoles>>;

  private readonly environment: ChosenEnvironment;
  private readonly boundaryArn: string;

  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { environment, state } = props;
    const { delivery, cloudRuns } = environment;

    const { areas, otherRegions, state: stateAccess } = reachOf(environment, state);
    new PermissionsBoundary(this, "boundary", { context, areas, otherRegions, stateBucket: stateAccess?.bucket });
    const { arn: boundaryArn } = new DeliveryBoundary(this, "delivery-boundary", { context, otherRegions });
    this.environment = environment;
    this.boundaryArn = boundaryArn;
    if (environment.makesIdentityProvider) new GitHubOidcProvider(this, "github", { context });
    if (cloudRuns && environment.makesCloudIdentityProvider) {
      new TerraformCloudOidcProvider(this, "terraform-cloud", { context, host: hostOf(cloudRuns) });
    }

    const gitHub = delivery && !cloudRuns ? this.gitHubRoles(delivery) : undefined;
    this.planRoleArn = gitHub?.planRoleArn;
    this.deployRoleArn = gitHub?.deployRoleArn;
    this.applicationRoleArns = Object.fromEntries(
      (delivery?.applications ?? []).map((application) => [
        applicationName(application),
        this.applicationRoles(application, delivery ?? {}),
      ]),
    );
  }

  /** Lets Terraform Cloud run those stacks of the environment: a role for the phase `plan`, and one for `apply`. */
  trustRuns(stackNames: readonly string[]): void {
    const { context, boundaryArn, environment, state } = this;
    const { cloudRuns } = environment;
    if (!cloudRuns) throw new Error(`${this.node.path}: state.executionMode must be "remote", got none`);
    const runs = {
      ...placeOf(context, cloudRuns),
      host: hostOf(cloudRuns),
      workspaces: stackNames.map((name) => cloudState(name, context, cloudRuns).workspace),
    };
    const common = { context, boundaryArn, runs, ...reachOf(environment, state) };
    new TerraformCloudPlanRole(this, "plan", common);
    new TerraformCloudApplyRole(this, "deploy", { ...common, writtenSecrets: this.writtenSecretNames() });
  }

  private gitHubRoles(delivery: GitHubSettings): { planRoleArn: string; deployRoleArn: string } {
    const { context, boundaryArn, environment, state } = this;
    const { repository } = environment.shared;
    if (!repository) throw new Error(`${this.node.path}: shared.repository must be set, got none`);
    const { environmentName = environment.name, deployBranch, workflow } = delivery;
    const reach = reachOf(environment, state);
    const common = { context, repository, boundaryArn, environmentName, deployBranch, workflow, ...reach };
    return {
      planRoleArn: new PlanRole(this, "plan", { ...common, trigger: delivery.planTrigger }).arn,
      deployRoleArn: new DeployRole(this, "deploy", { ...common, writtenSecrets: this.writtenSecretNames() }).arn,
    };
  }

  private writtenSecretNames(): string[] {
    return writtenSecrets(this.environment).map((thing) => this.context.names("secret", thing));
  }

  private applicationRoles(gitHub: GitHubApplication, delivery: GitHubSettings): ApplicationRoles {
    const { context, environment, boundaryArn } = this;
    const { environmentName = environment.name } = delivery;
    const { images = [], services = [], tasks = [], sites = [], envFiles = [], migrations = false, workflow } = gitHub;
    const { deployBranch = delivery.deployBranch } = gitHub;
    const { shared } = environment;
    const application = applicationName(gitHub);
    const common = { context, repository: gitHub, boundaryArn, workflow, application };
    const inEnvironment = { ...common, environmentName, deployBranch };
    const repositoryArns = images.map((image) => repositoryArn(context, shared, image));
    return {
      ...(images.length > 0 && {
        // In the GitHub environment, because its variables name the role and the repositories; its rules say which branches may.
        push: new ImagePushRole(this, `push-${application}`, {
          ...common,
          repositoryArns,
          branch: deployBranch ?? "main",
          environmentName,
        }).arn,
      }),
      ...(services.length + tasks.length + sites.length > 0 && {
        release: new ServiceDeployRole(this, `release-${application}`, {
          ...inEnvironment,
          ...releaseTargets(context, environment.services, services),
          tasks: tasks.map((task) => taskTarget(context, task)),
          sites: siteTargets(context, sites),
        }).arn,
      }),
      ...(migrations && {
        migrate: new MigrationsRole(this, `migrate-${application}`, {
          ...inEnvironment,
          bastion: {
            documentName: migrationsBastionNames(context.project).document(environment.name),
            instanceName: migrationsBastionNames(context.project).instance,
          },
        }).arn,
      }),
      ...(envFiles.length > 0 && {
        envFiles: new EnvFileRole(this, `env-files-${application}`, {
          ...inEnvironment,
          bucketName: envFileBucketName(shared.project, shared.accountId),
          files: envFiles,
        }).arn,
      }),
    };
  }
}

/** How far the roles that plan and deploy reach. */
function reachOf(environment: ResolvedEnvironment, state: ResolvedState): ReachSettings {
  const { domain, shared, region, name, recovery, sites } = environment;
  const stateRegion = state.kind === "s3" ? state.region : region;
  const cdn = anyOfKind(sites, "cloudfront");
  const regions = [shared.region, stateRegion, ...(recovery ? [recovery.region] : []), ...(cdn ? ["us-east-1"] : [])];
  return {
    areas: areasOf(environment),
    otherRegions: [...new Set(regions)].filter((other) => other !== region),
    hostedZoneIds: domain?.dns.kind === "route53" ? [domain.dns.zoneId] : [],
    state:
      state.kind === "s3"
        ? {
            bucket: state.bucket,
            prefix: `${name}/`,
            alsoReads: shared.migrations ? ["shared/"] : undefined, // the stack of migrations reads where the bastion is
            region: stateRegion,
            writtenByPerson: [`${name}/${name}-delivery.tfstate`, `${name}/${name}-github.tfstate`],
          }
        : undefined,
  };
}

/** Secrets whose values Terraform hands on without keeping them. */
function writtenSecrets({ cache, secrets, database, recovery }: ResolvedEnvironment): string[] {
  const generated = Object.entries(secrets).flatMap(([name, { kind }]) => (kind === "manual" ? [] : [name]));
  const replicas = database && "readReplicas" in database && (database.readReplicas ?? 0) > 0;
  const global = database && "globalDatabase" in database && database.globalDatabase;
  return [
    ...(cache.kind === "upstash" || cache.kind === "host" ? ["cache"] : []),
    ...generated,
    ...(replicas || global || recovery?.databaseReplica ? ["db-master"] : []), // RDS manages no password of these
  ];
}

/** Parts of AWS that an environment uses beside those that every one is given. */
function areasOf(environment: ResolvedEnvironment): readonly ServiceArea[] {
  const { network, cache, services, sites, pipeline, shared, database } = environment;
  const uses = (kind: ServiceSettings["kind"]) => Object.values(services).some((service) => service.kind === kind);
  const stopped =
    Object.values(ofKind(services, "docker-host")).some(({ offHours }) => offHours !== undefined) ||
    (database !== undefined && "offHours" in database && database.offHours !== undefined);
  const more: ReadonlyArray<readonly [ServiceArea, boolean]> = [
    ["hosts", network?.nat === "instance" || uses("docker-host") || cache.kind === "host"],
    ["schedules", stopped],
    ["migrations", shared.migrations !== undefined && database !== undefined && database.engine !== "neon"],
    ["app-runner", uses("app-runner")],
    ["pipelines", pipeline !== undefined || isBlueGreen(environment.services)],
    ["cdn", anyOfKind(sites, "cloudfront")],
  ];
  const added = more.flatMap(([area, used]) => (used ? [area] : []));
  return added.length > 0 ? [...DEFAULT_AREAS, ...added] : DEFAULT_AREAS;
}
