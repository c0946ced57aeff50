import { isUnresolved, outOfRange, shown } from "../validation";
import { cidrProblem, prefixOf } from "./cidr";
import { publicPrefixOf } from "./subnets";

/** What an environment chooses about its load balancer. */
export interface LoadBalancerSettings {
  /**
   * How long a connection may stay silent before it is closed, 1 to 4000; a slow answer or a quiet WebSocket needs more.
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;

  /**
   * Whether every request is recorded in a bucket of its own. Switching it off later deletes that bucket, which in prod AWS refuses
   * until it has been emptied.
   * @default true
   */
  readonly accessLogs?: boolean;

  /**
   * How long access logs are kept, 1 to 3653.
   * @default 365
   */
  readonly accessLogRetentionDays?: number;
}

// Source of both ranges: Application Load Balancer guide (attributes, subnets), read in 2026-11; ten years as in CloudWatch Logs.
const LONGEST_IDLE_SECONDS = 4000;
const LONGEST_RETENTION_DAYS = 3653;
const SMALLEST_SUBNET = 27;

/** Every problem of an environment's load balancer. */
export function loadBalancerProblems(settings: LoadBalancerSettings): Array<string | undefined> {
  return [
    outOfRange("idleTimeoutSeconds", settings.idleTimeoutSeconds, 1, LONGEST_IDLE_SECONDS),
    outOfRange("accessLogRetentionDays", settings.accessLogRetentionDays, 1, LONGEST_RETENTION_DAYS),
  ];
}

/** The problem with a VPC whose public subnets are too small for a load balancer; a range only Terraform knows passes. */
export function loadBalancerVpcProblem(name: string, vpcCidr: string): string | undefined {
  if (isUnresolved(vpcCidr)) return undefined;
  const problem = cidrProblem(name, vpcCidr);
  if (problem !== undefined) return problem;
  const prefix = publicPrefixOf(vpcCidr);
  if (prefix <= SMALLEST_SUBNET) return undefined;
  const smallestVpc = SMALLEST_SUBNET - (prefix - prefixOf(vpcCidr));
  return `${name} must be /${smallestVpc} or larger, got ${shown(vpcCidr)}; a load balancer needs public subnets of /${SMALLEST_SUBNET} and would get /${prefix}`;
}
