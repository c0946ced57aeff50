import { isUnresolved, notMatching, outOfRange, shown, within } from "../validation";
import type { FargateServiceSettings } from "./fargate-service-settings";
import type { Registry } from "./image-settings";
import { secretSourceProblems } from "./secret-settings";
import { type TaskStatement, taskStatementProblems } from "./task-statements";

/** Something in the VPC a service connects to; both sides are opened, to each other only. */
export interface InsideConnection {
  /** What it is, such as `database`; part of the rules' construct ids. */
  readonly id: string;

  /** Its port. */
  readonly port: number;

  /** Its security group. */
  readonly securityGroupId: string;
}

/** Something on the internet a service connects to by another port than 443, such as a hosted Redis. */
export interface OutsideConnection {
  /** What it is, such as `cache`; part of the rule's construct id. */
  readonly id: string;

  /** Its port, opened outward. */
  readonly port: number;

  /** Says that it has no security group, so that a forgotten one opens nothing. */
  readonly anywhere: true;
}

/** What a service connects to beside HTTPS. */
export type Connection = InsideConnection | OutsideConnection;

/** The load balancer a service answers through. */
export interface ServiceLoadBalancer {
  /** Listener the rule is added to. */
  readonly listenerArn: string;

  /** Security group of the load balancer. */
  readonly securityGroupId: string;

  /** Last part of its ARN, `app/<name>/<id>`, which metrics know it by. */
  readonly arnSuffix: string;

  /**
   * Listener that leads to a release before the visitors see it, needed with a blue-green deployment.
   * @default - none
   */
  readonly testListenerArn?: string;
}

/** What a stack connects a service to. */
export interface ServiceConnections {
  /** ECS cluster by name. */
  readonly clusterName: string;

  /** VPC of the tasks. */
  readonly vpcId: string;

  /** Subnets of the tasks, private unless `assignPublicIp`. */
  readonly subnetIds: readonly string[];

  /**
   * Whether tasks get public addresses, for an environment without NAT. The security group stays as closed as it is.
   * @default false
   */
  readonly assignPublicIp?: boolean;

  /** Where the product's own images are. */
  readonly registry: Registry;

  /**
   * ARNs of the Secrets Manager secrets other stacks own, by the name `secrets` refers to them.
   * @default - none
   */
  readonly secretSources?: Readonly<Record<string, string>>;

  /**
   * What the tasks connect to beside HTTPS: database, cache.
   * @default - nothing
   */
  readonly connections?: readonly Connection[];

  /**
   * The load balancer, needed with `routing`.
   * @default - none
   */
  readonly loadBalancer?: ServiceLoadBalancer;

  /**
   * What the application may do in AWS.
   * @default - nothing
   */
  readonly taskStatements?: readonly TaskStatement[];
}

const RULE_IDS = ["https", "load-balancer"];

/** Every problem of what a service is connected to, given its settings. */
export function serviceConnectionProblems(
  name: string,
  settings: Pick<FargateServiceSettings, "deployment" | "routing" | "secrets" | "sidecars">,
  to: Omit<ServiceConnections, "clusterName">,
): Array<string | undefined> {
  const { secretSources = {}, connections = [], sidecars = {} } = { ...settings, ...to };
  return [
    settings.routing !== undefined && to.loadBalancer === undefined
      ? "loadBalancer must be given with routing, got none"
      : undefined,
    settings.deployment?.kind === "blue-green" && to.loadBalancer && to.loadBalancer.testListenerArn === undefined
      ? "loadBalancer.testListenerArn must be given with a blue-green deployment, got none"
      : undefined,
    to.subnetIds.length === 0 ? "subnetIds must be at least one subnet, got []" : undefined,
    ...within("registry", [notMatching("accountId", to.registry.accountId, /^\d{12}$/, "12 digits")]),
    ...connections.flatMap((connection, index) => connectionProblems(connections, connection, index)),
    ...Object.entries(secretSources).map(([source, arn]) =>
      notMatching(`secretSources.${source}`, arn, /^arn:aws:secretsmanager:/, "the ARN of a Secrets Manager secret"),
    ),
    ...secretSourceProblems(settings.secrets, secretSources),
    ...Object.entries(sidecars).flatMap(([sidecar, { secrets }]) => [
      sidecar === name ? `sidecars must be named unlike the service, got ${shown(sidecar)}` : undefined,
      ...within(`sidecars.${sidecar}`, secretSourceProblems(secrets, secretSources)),
    ]),
    ...taskStatementProblems(to.taskStatements ?? []),
  ];
}

function connectionProblems(all: readonly Connection[], { id, port }: Connection, index: number): string[] {
  const taken = RULE_IDS.includes(id) || all.findIndex((other) => other.id === id) !== index;
  return within(`connections[${index}]`, [
    notMatching("id", id, /^[a-z][a-z0-9-]*$/, "lower-case letters, digits and hyphens"),
    taken && !isUnresolved(id)
      ? `id must be unlike the others and ${RULE_IDS.join(", ")}, got ${shown(id)}`
      : undefined,
    outOfRange("port", port, 1, 65_535),
  ]);
}
