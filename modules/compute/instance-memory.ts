import { isUnresolved, shown } from "../validation";

/** GiB of memory of the t types. Source: Amazon EC2 user guide, specifications of burstable instances, read in 2026-11. */
const BURSTABLE_GIB: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/** GiB of memory for each vCPU, by the first letter of a type. Source: the same guide, general purpose, compute and memory optimized instances. */
const GIB_PER_VCPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Families whose sizes follow those numbers exactly. */
const EVEN_FAMILIES = /^(c[6-8]|m[5-8]|r[5-8])(a|i|g|gd|d)?$/;

/** What the system, Docker and the agent of Systems Manager take. */
const SYSTEM_MIB = 300;

/** Memory of an EC2 type, if it is known here. */
export function instanceMemoryMiB(instanceType: string): number | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const gib = /^t(3|3a|4g)$/.test(family) ? BURSTABLE_GIB[size] : evenMemory(family, size);
  return gib === undefined ? undefined : gib * 1024;
}

/** What is wrong with a type that has no room for this much beside the system; a type that is not known here passes. */
export function instanceMemoryProblem(instanceType: string, neededMiB: number, what: string): string | undefined {
  if (isUnresolved(neededMiB)) return undefined;
  const memoryMiB = instanceMemoryMiB(instanceType);
  const least = SYSTEM_MIB + neededMiB;
  if (memoryMiB === undefined || memoryMiB >= least) return undefined;
  return `instanceType must have at least ${least} MiB of memory, ${SYSTEM_MIB} for the system and ${neededMiB} for ${what}, got ${shown(instanceType)} with ${memoryMiB}`;
}

function evenMemory(family: string, size: string): number | undefined {
  if (!EVEN_FAMILIES.test(family)) return undefined;
  const perVcpu = GIB_PER_VCPU[family.charAt(0)];
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  if (perVcpu === undefined || (times === undefined && size !== "large")) return undefined;
  return perVcpu * (times === undefined ? 2 : 4 * Number(times === "" ? 1 : times));
}
