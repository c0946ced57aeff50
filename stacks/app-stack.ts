import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { ServiceOfKind, ServiceSettings, TaskSettings } from "../envs/environment";
import { isBlueGreen } from "../modules/compute/service-kinds";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "../envs/tiers";
import { AppRunnerService } from "../modules/compute/app-runner-service";
import { Cluster } from "../modules/compute/cluster";
import { DockerHost } from "../modules/compute/docker-host";
import { FargateService } from "../modules/compute/fargate-service";
import type { ServiceLoadBalancer } from "../modules/compute/service-connections";
import { HttpListener } from "../modules/compute/http-listener";
import { HttpsListener } from "../modules/compute/https-listener";
import { OneOffTask } from "../modules/compute/one-off-task";
import type { TaskStatement } from "../modules/compute/task-statements";
import { TestListener } from "../modules/compute/test-listener";
import { CLOUDFLARE_IPV4_RANGES } from "../modules/edge/cloudflare-ranges";
import { isProxied } from "../modules/edge/dns-settings";
import { envFileBucketName } from "../modules/storage/env-file";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { DataStack } from "./data-stack";
import type { NetworkStack } from "./network-stack";
import { secretReferences } from "./secret-references";
import { wiringOf } from "./wiring";

/** What the app stack is given. */
export interface AppStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;

  /** The network the services run in. */
  readonly network: NetworkStack;

  /** The data they reach. */
  readonly data: DataStack;
}

/** The services with what they stand on: what changes most often, and can be rebuilt from the image and the data. */
export class AppStack extends BaseStack {
  /** Services on Fargate by name. */
  readonly services: Readonly<Record<string, FargateService>>;

  /** Services on hosts of their own by name. */
  readonly hosts: Readonly<Record<string, DockerHost>>;

  /** Services on App Runner by name. */
  readonly appRunnerServices: Readonly<Record<string, AppRunnerService>>;

  /** Containers that run once, by name. */
  readonly tasks: Readonly<Record<string, OneOffTask>>;

  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    this.useAws();
    const { environment } = props;
    const { services, tasks } = environment;
    const clusterName = needsCluster(environment)
      ? new Cluster(this, "cluster", { context: this.context, ...environment.cluster }).clusterName
      : "";
    const loadBalancer = this.loadBalancer(props);
    this.services = each(ofKind(services, "fargate"), (name, settings) =>
      this.service(name, settings, { ...props, loadBalancer, clusterName }),
    );
    this.hosts = each(ofKind(services, "docker-host"), (name, settings) => this.host(name, settings, props));
    this.appRunnerServices = each(ofKind(services, "app-runner"), (name, settings) =>
      this.appRunner(name, settings, props),
    );
    for (const [name, { serviceUrl }] of Object.entries(this.appRunnerServices)) {
      new TerraformOutput(this, `${name}_url`, { value: serviceUrl, description: `Where ${name} answers` });
    }
    this.tasks = each(tasks, (name, settings) => this.task(name, settings, { ...props, clusterName }));
  }

  private service(
    name: string,
    settings: ServiceOfKind<"fargate">,
    props: AppStackProps & Hosting & { readonly loadBalancer: ServiceLoadBalancer | undefined },
  ): FargateService {
    const {
      kind: _kind,
      connects: _connects,
      metricNamespaces: _metrics,
      secretsAs: _secretsAs,
      environment: _variables,
      secrets: _secrets,
      ...chosen
    } = settings;
    return new FargateService(this, `service-${name}`, {
      ...chosen,
      ...this.wired(settings, settings.kind, props),
      ...placement(props),
      context: this.context,
      name,
      clusterName: props.clusterName,
      loadBalancer: props.loadBalancer,
    });
  }

  private task(name: string, settings: TaskSettings, props: AppStackProps & Hosting): OneOffTask {
    const {
      connects: _connects,
      metricNamespaces: _metrics,
      secretsAs: _secretsAs,
      environment: _variables,
      secrets: _secrets,
      ...chosen
    } = settings;
    return new OneOffTask(this, `task-${name}`, {
      ...chosen,
      ...this.wired(settings, "task", props),
      ...placement(props),
      context: this.context,
      name,
      clusterName: props.clusterName,
    });
  }

  private appRunner(name: string, settings: ServiceOfKind<"app-runner">, props: AppStackProps): AppRunnerService {
    const {
      kind: _kind,
      connects: _connects,
      metricNamespaces: _metrics,
      secretsAs: _secretsAs,
      environment: _variables,
      secrets: _secrets,
      ...chosen
    } = settings;
    const { vpc } = props.network;
    return new AppRunnerService(this, `service-${name}`, {
      ...chosen,
      ...this.wired(settings, settings.kind, props),
      context: this.context,
      name,
      vpcId: vpc.vpcId,
      subnetIds: vpc.privateSubnetIds,
    });
  }

  private host(name: string, settings: ServiceOfKind<"docker-host">, props: AppStackProps): DockerHost {
    const {
      kind: _kind,
      connects: _connects,
      metricNamespaces: _metrics,
      secretsAs: _secretsAs,
      environment: _variables,
      secrets: _secrets,
      ...chosen
    } = settings;
    const { environment, network } = props;
    const { vpc } = network;
    const address = network.addresses[name];
    const inPublic = address !== undefined || !vpc.hasInternetFromPrivate;
    const [subnetId = ""] = inPublic ? vpc.publicSubnetIds : vpc.privateSubnetIds;
    const { shared } = environment;
    return new DockerHost(this, `service-${name}`, {
      ...chosen,
      ...this.wired(settings, settings.kind, props),
      context: this.context,
      name,
      vpcId: vpc.vpcId,
      subnetId,
      addressAllocationId: address?.allocationId,
      assignPublicIp: inPublic && address === undefined,
      ingressCidrs: ingressCidrs(environment, settings.hosts),
      envFileBucketName: settings.envFile && envFileBucketName(shared.project, shared.accountId),
    });
  }

  /** What the environment gives a service or a task; what that sets itself wins, also over a wired value of the other kind. */
  private wired(settings: Wired, kind: ServiceSettings["kind"] | "task", { data, environment }: AppStackProps) {
    const wiring = wiringOf(data, environment, settings.connects, kind);
    const { accountId, region } = environment.shared;
    const secrets = { ...without(wiring.secrets, settings.environment), ...settings.secrets };
    const references =
      settings.secretsAs === "arns" ? secretReferences(this.context, wiring.secretSources, secrets) : undefined;
    return {
      registry: { accountId, region },
      environment: {
        ...without(wiring.environment, settings.secrets),
        ...references?.environment,
        ...settings.environment,
      },
      secrets: references ? {} : secrets,
      secretSources: wiring.secretSources,
      connections: wiring.connections,
      taskStatements: [
        ...wiring.statements,
        ...(references?.statements ?? []),
        ...metricStatements(settings.metricNamespaces),
      ],
    };
  }

  private loadBalancer({ network, environment }: AppStackProps): ServiceLoadBalancer | undefined {
    const { context } = this;
    const { loadBalancer, certificate } = network;
    if (!loadBalancer) return undefined;
    const { loadBalancerArn, securityGroupId, arnSuffix } = loadBalancer;
    const listener = certificate
      ? new HttpsListener(this, "listener", {
          ...environment.listener,
          context,
          loadBalancerArn,
          certificateArn: certificate.certificateArn,
        })
      : new HttpListener(this, "listener", { context, loadBalancerArn });
    const testListener = isBlueGreen(environment.services)
      ? new TestListener(this, "test-listener", {
          ...environment.listener,
          ...environment.testListener,
          context,
          loadBalancerArn,
          securityGroupId,
          vpcCidr: network.vpc.cidr,
          certificateArn: "certificateArn" in listener ? listener.certificateArn : undefined,
        })
      : undefined;
    return {
      listenerArn: listener.listenerArn,
      securityGroupId,
      arnSuffix,
      testListenerArn: testListener?.listenerArn,
    };
  }
}

