import type { RedisHostSettings } from "../modules/cache/redis-host-settings";
import type { RedisSidecarSettings } from "../modules/cache/redis-sidecar-settings";
import type { ReplicationGroupSettings } from "../modules/cache/replication-group-settings";
import type { ServerlessCacheSettings } from "../modules/cache/serverless-cache-settings";
import type { UpstashRedisSettings } from "../modules/cache/upstash-redis-settings";
import type { AppRunnerServiceSettings } from "../modules/compute/app-runner-service-settings";
import type { ClusterSettings } from "../modules/compute/cluster-settings";
import type { DockerHostSettings } from "../modules/compute/docker-host-settings";
import type { FargateServiceSettings } from "../modules/compute/fargate-service-settings";
import type { HttpsListenerSettings } from "../modules/compute/https-listener-settings";
import type { MigrationsBastionSettings } from "../modules/compute/migrations-bastion-settings";
import type { OneOffTaskSettings } from "../modules/compute/one-off-task-settings";
import type { RenderServiceSettings } from "../modules/compute/render-service-settings";
import type { OffHoursSettings } from "../modules/compute/scaling-settings";
import type { TestListenerSettings } from "../modules/compute/test-listener-settings";
import type { AuroraSettings } from "../modules/database/aurora-settings";
import type { MysqlSettings } from "../modules/database/mysql-settings";
import type { NeonDatabaseSettings } from "../modules/database/neon-database-settings";
import type { PostgresSettings } from "../modules/database/postgres-settings";
import type { GitHubRepository, GitHubSettings } from "../modules/delivery/github-settings";
import type { PipelineSettings } from "../modules/delivery/pipeline-settings";
import type { TerraformCloudSettings } from "../modules/delivery/terraform-cloud-settings";
import type { CloudFrontSiteSettings } from "../modules/edge/cloudfront-site-settings";
import type { DnsSettings } from "../modules/edge/dns-settings";
import type { PagesSiteSettings } from "../modules/edge/pages-site-settings";
import type { VercelSiteSettings } from "../modules/edge/vercel-site-settings";
import type { LocalSettings } from "../modules/local/compose-settings";
import type { MonitoringSettings } from "../modules/monitoring/monitoring-settings";
import type { LoadBalancerSettings } from "../modules/network/load-balancer-settings";
import type { VpcSettings } from "../modules/network/vpc-settings";
import type { RecoverySettings } from "../modules/recovery/recovery-settings";
import type { GeneratedSecretSettings } from "../modules/secrets/generated-secret-settings";
import type { BucketSettings } from "../modules/storage/bucket-settings";
import type { EnvFileBucketSettings } from "../modules/storage/env-file-bucket-settings";
import type { ImageRepositorySettings } from "../modules/storage/image-repository-settings";

/** What an environment is for. It sets the defaults (`tiers.ts`), and what validation demands. */
export type Tier = "staging" | "prod";

/** State in files beside the project: for one person and the sandbox, never for prod. */
export interface LocalState {
  readonly kind: "local";
}

/** State in S3, locked by Terraform's own lock file. The bucket comes from the `bootstrap` stack. */
export interface S3State {
  readonly kind: "s3";

  /**
   * Bucket that holds the state; has to be named for an environment in another account than the shared one.
   * @default - the bucket that the `bootstrap` stack makes in the shared account: `<project>-<account id>-terraform-state`
   */
  readonly bucket?: string;

  /**
   * Region of the bucket.
   * @default - the shared region
   */
  readonly region?: string;
}

/** State and runs in Terraform Cloud, in one workspace per stack named `<project>-<stack>`; the `platform` stack makes them. */
export interface CloudState extends TerraformCloudSettings {
  readonly kind: "cloud";
}

/** Where Terraform keeps an environment's state. */
export type StateSettings = LocalState | S3State | CloudState;

/** What all environments of a system have in common: the product, its account, its repositories. */
export interface Shared {
  /** The product's short name: first part of every cloud name, 2 to 16 lower-case letters, digits and hyphens. */
  readonly project: string;

  /** The 12 digits of the AWS account. Configuration, never looked up, so that a plan needs no credential. */
  readonly accountId: string;

  /** AWS region. */
  readonly region: string;

  /**
   * Where the shared stack keeps its state; environments start from it too.
   * @default { kind: "local" }
   */
  readonly state?: StateSettings;

  /**
   * Where the `platform` stack keeps its own state, which makes the workspaces of Terraform Cloud and so can be in none of them.
   * @default - where the shared stack keeps its own, or in a file when that is Terraform Cloud
   */
  readonly platformState?: LocalState | S3State;

