import { isUnresolved, shown } from "../validation";

/**
 * Every legal pair of an App Runner instance: CPU units, and the memory each may have.
 * Source: App Runner API reference, InstanceConfiguration, and its developer guide, "CPU and memory", read in 2026-11.
 */
export const APP_RUNNER_SIZES: ReadonlyArray<{
  /** CPU units of an instance; 1024 are one vCPU. */
  readonly cpuUnits: number;
  /** Memory sizes that are legal with it, ascending. */
  readonly memoryMiB: readonly number[];
}> = [
  { cpuUnits: 256, memoryMiB: [512, 1024] },
  { cpuUnits: 512, memoryMiB: [1024] },
  { cpuUnits: 1024, memoryMiB: [2048, 3072, 4096] },
  { cpuUnits: 2048, memoryMiB: [4096, 6144] },
  { cpuUnits: 4096, memoryMiB: [8192, 10_240, 12_288] },
];

/** What is wrong with a pair of CPU and memory, if anything is; values only Terraform knows pass. */
export function appRunnerSizeProblem(cpuUnits: number, memoryMiB: number): string | undefined {
  if (isUnresolved(cpuUnits) || isUnresolved(memoryMiB)) return undefined;
  const size = APP_RUNNER_SIZES.find((candidate) => candidate.cpuUnits === cpuUnits);
  if (size === undefined) {
    const allowed = APP_RUNNER_SIZES.map((candidate) => candidate.cpuUnits).join(", ");
    return `cpuUnits must be one of ${allowed}, got ${shown(cpuUnits)}`;
  }
  if (size.memoryMiB.includes(memoryMiB)) return undefined;
  const [only, ...more] = size.memoryMiB;
  const allowed = more.length === 0 ? String(only) : `one of ${size.memoryMiB.join(", ")}`;
  return `memoryMiB must be ${allowed} with cpuUnits ${cpuUnits}, got ${shown(memoryMiB)}`;
}
