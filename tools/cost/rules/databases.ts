import type { Resource, Synthesized } from "../../plan/synthesized";
import { hourly, masterSecret, usage, type Charge, type Rule } from "../charge";
import { HOURS_PER_MONTH } from "../prices";

const ENGINES: Readonly<Record<string, string>> = {
  postgres: "PostgreSQL",
  mysql: "MySQL",
  "aurora-postgresql": "PostgreSQL",
  "aurora-mysql": "MySQL",
};
const SERVERLESS = "db.serverless";

/** A database instance: its hours, its disk, its master password. Multi-AZ pays for both of its instances. */
export const databaseInstance: Rule = {
  types: ["aws_db_instance"],
  charges: (instance, { system, running }) => {
    const source = system.references(instance, instance.config["replicate_source_db"])[0];
    const value = (name: string) =>
      system.text(instance, name) ?? (source === undefined ? undefined : system.text(source, name));
    const engine = ENGINES[value("engine") ?? ""] ?? value("engine") ?? "of unknown engine";
    const instanceClass = value("instance_class") ?? "of unknown class";
    const copies = system.flag(instance, "multi_az") ? [{ value: 2, unit: "zones" }] : [];
    const storage = value("storage_type") ?? "gp3";
    const { factor, note } = hourly(running(instance));
    return [
      {
        what: `${instanceClass}, ${engine}${copies.length > 0 ? ", Multi-AZ" : ""}`,
        item: `RDS ${engine} ${instanceClass} Single-AZ`,
        unit: "hour",
        factors: [factor, ...copies],
        note,
      },
      {
        what: `${storage} storage`,
        item: `RDS ${storage} storage Single-AZ`,
        unit: "GB-month",
        factors: [{ value: Number(value("allocated_storage") ?? 0), unit: "GB" }, ...copies],
        ...(note === undefined ? {} : { note: "the disk is billed while the instance is stopped too" }),
      },
      ...(system.flag(instance, "manage_master_user_password") ? [masterSecret()] : []),
      ...(system.number(instance, "backup_retention_period") === 0 || source !== undefined
        ? []
        : [usage("backups beyond the size of the disk", "RDS backup storage beyond the free size", "GB-month")]),
    ];
  },
};

/** An Aurora cluster: its storage and requests as used, its master password. */
export const auroraCluster: Rule = {
  types: ["aws_rds_cluster"],
  charges: (cluster, { system }) => [
    usage("cluster storage", "Aurora storage", "GB-month"),
    usage("reads and writes of the storage", "Aurora I/O", "1000000 requests"),
    ...(system.flag(cluster, "manage_master_user_password") ? [masterSecret()] : []),
  ],
};

/** An instance of an Aurora cluster, of a class or serverless. */
export const auroraInstance: Rule = {
  types: ["aws_rds_cluster_instance"],
  charges: (instance, { system, running }) => {
    const cluster = clusterOf(instance, system);
    const own = running(instance);
    const { factor, note } = hourly(own.note === undefined && cluster !== undefined ? running(cluster) : own);
    const instanceClass = system.text(instance, "instance_class") ?? "of unknown class";
    if (instanceClass !== SERVERLESS) return [{ ...auroraHours(instance, system), factors: [factor], note }];
    const capacity = (bound: string) =>
      cluster === undefined
        ? undefined
        : (system.number(cluster, "serverlessv2_scaling_configuration", bound) ??
          system.number(cluster, "serverlessv2_scaling_configuration", 0, bound));
    const least = capacity("min_capacity") ?? 0;
    return [
      {
        what: "Aurora Serverless v2",
        item: "Aurora Serverless v2",
        unit: "ACU-hour",
        factors: [factor, { value: least, unit: "ACU", most: capacity("max_capacity") ?? least }],
        note: note ?? (least === 0 ? "nothing while it is paused" : undefined),
      },
    ];
  },
};

/** Readers that Aurora adds by itself, beyond those that are declared. */
export const auroraReaders: Rule = {
  types: ["aws_appautoscaling_target"],
  charges: (target, { system }): readonly Charge[] => {
    if (system.text(target, "scalable_dimension") !== "rds:cluster:ReadReplicaCount") return [];
    const id = system.text(target, "resource_id");
    const referred = system.references(target, target.config["resource_id"]);
    const cluster = system
      .ofType("aws_rds_cluster")
      .find(
        (candidate) => referred.includes(candidate) || id === `cluster:${system.text(candidate, "cluster_identifier")}`,
      );
    if (cluster === undefined) return [];
    const instances = system.ofType("aws_rds_cluster_instance").filter((one) => clusterOf(one, system) === cluster);
    const [first] = instances;
    const declared = Math.max(instances.length - 1, 0);
    const beyond = (bound: string) => Math.max((system.number(target, bound) ?? declared) - declared, 0);
    if (first === undefined || beyond("max_capacity") === 0) return [];
    return [
      {
        ...auroraHours(first, system),
        what: "readers that scaling adds",
        factors: [
          { value: HOURS_PER_MONTH, unit: "h" },
          { value: beyond("min_capacity"), unit: "readers", most: beyond("max_capacity") },
        ],
      },
    ];
  },
};

/** A proxy in front of a database. */
export const databaseProxy: Rule = {
  types: ["aws_db_proxy"],
  charges: () => [usage("per vCPU of the database behind it", "RDS Proxy", "vCPU-hour")],
};

function auroraHours(instance: Resource, system: Synthesized): Pick<Charge, "what" | "item" | "unit"> {
  const cluster = clusterOf(instance, system);
  const written =
    system.text(instance, "engine") ?? (cluster === undefined ? "" : (system.text(cluster, "engine") ?? ""));
  const engine = ENGINES[written] ?? "of unknown engine";
  const instanceClass = system.text(instance, "instance_class") ?? "of unknown class";
  return {
    what: `${instanceClass}, Aurora ${engine}`,
    item: `Aurora ${engine} ${instanceClass}`,
    unit: "hour",
  };
}

function clusterOf(instance: Resource, system: Synthesized): Resource | undefined {
  const id = system.text(instance, "cluster_identifier");
  const referred = system.references(instance, instance.config["cluster_identifier"]);
  return system
    .ofType("aws_rds_cluster")
    .find(
      (cluster) =>
        referred.includes(cluster) || (id !== undefined && system.text(cluster, "cluster_identifier") === id),
    );
}
