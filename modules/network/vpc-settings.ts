import { logRetentionProblem } from "../monitoring/log-retention";
import { isUnresolved, notMatching, notOneOf, shown } from "../validation";
import { cidrOverlaps, isPrivateCidr, PRIVATE_RANGES } from "./cidr";
import { vpcSizeProblem } from "./subnets";

/** How private subnets reach the internet. */
export type NatLayout = "none" | "instance" | "single" | "per-zone";

const DOCKER_RANGE = "172.17.0.0/16";
// A "g" right after the generation marks Graviton: t4g, c7gn, m6gd, im4gn.
const ARM64_TYPE = /^[a-z]+\d+g[a-z]*\.[a-z0-9]+$/;
const NAT_LAYOUTS: readonly NatLayout[] = ["none", "instance", "single", "per-zone"];

/**
 * AWS services an interface endpoint can be made for; S3 and DynamoDB are missing because every VPC has their gateway endpoints.
 * Source: AWS PrivateLink guide, services that integrate, read in 2026-11.
 */
export const INTERFACE_ENDPOINT_SERVICES = [
  "application-autoscaling",
  "autoscaling",
  "codebuild",
  "codedeploy",
  "codepipeline",
  "ec2",
  "ec2messages",
  "ecr.api",
  "ecr.dkr",
  "ecs",
  "ecs-agent",
  "ecs-telemetry",
  "elasticache",
  "elasticloadbalancing",
  "email-smtp",
  "events",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "rds",
  "rds-data",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "ssmmessages",
  "states",
  "sts",
  "xray",
] as const;

/** An AWS service that private subnets can reach without the internet. */
export type InterfaceEndpointService = (typeof INTERFACE_ENDPOINT_SERVICES)[number];

/** What an environment chooses about its network. */
export interface VpcSettings {
  /**
   * The VPC's private IPv4 range, /16 to /24, written out because the subnets are laid out from it. With a load balancer /23 or larger.
   * It must differ from every network this one is ever peered with; a change replaces the whole network.
   */
  readonly cidr: string;

  /**
   * Availability zones in use, 2 or 3. A third adds subnets and moves none, and adds a NAT gateway where there is one per zone.
   * @default 2
   */
  readonly zoneCount?: 2 | 3;

  /**
   * How private subnets reach the internet: `per-zone` survives the loss of a zone and bills a NAT gateway in each, `single` stops with
   * its zone, `instance` is one small host, the cheapest and the least available, and `none` leaves only the VPC endpoints.
   * @default "per-zone"
   */
  readonly nat?: NatLayout;

  /**
   * EC2 type of the NAT instance, of the arm64 (Graviton) families; it sets the bandwidth all private subnets share.
   * Allowed only with `nat: "instance"`, so that nobody pays for gateways while believing to run an instance.
   * @default "t4g.nano"
   */
  readonly natInstanceType?: string;

  /**
   * Whether CloudWatch Logs gets a record of every flow in the VPC, accepted or rejected; billed per GB written.
   * @default true
   */
  readonly flowLogs?: boolean;

  /**
   * How long flow logs are kept, one of the days CloudWatch Logs accepts.
   * @default 365
   */
  readonly flowLogRetentionDays?: number;

  /**
   * AWS services to reach without the internet; each is billed per hour and zone. With `nat: "none"`, containers need
   * ecr.api, ecr.dkr and logs, and whatever else they call.
   * @default - none; S3 and DynamoDB always have their free gateway endpoints
   */
  readonly interfaceEndpoints?: readonly InterfaceEndpointService[];
}

/** Every problem of an environment's network. */
export function vpcProblems(settings: VpcSettings): Array<string | undefined> {
  const { cidr, zoneCount, nat, natInstanceType, flowLogRetentionDays, interfaceEndpoints = [] } = settings;
  return [
    vpcCidrProblem("cidr", cidr),
    notOneOf("zoneCount", zoneCount, [2, 3]),
    notOneOf("nat", nat, NAT_LAYOUTS),
    natInstanceTypeProblem(natInstanceType, nat),
    logRetentionProblem("flowLogRetentionDays", flowLogRetentionDays),
    ...interfaceEndpoints.map((service, index) =>
      interfaceEndpoints.indexOf(service) < index
        ? `interfaceEndpoints must name each service once, got ${shown(service)} twice`
        : notOneOf(`interfaceEndpoints[${index}]`, service, INTERFACE_ENDPOINT_SERVICES),
    ),
  ];
}

/** The problem with the zones handed to a VPC: each once, all of the region, and enough of them. */
export function zoneNamesProblem(zoneNames: readonly string[], zoneCount: number, region: string): string | undefined {
  // Local and wavelength zones are longer (us-west-2-lax-1a): they have neither NAT gateways nor managed databases.
  const usable = zoneNames.every((zone) => zone.slice(0, -1) === region && /^[a-z]$/.test(zone.slice(-1)));
  if (usable && new Set(zoneNames).size === zoneNames.length && zoneNames.length >= zoneCount) return undefined;
  return `zoneNames must be at least ${zoneCount} different zones of ${region}, such as ${region}a, got ${shown(zoneNames)}`;
}

function vpcCidrProblem(name: string, cidr: string): string | undefined {
  if (isUnresolved(cidr))
    return `${name} must be written out, got a value only Terraform knows; subnets are laid out from it`;
  const problem = vpcSizeProblem(name, cidr);
  if (problem !== undefined) return problem;
  if (!isPrivateCidr(cidr)) {
    return `${name} must be in ${PRIVATE_RANGES.join(", ")}, got ${shown(cidr)}; a public range would hide those hosts of the internet`;
  }
  if (cidrOverlaps(cidr, DOCKER_RANGE)) {
    return `${name} must be outside ${DOCKER_RANGE}, got ${shown(cidr)}; Docker uses that range on every host it runs on`;
  }
  return undefined;
}

function natInstanceTypeProblem(type: string | undefined, nat: NatLayout | undefined): string | undefined {
  if (type !== undefined && nat !== "instance") {
    return `natInstanceType must be left out unless nat is "instance", got ${shown(type)}; set nat to "instance" or remove it`;
  }
  return notMatching("natInstanceType", type, ARM64_TYPE, "an arm64 (Graviton) EC2 type such as t4g.nano");
}
