import { listOf, objectOf } from "../../json";
import type { Resource, Synthesized } from "../../plan/synthesized";
import { usage, type Charge, type Factor, type Rule } from "../charge";
import { HOURS_PER_MONTH } from "../prices";
import { scaledHours } from "../running-hours";

const UNITS_PER_CPU = 1024;
const MIB_PER_GIB = 1024;

/** A Fargate service: CPU and memory of the tasks that always run, on demand or Spot. */
export const fargateService: Rule = {
  types: ["aws_ecs_service"],
  charges: (service, { system }) => {
    const shares = providerShares(service, system);
    const task = definitionOf(service, system);
    if (task === undefined || shares.length === 0) return [];
    const target = targetOf(service, system);
    const declared = system.number(service, "desired_count") ?? 1;
    const least = target === undefined ? declared : (system.number(target, "min_capacity") ?? declared);
    const most = target === undefined ? least : (system.number(target, "max_capacity") ?? least);
    const { hours, note } = scaledHours(target, Math.max(least, 1), system);
    const { cpu, memory, platform } = sizeOf(task, system);
    const month = { value: hours, unit: "h" };
    return shares.flatMap(({ spot, share }): Charge[] => {
      const tasks: Factor = { value: least * share, unit: "tasks", most: most * share };
      const item = spot ? `Fargate Spot ${platform}` : `Fargate Linux ${platform}`;
      const notes = [note, spot ? "the price of Spot floats" : undefined].filter((text) => text !== undefined);
      const common = { item, note: notes.length > 0 ? notes.join("; ") : undefined };
      const kind = `Fargate${spot ? " Spot" : ""}${platform === "ARM" ? " on ARM" : ""}`;
      return [
        {
          ...common,
          what: `${kind}, CPU`,
          unit: "vCPU-hour",
          factors: [month, tasks, { value: cpu / UNITS_PER_CPU, unit: "vCPU" }],
        },
        {
          ...common,
          what: `${kind}, memory`,
          unit: "GB-hour",
          factors: [month, tasks, { value: memory / MIB_PER_GIB, unit: "GB" }],
        },
        ...(system.flag(service, "network_configuration", "assign_public_ip")
          ? [{ what: "public IPv4 of each task", item: "Public IPv4 address", unit: "hour", factors: [month, tasks] }]
          : []),
      ];
    });
  },
};

/** A task that no service keeps running, such as a migration: it costs while it runs. */
export const fargateTask: Rule = {
  types: ["aws_ecs_task_definition"],
  charges: (task, { system }) => {
    if (system.ofType("aws_ecs_service").some((service) => definitionOf(service, system) === task)) return [];
    const { platform } = sizeOf(task, system);
    return [
      usage("CPU while the task runs", `Fargate Linux ${platform}`, "vCPU-hour"),
      usage("memory while the task runs", `Fargate Linux ${platform}`, "GB-hour"),
    ];
  },
};

/** An App Runner service: the memory of the instances it keeps ready; CPU only while they answer. */
export const appRunnerService: Rule = {
  types: ["aws_apprunner_service"],
  charges: (service, { system }) => {
    const [scaling] = system.references(service, service.config["auto_scaling_configuration_arn"]);
    const instances = (scaling === undefined ? undefined : system.number(scaling, "min_size")) ?? 1;
    const most = (scaling === undefined ? undefined : system.number(scaling, "max_size")) ?? undefined;
    const memory =
      system.text(service, "instance_configuration", "memory") ??
      system.text(service, "instance_configuration", 0, "memory") ??
      "2048";
    // AWS takes "2048" and "2 GB" for the same.
    const gib = /GB/i.test(memory) ? Number.parseFloat(memory) : Number(memory) / MIB_PER_GIB;
    return [
      {
        what: "memory of the instances kept ready",
        item: "App Runner",
        unit: "GB-hour",
        factors: [
          { value: HOURS_PER_MONTH, unit: "h" },
          { value: instances, unit: instances === 1 ? "instance" : "instances", most },
          { value: gib, unit: "GB" },
        ],
      },
      usage("CPU while it answers", "App Runner", "vCPU-hour"),
    ];
  },
};

interface ProviderShare {
  readonly spot: boolean;
  /** Part of the tasks, from 0 to 1. */
  readonly share: number;
}

/** How a service's tasks are spread over Fargate and Fargate Spot, by weight; nothing if they run on instances of its own. */
function providerShares(service: Resource, system: Synthesized): ProviderShare[] {
  const strategy = listOf(system.read(service, "capacity_provider_strategy")).map(objectOf);
  if (strategy.length === 0) return system.text(service, "launch_type") === "EC2" ? [] : [{ spot: false, share: 1 }];
  const fargate = strategy.filter(({ capacity_provider }) => /^FARGATE/.test(String(capacity_provider)));
  const weights = fargate.map(({ weight }) => Number(weight ?? 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return fargate
    .map(({ capacity_provider }, index) => ({
      spot: capacity_provider === "FARGATE_SPOT",
      share: sum === 0 ? 1 / fargate.length : (weights[index] ?? 0) / sum,
    }))
    .filter(({ share }) => share > 0);
}

function definitionOf(service: Resource, system: Synthesized): Resource | undefined {
  const referred = system.references(service, service.config["task_definition"]);
  const name = system.text(service, "task_definition");
  return system
    .ofType("aws_ecs_task_definition")
    .find((task) => referred.includes(task) || (name !== undefined && system.text(task, "family") === name));
}

function targetOf(service: Resource, system: Synthesized): Resource | undefined {
  const name = system.text(service, "name");
  return system.ofType("aws_appautoscaling_target").find((target) => {
    const id = system.text(target, "resource_id");
    return (
      system.references(target, target.config["resource_id"]).includes(service) ||
      (name !== undefined && id?.startsWith("service/") === true && id.endsWith(`/${name}`))
    );
  });
}

function sizeOf(task: Resource, system: Synthesized): { cpu: number; memory: number; platform: "ARM" | "x86" } {
  const architecture =
    system.text(task, "runtime_platform", "cpu_architecture") ??
    system.text(task, "runtime_platform", 0, "cpu_architecture");
  return {
    cpu: system.number(task, "cpu") ?? 0,
    memory: system.number(task, "memory") ?? 0,
    platform: architecture === "ARM64" ? "ARM" : "x86",
  };
}
