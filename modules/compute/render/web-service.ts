import { numberToTerraform, stringToTerraform, type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `render_web_service` in provider 1.9.1 that a service uses. */
export interface WebServiceConfig extends TerraformMetaArguments {
  /** Name at Render. */
  readonly name: string;

  /** Size of an instance: `starter`, `standard`, `pro`, …. */
  readonly plan: string;

  /** `frankfurt`, `ohio`, `oregon`, `singapore` or `virginia`. Changing it replaces the service. */
  readonly region: string;

  /** What it runs. */
  readonly runtimeSource: WebServiceRuntimeSource;

  /**
   * Environment of one of Render's projects that it belongs to.
   * @default - none
   */
  readonly environmentId?: string;

  /**
   * Path that answers 200 when the service is well; a deploy waits for it.
   * @default - a connection is enough
   */
  readonly healthCheckPath?: string;

  /**
   * Command that replaces the image's own.
   * @default - the image's own
   */
  readonly startCommand?: string;

  /**
   * Command that runs before each release, such as migrations.
   * @default - none
   */
  readonly preDeployCommand?: string;

  /**
   * How many instances run.
   * @default 1
   */
  readonly numInstances?: number;

  /**
   * How instances are added and removed.
   * @default - not at all
   */
  readonly autoscaling?: WebServiceAutoscaling;

  /**
   * How long a stopping instance has to finish, 1 to 300.
   * @default 30
   */
  readonly maxShutdownDelaySeconds?: number;

  /**
   * Variables, which Terraform's state holds; others set by hand are removed.
   * @default - none
   */
  readonly envVars?: Readonly<Record<string, string>>;

  /**
   * Domains it is served under.
   * @default - none
   */
  readonly customDomains?: string[];

  /**
   * Pull request previews: `off`, `manual` or `automatic`.
   * @default "off"
   */
  readonly previews?: string;
}

/** What a service runs: exactly one of the two. */
export interface WebServiceRuntimeSource {
  /**
   * An image of a registry.
   * @default - none
   */
  readonly image?: WebServiceImage;

  /**
   * A Dockerfile of a repository, which Render builds.
   * @default - none
   */
  readonly docker?: WebServiceDocker;
}

/** An image of a registry. */
export interface WebServiceImage {
  /** Registry and repository, without a tag. */
  readonly imageUrl: string;

  /**
   * Its tag.
   * @default - `latest`
   */
  readonly tag?: string;

  /**
   * Render's id of the credential for a private registry.
   * @default - none, for a public image
   */
  readonly registryCredentialId?: string;
}

/** A Dockerfile of a repository. */
export interface WebServiceDocker {
  /** Address of the repository. */
  readonly repoUrl: string;

  /** Branch whose commits are built. */
  readonly branch: string;

  /**
   * Folder that the build sees.
   * @default - the root
   */
  readonly context?: string;

  /**
   * Path of the Dockerfile, from the root of the repository.
   * @default - `./Dockerfile`
   */
  readonly dockerfilePath?: string;

  /**
   * When a commit is released: `commit`, `checksPass` or `off`.
   * @default - `commit`
   */
  readonly autoDeployTrigger?: string;

  /**
   * Paths of the repository that a commit has to touch to start a build.
   * @default - any
   */
  readonly buildPaths?: string[];
}

/** How instances are added and removed. */
export interface WebServiceAutoscaling {
  /** Fewest instances. */
  readonly min: number;

  /** Most instances. */
  readonly max: number;

  /**
   * Percentage of CPU to keep to.
   * @default - CPU is no reason
   */
  readonly cpuPercentage?: number;

  /**
   * Percentage of memory to keep to.
   * @default - memory is no reason
   */
  readonly memoryPercentage?: number;
}

/** `render_web_service`. */
export class WebService extends TerraformResource {
  private readonly config: WebServiceConfig;

  constructor(scope: Construct, id: string, config: WebServiceConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "render_web_service",
      terraformGeneratorMetadata: {
        providerName: "render",
        providerVersion: "1.9.1",
        providerVersionConstraint: "1.9.1",
      },
      dependsOn,
      count,
      provider,
      lifecycle,
      forEach,
      provisioners,
      connection,
    });
    this.config = config;
  }

  /** Render's id of the service. */
  get serviceId(): string {
    return this.getStringAttribute("id");
  }

  /** First part of its host below `onrender.com`. */
  get slug(): string {
    return this.getStringAttribute("slug");
  }

  /** Address below `onrender.com`. */
  get url(): string {
    return this.getStringAttribute("url");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      name: stringToTerraform(config.name),
      plan: stringToTerraform(config.plan),
      region: stringToTerraform(config.region),
      runtime_source: runtimeSourceToTerraform(config.runtimeSource),
      environment_id: stringToTerraform(config.environmentId),
      health_check_path: stringToTerraform(config.healthCheckPath),
      start_command: stringToTerraform(config.startCommand),
      pre_deploy_command: stringToTerraform(config.preDeployCommand),
      num_instances: numberToTerraform(config.numInstances),
      autoscaling: autoscalingToTerraform(config.autoscaling),
      max_shutdown_delay_seconds: numberToTerraform(config.maxShutdownDelaySeconds),
      env_vars: variablesToTerraform(config.envVars),
      custom_domains: domainsToTerraform(config.customDomains),
      previews: config.previews && { generation: config.previews },
    };
  }
}

function runtimeSourceToTerraform({ image, docker }: WebServiceRuntimeSource) {
  return {
    image: image && {
      image_url: image.imageUrl,
      tag: image.tag,
      registry_credential_id: image.registryCredentialId,
    },
    docker: docker && {
      repo_url: docker.repoUrl,
      branch: docker.branch,
      context: docker.context,
      dockerfile_path: docker.dockerfilePath,
      auto_deploy_trigger: docker.autoDeployTrigger,
      build_filter: docker.buildPaths && { paths: docker.buildPaths },
    },
  };
}

function autoscalingToTerraform(scaling: WebServiceAutoscaling | undefined) {
  const criterion = (percentage: number | undefined) =>
    percentage === undefined ? undefined : { enabled: true, percentage };
  return (
    scaling && {
      enabled: true,
      min: scaling.min,
      max: scaling.max,
      criteria: { cpu: criterion(scaling.cpuPercentage), memory: criterion(scaling.memoryPercentage) },
    }
  );
}

function variablesToTerraform(variables: Readonly<Record<string, string>> | undefined) {
  if (variables === undefined) return undefined;
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }]));
}

function domainsToTerraform(domains: readonly string[] | undefined) {
  return domains?.map((name) => ({ name }));
}