  /**
   * ECR repositories by name; the full name is `<project>/<name>`.
   * @default - none
   */
  readonly images?: Readonly<Record<string, ImageRepositorySettings>>;

  /**
   * The GitHub repository that holds this project, whose workflows plan and deploy it.
   * @default - no OIDC provider and no roles for GitHub Actions
   */
  readonly repository?: GitHubRepository;

  /**
   * The 32 hex digits of the Cloudflare account.
   * @default - none; needed as soon as a site is on Cloudflare Pages
   */
  readonly cloudflareAccountId?: string;

  /**
   * Vercel's id of the team, `team_…`.
   * @default - the default team of the token
   */
  readonly vercelTeamId?: string;

  /**
   * A private bucket for the versioned env files of all environments.
   * @default - none
   */
  readonly envFiles?: EnvFileBucketSettings;

  /**
   * One host for the migrations of every environment, in a network of its own that is peered with theirs: beside the services the only
   * one their databases admit.
   * @default - none
   */
  readonly migrations?: MigrationsBastionSettings;
}

/** The public name of an environment. */
export interface DomainSettings {
  /** The name that the certificate covers, with everything one label below it. */
  readonly name: string;

  /** Who answers for its DNS zone. */
  readonly dns: DnsSettings;
}

/** What a database of one instance can do beside its own settings. */
export interface Stoppable {
  /**
   * Hours in which it is stopped: only its disk is billed then.
   * @default - it always runs
   */
  readonly offHours?: OffHoursSettings;
}

/** A relational database: an instance of RDS, an Aurora cluster, or PostgreSQL at Neon. */
export type DatabaseSettings =
  | ({ readonly engine: "postgres" } & PostgresSettings & Stoppable)
  | ({ readonly engine: "mysql" } & MysqlSettings & Stoppable)
  | AuroraSettings
  | ({ readonly engine: "neon" } & NeonDatabaseSettings);

/** A cache, or none. */
export type CacheSettings =
  | ({ readonly kind: "replication-group" } & ReplicationGroupSettings)
  | ({ readonly kind: "serverless" } & ServerlessCacheSettings)
  | ({ readonly kind: "upstash" } & UpstashRedisSettings)
  | ({ readonly kind: "sidecar" } & RedisSidecarSettings)
  | ({ readonly kind: "host" } & RedisHostSettings)
  | { readonly kind: "none" };

/** What a service is connected to. */
export interface Connections {
  /**
   * What it reaches, by name: `database`, `cache`, or a bucket. For each it gets the way through the network, the permissions and the
   * variables listed in `docs/guides/what-a-service-receives.md`.
   * @default - everything the environment has
   */
  readonly connects?: readonly string[];

  /**
   * How its secrets come to it: `values`, as variables that ECS or the host fills in at the start; or `arns`, so that no secret is in its environment:
   * `DATABASE_SECRET_ARN` in place of user and password, `<VARIABLE>_SECRET_ARN` in place of every other, which it reads itself, also after a rotation.
   * @default "values"
   */
  readonly secretsAs?: "values" | "arns";

  /**
   * CloudWatch namespaces that it publishes metrics of its own in, such as `acme/staging`. Each metric is billed by the month.
   * @default - none, and it may publish no metric
   */
  readonly metricNamespaces?: readonly string[];
}

/** A container that runs all the time: on Fargate, on an EC2 host of its own, at App Runner, or at Render. */
export type ServiceSettings =
  | ({ readonly kind: "fargate" } & Connections & FargateServiceSettings)
  | ({ readonly kind: "docker-host" } & Connections & DockerHostSettings)
  | ({ readonly kind: "app-runner" } & Connections & AppRunnerServiceSettings)
  | ({ readonly kind: "render" } & Connections & RenderServiceSettings);

/** The settings of a service of one kind. */
export type ServiceOfKind<Kind extends ServiceSettings["kind"]> = Extract<ServiceSettings, { readonly kind: Kind }>;

/** The network of what runs in the second region. */
export interface RecoveryNetwork {
  /**
   * Its range, from /16 to /24, which must overlap none of the environments' networks.
   * @default - none; needed with `databaseReplica`
   */
  readonly cidr?: string;
}

/** A container that runs once and ends, such as a migration of the database. */
export type TaskSettings = Connections & OneOffTaskSettings;

/** Who answers the paths of a site that lead to an API. */
export interface ApiOrigin {
  /**
   * Service that answers the paths of `api`, at the first of its hosts.
   * @default - the first service that is routed by host
   */
  readonly service?: string;
}

