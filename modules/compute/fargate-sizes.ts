import { isUnresolved, shown } from "../validation";

/** One CPU size of Fargate and every memory size it may be paired with. */
export interface FargateSize {
  /** CPU units of the task; 1024 are one vCPU. */
  readonly cpuUnits: number;

  /** Memory sizes of the task that are legal with it, ascending. */
  readonly memoryMiB: readonly number[];
}

/**
 * Every legal pair for Linux tasks on Fargate, both architectures.
 * Source: Amazon ECS developer guide, "Task definition parameters for Fargate", table of task CPU and memory, read in 2026-11.
 */
export const FARGATE_SIZES: readonly FargateSize[] = [
  { cpuUnits: 256, memoryMiB: [512, 1024, 2048] },
  { cpuUnits: 512, memoryMiB: steps(1024, 4096, 1024) },
  { cpuUnits: 1024, memoryMiB: steps(2048, 8192, 1024) },
  { cpuUnits: 2048, memoryMiB: steps(4096, 16_384, 1024) },
  { cpuUnits: 4096, memoryMiB: steps(8192, 30_720, 1024) },
  { cpuUnits: 8192, memoryMiB: steps(16_384, 61_440, 4096) },
  { cpuUnits: 16_384, memoryMiB: steps(32_768, 122_880, 8192) },
];

/** What is wrong with a pair of CPU and memory, if anything is; values only Terraform knows pass. */
export function fargateSizeProblem(cpuUnits: number, memoryMiB: number): string | undefined {
  if (isUnresolved(cpuUnits) || isUnresolved(memoryMiB)) return undefined;
  const size = FARGATE_SIZES.find((candidate) => candidate.cpuUnits === cpuUnits);
  if (size?.memoryMiB.includes(memoryMiB)) return undefined;

  const [nearCpu, nearMemory] = nearestPair(cpuUnits, memoryMiB);
  const wayOut = `the nearest legal pair is cpuUnits ${nearCpu} with memoryMiB ${nearMemory}`;
  if (size === undefined) {
    const allowed = FARGATE_SIZES.map((candidate) => candidate.cpuUnits).join(", ");
    return `cpuUnits must be one of ${allowed}, got ${shown(cpuUnits)}; ${wayOut}`;
  }
  return `memoryMiB must be ${inWords(size.memoryMiB)} with cpuUnits ${cpuUnits}, got ${shown(memoryMiB)}; ${wayOut}`;
}

/** The legal pair fewest doublings away from the one asked for; of two equally near, the larger. */
function nearestPair(cpuUnits: number, memoryMiB: number): readonly [number, number] {
  const doublings = (from: number, to: number) => Math.abs(Math.log2(Math.max(from, 1) / to));
  const pairs = FARGATE_SIZES.flatMap((size) =>
    size.memoryMiB.map((memory) => ({
      pair: [size.cpuUnits, memory] as const,
      distance: doublings(cpuUnits, size.cpuUnits) + doublings(memoryMiB, memory),
    })),
  );
  return pairs.reduce((best, next) => (next.distance <= best.distance ? next : best)).pair;
}

/** `512, 1024 or 2048`, and for what goes in even steps `2048 to 8192 in steps of 1024`. */
function inWords(sizes: readonly number[]): string {
  const [first = 0, second = 0] = sizes;
  const last = sizes[sizes.length - 1] ?? 0;
  const even = sizes.every((size, index) => size === first + index * (second - first));
  return even ? `${first} to ${last} in steps of ${second - first}` : `${sizes.slice(0, -1).join(", ")} or ${last}`;
}

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
