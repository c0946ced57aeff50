import { isRecord } from "../../value";
import type { ResourceChange } from "../../plan-document";
import { forcing, turn } from "../evidence";
import { attribute, replaces, type Finding, type RiskRule } from "../risk-rule";
import { same } from "../same";
import { statefulType } from "../stateful-types";
import { numberOf } from "../turns";

/** What requests pass through: while it is replaced, they fail. */
const SERVING: Readonly<Record<string, string>> = {
  aws_instance: "The host",
  aws_ecs_service: "The service",
  aws_ecs_cluster: "The cluster",
  aws_lb: "The load balancer",
  aws_lb_listener: "The listener",
  aws_lb_target_group: "The target group",
  aws_cloudfront_distribution: "The distribution",
  aws_apprunner_service: "The service",
  aws_nat_gateway: "The way out to the internet",
  aws_vpc: "The network",
  aws_subnet: "The subnet",
  aws_internet_gateway: "The way to the internet",
  aws_eip: "The public address",
  aws_autoscaling_group: "The hosts",
  aws_db_proxy: "The proxy of the database",
  render_web_service: "The service",
};

/** Attributes of which a change in place restarts the object, or stops it for a while. Source: the "outage" columns of the AWS documentation, 2026-11. */
const RESTARTING: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ["instance_type", "user_data", "user_data_base64", "ebs_optimized"],
  aws_db_instance: [
    "instance_class",
    "engine_version",
    "parameter_group_name",
    "port",
    "storage_type",
    "ca_cert_identifier",
  ],
  aws_rds_cluster_instance: ["instance_class", "engine_version"],
  aws_rds_cluster: ["engine_version", "port", "db_cluster_parameter_group_name"],
  aws_elasticache_replication_group: ["node_type", "engine_version", "parameter_group_name"],
};

export const downtime: RiskRule = {
  id: "downtime",
  title: "Something that serves stops for a while",
  why: "Requests fail until it is there again.",
  fix: "Make the new one before the old one goes (create_before_destroy), or apply it in a quiet hour and say so to those who use it.",
  check: ({ plan, lifecycleOf, kind }) =>
    kind === "destroy"
      ? []
      : plan.changes.flatMap((change) => findings(change, lifecycleOf(change.address).createBeforeDestroy === true)),
};

function findings(change: ResourceChange, createsFirst: boolean): Finding[] {
  const { type, mode, action } = change;
  if (mode !== "managed") return [];
  const serving = Object.hasOwn(SERVING, type) ? SERVING[type] : undefined;
  if (serving !== undefined && replaces(change)) {
    if (action === "replace-create-first" || createsFirst) {
      return [
        { change, severity: "low", title: `${serving} is replaced, the new one first`, evidence: forcing(change) },
      ];
    }
    return [
      { change, severity: "high", title: `${serving} is gone until the new one stands`, evidence: forcing(change) },
    ];
  }
  if (action !== "update" || !isRecord(change.before) || !isRecord(change.after)) return [];
  return [...restarts(change), ...stopped(change)];
}

function restarts(change: ResourceChange): Finding[] {
  const { type, before, after } = change;
  const changed = (RESTARTING[type] ?? []).filter((name) => !same(attribute(before, name), attribute(after, name)));
  if (changed.length === 0) return [];
  const evidence = changed
    .map((name) => turn(name, attribute(before, name) ?? null, attribute(after, name) ?? null))
    .join("; ");
  const stateful = statefulType(type) !== undefined;
  if (!stateful) return [{ change, severity: "medium", title: "A host restarts", evidence }];
  const immediate = attribute(after, "apply_immediately") === true;
  const redundant = attribute(after, "multi_az") === true || attribute(after, "automatic_failover_enabled") === true;
  if (!immediate)
    return [{ change, severity: "low", title: "A database restarts in its next maintenance window", evidence }];
  return [
    {
      change,
      severity: redundant ? "medium" : "high",
      title: "A database restarts at once",
      evidence: `${evidence}; apply_immediately: true`,
    },
  ];
}

function stopped(change: ResourceChange): Finding[] {
  const paths =
    change.type === "aws_ecs_service"
      ? ["desired_count"]
      : change.type === "aws_autoscaling_group"
        ? ["desired_capacity", "max_size"]
        : [];
  const stopping = paths.flatMap((path): string[] => {
    const [old, now] = [numberOf(attribute(change.before, path)), numberOf(attribute(change.after, path))];
    return now !== 0 || old === undefined || old === 0 ? [] : [turn(path, old, now)];
  });
  if (stopping.length === 0) return [];
  return [{ change, severity: "high", title: "A service is stopped", evidence: stopping.join("; ") }];
}