/** A web front end: on Cloudflare Pages, at Vercel, or on CloudFront. */
export type SiteSettings =
  | ({ readonly kind: "cloudflare-pages" } & PagesSiteSettings)
  | ({ readonly kind: "vercel" } & VercelSiteSettings)
  | ({ readonly kind: "cloudfront" } & ApiOrigin & CloudFrontSiteSettings);

/** The settings of a site of one kind. */
export type SiteOfKind<Kind extends SiteSettings["kind"]> = Extract<SiteSettings, { readonly kind: Kind }>;

/**
 * One environment: everything that is chosen about it, as one typed value.
 * What is left out takes the default of its tier (`tiers.ts`) and then that of its module.
 */
export interface Environment {
  /** `staging`, `prod`, …: second part of every cloud name and first part of every stack name, 2 to 12 characters. */
  readonly name: string;

  /** What it is for; sets the defaults and what validation demands. */
  readonly tier: Tier;

  /** What it has in common with the other environments. */
  readonly shared: Shared;

  /**
   * AWS account, when it is not the shared one.
   * @default - the shared account
   */
  readonly accountId?: string;

  /**
   * AWS region, when it is not the shared one.
   * @default - the shared region
   */
  readonly region?: string;

  /**
   * Letters of the Availability Zones that may be used, in order.
   * @default ["a", "b", "c"]
   */
  readonly zones?: readonly string[];

  /**
   * Where Terraform keeps the state.
   * @default - as the shared stack does
   */
  readonly state?: StateSettings;

  /**
   * Address range, zones, NAT, endpoints.
   * @default - none; needed as soon as something of it runs in AWS
   */
  readonly network?: VpcSettings;

  /**
   * Public name and its DNS zone. Without one the load balancer answers plain HTTP under AWS's own name, in staging only.
   * @default - none
   */
  readonly domain?: DomainSettings;

  /**
   * The load balancer, made when a service is routed.
   * @default - the defaults of the module
   */
  readonly loadBalancer?: LoadBalancerSettings;

  /**
   * The load balancer's HTTPS listener.
   * @default - the defaults of the module
   */
  readonly listener?: HttpsListenerSettings;

  /**
   * The listener that leads to a release before the visitors see it, made when a service is deployed blue/green.
   * @default - the defaults of the module
   */
  readonly testListener?: TestListenerSettings;

  /**
   * The relational database.
   * @default - none
   */
  readonly database?: DatabaseSettings;

  /**
   * The cache.
   * @default { kind: "none" }
   */
  readonly cache?: CacheSettings;

  /**
   * The ECS cluster that runs the services.
   * @default - the defaults of the module
   */
  readonly cluster?: ClusterSettings;

  /**
   * Services by name.
   * @default - none
   */
  readonly services?: Readonly<Record<string, ServiceSettings>>;

  /**
   * Containers that run once, by name, such as the migrations of the database: `aws ecs run-task` starts them, by hand or from a workflow.
   * @default - none
   */
  readonly tasks?: Readonly<Record<string, TaskSettings>>;

  /**
   * Secrets of the application by name, which services take with `{ from: "<name>" }`.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, GeneratedSecretSettings>>;

  /**
   * Sites by name.
   * @default - none
   */
  readonly sites?: Readonly<Record<string, SiteSettings>>;

  /**
   * Buckets by name; the services may read and write all of them.
   * @default - none
   */
  readonly buckets?: Readonly<Record<string, BucketSettings>>;

  /**
   * Who deploys it from GitHub Actions. Needs `shared.repository`.
   * @default - nobody: no roles, no GitHub environment
   */
  readonly delivery?: GitHubSettings;

  /**
   * The pipeline of CodePipeline that builds the services' images and releases them.
   * @default - none; the applications release from GitHub Actions
   */
  readonly pipeline?: PipelineSettings;

  /**
   * Alarms, the dashboard and the budget.
   * @default - none
   */
  readonly monitoring?: MonitoringSettings;

  /**
   * What outlives the loss of a region.
   * @default - none; backups stay in the region
   */
  readonly recovery?: RecoverySettings & RecoveryNetwork;

  /**
   * How services run on a developer's machine from their source code, by name: `npm run compose` makes a Compose file of the environment.
   * @default - from the images of the registry
   */
  readonly local?: Readonly<Record<string, LocalSettings>>;

  /**
   * How long every log of the environment is kept, in days; a value that CloudWatch Logs knows. A module's own setting wins.
   * @default - 365 in prod, 14 in staging
   */
  readonly logRetentionDays?: number;
}

/** A system: environments that belong together. */
export interface System {
  /** What `GROUNDPLAN_SYSTEM` calls it. */
  readonly name: string;

  /** Its environments, in the order a change travels. */
  readonly environments: readonly Environment[];
}
