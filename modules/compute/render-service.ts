import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { renderSecretProblems, renderServiceProblems, type RenderServiceSettings } from "./render-service-settings";
import { WebService, type WebServiceAutoscaling, type WebServiceRuntimeSource } from "./render/web-service";

export interface RenderServiceProps extends RenderServiceSettings {
  /** For whom and where. */
  readonly context: Context;

  /** What the service is, as part of its name: `api`. */
  readonly name: string;

  /**
   * Variables that are secret, by reference to what another provider made, such as a connection string.
   * @default - none
   */
  readonly secretVariables?: Readonly<Record<string, string>>;
}

/**
 * A web service at Render: an image or a Dockerfile behind Render's own load balancer and certificate, replaced without a gap when the health
 * check of the new release answers. Nobody gets a preview of it from a pull request, which would share its database.
 *
 * What is secret and where: the provider keeps every variable of the service in Terraform's state in clear, and has no write-only one. So
 * `secretVariables` takes references only, to values that a provider of this system computed and that are in its state anyhow; they are
 * sensitive in plans and absent from the synthesized JSON. Keep the state encrypted, and its readers few. Every other secret belongs into an
 * environment group of Render's dashboard.
 */
export class RenderService extends Construct {
  /** Render's id of the service, which its API and deploy hooks want. */
  readonly serviceId: string;

  /** Its own host below `onrender.com`. */
  readonly host: string;

  /** Its own address below `onrender.com`. */
  readonly url: string;

  /** The records its hosts need, by host: what each is another name for. */
  readonly cnames: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: RenderServiceProps) {
    super(scope, id);
    const { context, name, source, region = "frankfurt", plan = "starter", instances = 1 } = props;
    const {
      healthCheckPath = "/health",
      shutdownSeconds = 30,
      variables = {},
      hosts = [],
      secretVariables = {},
    } = props;
    assertValid(this, [...renderServiceProblems(props), ...renderSecretProblems(secretVariables, props)]);

    const envVars = { ...variables, ...secretVariables };
    const service = new WebService(this, "service", {
      name: context.names("renderService", name),
      region,
      plan,
      runtimeSource: runtimeSourceOf(source),
      healthCheckPath,
      startCommand: props.startCommand,
      preDeployCommand: props.preDeployCommand,
      numInstances: typeof instances === "number" ? instances : undefined,
      autoscaling: typeof instances === "number" ? undefined : autoscalingOf(instances),
      maxShutdownDelaySeconds: shutdownSeconds,
      envVars: Object.keys(envVars).length > 0 ? envVars : undefined,
      customDomains: hosts.length > 0 ? [...hosts] : undefined,
      previews: "off",
      // a release sets the tag, and must not be undone by the next apply
      lifecycle: source.kind === "image" ? { ignoreChanges: ["runtime_source.image.tag"] } : undefined,
    });

    this.serviceId = service.serviceId;
    this.host = `${service.slug}.onrender.com`;
    this.url = service.url;
    this.cnames = Object.fromEntries(hosts.map((host) => [host, this.host]));
  }
}

function runtimeSourceOf(source: RenderServiceSettings["source"]): WebServiceRuntimeSource {
  if (source.kind === "image") {
    const { url, tag, registryCredentialId } = source;
    return { image: { imageUrl: url, tag, registryCredentialId } };
  }
  const { url, branch = "main", dockerfile = "./Dockerfile", context = ".", watchPaths } = source;
  return {
    docker: {
      repoUrl: url,
      branch,
      dockerfilePath: dockerfile,
      context,
      autoDeployTrigger: "checksPass",
      buildPaths: watchPaths && [...watchPaths],
    },
  };
}

function autoscalingOf({
  min,
  max,
  cpuPercentage = 70,
  memoryPercentage = 80,
}: Exclude<RenderServiceSettings["instances"], number | undefined>): WebServiceAutoscaling {
  return { min, max, cpuPercentage, memoryPercentage };
}