interface Hosting {
  readonly clusterName: string;
}

type Wired = Pick<TaskSettings, "connects" | "metricNamespaces" | "secretsAs" | "environment" | "secrets">;

function metricStatements(namespaces: readonly string[] = []): TaskStatement[] {
  if (namespaces.length === 0) return [];
  const conditions = { StringEquals: { "cloudwatch:namespace": namespaces } };
  return [{ actions: ["cloudwatch:PutMetricData"], resources: ["*"], conditions }]; // knows no resource, only the namespace
}

/** Tasks stand in private subnets; without NAT and endpoints, only a public address reaches the registry. */
function placement({ network, environment }: AppStackProps) {
  const inPublic = !network.vpc.hasInternetFromPrivate && !environment.network?.interfaceEndpoints?.length;
  return {
    vpcId: network.vpc.vpcId,
    subnetIds: inPublic ? network.vpc.publicSubnetIds : network.vpc.privateSubnetIds,
    assignPublicIp: inPublic,
  };
}

/** A host behind Cloudflare lets in Cloudflare alone; names that lead straight to it let in everybody. */
function ingressCidrs({ domain }: ResolvedEnvironment, hosts: readonly string[] = []): readonly string[] {
  const dns = domain?.dns;
  const behind = dns?.kind === "cloudflare" && hosts.length > 0 && hosts.every((host) => isProxied(dns, host));
  return behind ? CLOUDFLARE_IPV4_RANGES : ["0.0.0.0/0"];
}

/** Without services of another kind, or without any, an environment is prepared for Fargate. */
function needsCluster({ services, tasks }: ResolvedEnvironment): boolean {
  const kinds = Object.values(services).map(({ kind }) => kind);
  return kinds.length === 0 || kinds.includes("fargate") || Object.keys(tasks).length > 0;
}

function each<T, Made>(
  record: Readonly<Record<string, T>>,
  make: (name: string, value: T) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(name, value)]));
}

function without<T>(record: Readonly<Record<string, T>>, names: object = {}): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !Object.hasOwn(names, name)));
}
