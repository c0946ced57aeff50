import type { RedisSidecarSettings } from "../modules/cache/redis-sidecar-settings";
import type { ReplicationGroupSettings } from "../modules/cache/replication-group-settings";
import type { ServerlessCacheSettings } from "../modules/cache/serverless-cache-settings";
import type { UpstashRedisSettings } from "../modules/cache/upstash-redis-settings";
import type { ClusterSettings } from "../modules/compute/cluster-settings";
import type { FargateServiceSettings } from "../modules/compute/fargate-service-settings";
import type { PostgresSettings } from "../modules/database/postgres-settings";
import type { GitHubRepository, GitHubSettings } from "../modules/delivery/github-settings";
import type { DnsSettings } from "../modules/edge/dns-settings";
import type { PagesSiteSettings } from "../modules/edge/pages-site-settings";
import type { LoadBalancerSettings } from "../modules/network/load-balancer-settings";
import type { VpcSettings } from "../modules/network/vpc-settings";
import type { BucketSettings } from "../modules/storage/bucket-settings";
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

/** State and runs in Terraform Cloud, in one workspace per stack named `<project>-<stack>`. */
export interface CloudState {
  readonly kind: "cloud";

  /** Organization in Terraform Cloud. */
  readonly organization: string;

  /**
   * Terraform Cloud project that holds the workspaces. No spaces: it becomes part of the trust subject.
   * @default - `<project>-<environment>`
   */
  readonly projectName?: string;

  /**
   * Host name of a Terraform Enterprise installation.
   * @default "app.terraform.io"
   */
  readonly hostname?: string;
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
}

/** The public name of an environment. */
export interface DomainSettings {
  /** The name that the certificate covers, with everything one label below it. */
  readonly name: string;

  /** Who answers for its DNS zone. */
  readonly dns: DnsSettings;
}

/** A relational database. */
export type DatabaseSettings = { readonly engine: "postgres" } & PostgresSettings;

/** A cache, or none. */
export type CacheSettings =
  | ({ readonly kind: "replication-group" } & ReplicationGroupSettings)
  | ({ readonly kind: "serverless" } & ServerlessCacheSettings)
  | ({ readonly kind: "upstash" } & UpstashRedisSettings)
  | ({ readonly kind: "sidecar" } & RedisSidecarSettings)
  | { readonly kind: "none" };

/** What a service is connected to. */
export interface Connections {
  /**
   * What the service reaches, by name: `database`, `cache`, or a bucket. For each it gets the way through the network, the permissions and the
   * variables listed in `docs/guides/what-a-service-receives.md`.
   * @default - everything the environment has
   */
  readonly connects?: readonly string[];
}

/** A container that runs all the time. */
export type ServiceSettings = { readonly kind: "fargate" } & Connections & FargateServiceSettings;

/** A web front end. */
export type SiteSettings = { readonly kind: "cloudflare-pages" } & PagesSiteSettings;

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

  /** Address range, zones, NAT, endpoints. */
  readonly network: VpcSettings;

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
