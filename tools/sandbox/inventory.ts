import { statSync } from "node:fs";
import { readState, type StateInstance } from "../plan/state-file";
import { stateFile, statesIn, type DeploymentPaths } from "./paths";

/** What one deployed stack consists of. */
export interface StackInventory {
  readonly stack: string;
  readonly resources: number;
  /** Number of resources by Terraform type, the most frequent first. */
  readonly byType: ReadonlyArray<readonly [string, number]>;
  /** Outputs that are not sensitive, without those that only other stacks read. */
  readonly outputs: ReadonlyArray<readonly [string, unknown]>;
  /** What a person wants to know of it, such as endpoints: a label and its value. */
  readonly facts: ReadonlyArray<readonly [string, string]>;
  /** When its state was last written, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** The attribute by which a person knows a resource, and what to call it. */
const FACTS: ReadonlyArray<readonly [type: string, attribute: string, label: string]> = [
  ["aws_vpc", "cidr_block", "network"],
  ["aws_lb", "dns_name", "load balancer"],
  ["aws_cloudfront_distribution", "domain_name", "CDN"],
  ["aws_apprunner_service", "service_url", "service"],
  ["aws_ecs_cluster", "name", "cluster"],
  ["aws_ecs_service", "name", "service"],
  ["aws_eip", "public_ip", "address"],
  ["aws_instance", "id", "host"], // sessions and commands go by it
  ["aws_ssm_document", "name", "command document"],
  ["aws_db_instance", "endpoint", "database"],
  ["aws_rds_cluster", "endpoint", "database cluster"],
  ["aws_elasticache_replication_group", "primary_endpoint_address", "cache"],
  ["aws_ecr_repository", "repository_url", "images"],
  ["aws_s3_bucket", "bucket", "bucket"],
  ["aws_codepipeline", "name", "pipeline"],
];

/**
 * What the states of a deployment hold, by stack, in the given order; stacks not named there come last. Stacks without resources
 * are left out.
 */
export function inventory(paths: Pick<DeploymentPaths, "states">, order: readonly string[]): StackInventory[] {
  const states = new Set(statesIn(paths));
  return [...new Set([...order, ...states])].flatMap((stack) => {
    if (!states.has(stack)) return [];
    const file = stateFile(paths, stack);
    const state = readState(file);
    if (state === undefined || state.instances.length === 0) return [];
    const counts = new Map<string, number>();
    for (const { type } of state.instances) counts.set(type, (counts.get(type) ?? 0) + 1);
    return {
      stack,
      resources: state.instances.length,
      byType: [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)),
      outputs: [...state.outputs]
        .filter(([name, output]) => !output.sensitive && !name.startsWith("cross-stack-output-"))
        .map(([name, output]) => [name, output.value] as const),
      facts: FACTS.flatMap(([type, attribute, label]) =>
        state.instances
          .filter((instance) => instance.type === type)
          .flatMap((instance) => fact(instance, attribute, label)),
      ),
      changedAt: statSync(file).mtimeMs,
    };
  });
}

function fact(
  { attributes, sensitive }: StateInstance,
  attribute: string,
  label: string,
): Array<readonly [string, string]> {
  const value = attributes[attribute];
  if (sensitive.has(attribute) || typeof value !== "string" || value === "") return [];
  return [[label, value]];
}

/** An output's value on one line. */
export function outputText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
