import type { Construct } from "constructs";
import type { ServiceSettings } from "../envs/environment";
import type { ResolvedEnvironment } from "../envs/tiers";
import { Cluster } from "../modules/compute/cluster";
import { FargateService } from "../modules/compute/fargate-service";
import type { ServiceLoadBalancer } from "../modules/compute/service-connections";
import { HttpListener } from "../modules/compute/http-listener";
import { HttpsListener } from "../modules/compute/https-listener";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { DataStack } from "./data-stack";
import type { NetworkStack } from "./network-stack";
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

/** The cluster, the listener and the services: what changes most often, and can be rebuilt from the image and the data. */
export class AppStack extends BaseStack {
  /** Services by name. */
  readonly services: Readonly<Record<string, FargateService>>;

  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    this.useAws();
    const { environment } = props;
    const cluster = new Cluster(this, "cluster", { context: this.context, ...environment.cluster });
    const loadBalancer = this.loadBalancer(props);
    this.services = Object.fromEntries(
      Object.entries(environment.services).map(([name, settings]) => [
        name,
        this.service(name, settings, { ...props, loadBalancer, clusterName: cluster.clusterName }),
      ]),
    );
  }

  private service(name: string, settings: ServiceSettings, props: AppStackProps & Hosting): FargateService {
    const { environment, network, data, loadBalancer, clusterName } = props;
    const { kind: _kind, connects, environment: variables, secrets, ...chosen } = settings;
    const wiring = wiringOf(data, environment, connects);
    const inPublic = !network.vpc.hasInternetFromPrivate && !environment.network.interfaceEndpoints?.length;
    return new FargateService(this, `service-${name}`, {
      ...chosen,
      context: this.context,
      name,
      clusterName,
      loadBalancer,
      vpcId: network.vpc.vpcId,
      subnetIds: inPublic ? network.vpc.publicSubnetIds : network.vpc.privateSubnetIds,
      assignPublicIp: inPublic, // without NAT and endpoints, only a public address reaches the registry
      registry: { accountId: environment.shared.accountId, region: environment.shared.region },
      // what the service sets itself wins, also over a wired value of the other kind
      environment: { ...without(wiring.environment, secrets), ...variables },
      secrets: { ...without(wiring.secrets, variables), ...secrets },
      secretSources: wiring.secretSources,
      connections: wiring.connections,
      taskStatements: wiring.statements,
    });
  }

  private loadBalancer({ network }: AppStackProps): ServiceLoadBalancer | undefined {
    const { context } = this;
    const { loadBalancer, certificate } = network;
    if (!loadBalancer) return undefined;
    const { loadBalancerArn, securityGroupId, arnSuffix } = loadBalancer;
    const { listenerArn } = certificate
      ? new HttpsListener(this, "listener", { context, loadBalancerArn, certificateArn: certificate.certificateArn })
      : new HttpListener(this, "listener", { context, loadBalancerArn });
    return { listenerArn, securityGroupId, arnSuffix };
  }
}

interface Hosting {
  readonly clusterName: string;
  readonly loadBalancer: ServiceLoadBalancer | undefined;
}

function without<T>(record: Readonly<Record<string, T>>, names: object = {}): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !Object.hasOwn(names, name)));
}
