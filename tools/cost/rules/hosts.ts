import { listOf, objectOf } from "../../json";
import type { Resource, Synthesized } from "../../plan/synthesized";
import { hourly, usage, type Charge, type Factor, type Rule } from "../charge";
import { HOURS_PER_MONTH } from "../prices";

/** An EC2 instance: its hours, its root disk, its public address. */
export const instance: Rule = {
  types: ["aws_instance"],
  charges: (host, { system, running }) => {
    const { factor, note } = hourly(running(host));
    const template = templateOf(host, system);
    const address = addressed(host, system)
      ? []
      : system.flag(host, "associate_public_ip_address") || (template !== undefined && opensAddress(template, system))
        ? [publicAddress([factor], note)]
        : [];
    return [hours(host, template, system, [factor], note), ...disks(host, template, system, [], note), ...address];
  },
};

/** An Auto Scaling group: as many instances as it keeps, each with its disk. */
export const autoScalingGroup: Rule = {
  types: ["aws_autoscaling_group"],
  charges: (group, { system, running }) => {
    const { factor, note } = hourly(running(group));
    const template = templateOf(group, system);
    const least = system.number(group, "min_size") ?? 0;
    const count: Factor = { value: least, unit: "instances", most: system.number(group, "max_size") ?? least };
    return [
      hours(group, template, system, [factor, count], note),
      ...disks(group, template, system, [count], note),
      ...(template !== undefined && opensAddress(template, system) ? [publicAddress([factor, count], note)] : []),
    ];
  },
};

/** A disk of its own. */
export const volume: Rule = {
  types: ["aws_ebs_volume"],
  charges: (disk, { system }) => [
    diskOf(system.text(disk, "type") ?? "gp2", system.number(disk, "size") ?? 0, [], undefined),
  ],
};

/** An Elastic IP: a public IPv4 address is billed whether in use or not. */
export const elasticIp: Rule = {
  types: ["aws_eip"],
  charges: () => [publicAddress([{ value: HOURS_PER_MONTH, unit: "h" }], undefined)],
};

function hours(
  host: Resource,
  template: Resource | undefined,
  system: Synthesized,
  factors: readonly Factor[],
  note: string | undefined,
): Charge {
  const type =
    system.text(host, "instance_type") ??
    (template === undefined ? undefined : system.text(template, "instance_type")) ??
    "of unknown type";
  return { what: type, item: `EC2 ${type} Linux`, unit: "hour", factors, note };
}

function disks(
  host: Resource,
  template: Resource | undefined,
  system: Synthesized,
  count: readonly Factor[],
  note: string | undefined,
): Charge[] {
  const own = system.read(host, "root_block_device");
  const root = objectOf(Array.isArray(own) ? listOf(own)[0] : own);
  const mapped =
    template === undefined
      ? []
      : listOf(system.read(template, "block_device_mappings")).map((mapping) => {
          const ebs = objectOf(mapping)["ebs"];
          return objectOf(Array.isArray(ebs) ? listOf(ebs)[0] : ebs);
        });
  const found = [root, ...mapped].filter(({ volume_size }) => Number(volume_size) > 0);
  if (found.length === 0) return [usage("root disk, as large as the image asks for", "EBS gp3", "GB-month")];
  return found.map(({ volume_size, volume_type }) =>
    diskOf(typeof volume_type === "string" ? volume_type : "gp3", Number(volume_size), count, note),
  );
}

function diskOf(type: string, size: number, count: readonly Factor[], note: string | undefined): Charge {
  return {
    what: `${type} disk`,
    item: `EBS ${type}`,
    unit: "GB-month",
    factors: [{ value: size, unit: "GB" }, ...count],
    ...(note === undefined ? {} : { note: "the disk is billed while the instance is stopped too" }),
  };
}

function publicAddress(factors: readonly Factor[], note: string | undefined): Charge {
  return { what: "public IPv4 address", item: "Public IPv4 address", unit: "hour", factors, note };
}

function templateOf(host: Resource, system: Synthesized): Resource | undefined {
  return system
    .references(host, [host.config["launch_template"], host.config["mixed_instances_policy"]])
    .find(({ type }) => type === "aws_launch_template");
}

function opensAddress(template: Resource, system: Synthesized): boolean {
  return listOf(system.read(template, "network_interfaces")).some((one) =>
    /^true$/.test(String(objectOf(one)["associate_public_ip_address"])),
  );
}

/** Whether an Elastic IP stands for the instance: it is billed by itself, and no other address is. */
function addressed(host: Resource, system: Synthesized): boolean {
  const interfaces = system.references(host).filter(({ type }) => type === "aws_network_interface");
  return [...system.ofType("aws_eip_association"), ...system.ofType("aws_eip")].some((address) =>
    system.references(address).some((target) => target === host || interfaces.includes(target)),
  );
}
