// Aurora computes its connections by formulas of its own; these are those of RDS.

/** An engine of RDS. */
export type RdsEngine = "postgres" | "mysql";

/** How many connections an instance of RDS accepts, as far as can be told before it runs. */
export interface MaxConnections {
  /**
   * The number.
   * @default - not known, and `warning` says why
   */
  readonly connections?: number;

  /**
   * What to tell somebody who expects an alarm about connections.
   * @default - none, as the number is known
   */
  readonly warning?: string;
}

const MIB = 1024 ** 2;

/** GiB of memory for each vCPU, by the first letter of a class. Source: Amazon RDS user guide, hardware specifications, read in 2026-11. */
const GIB_PER_VCPU: Readonly<Record<string, number>> = { m: 4, r: 8 };
/** Families whose sizes follow those numbers exactly; older ones, and those with local disks of odd sizes, do not. */
const EVEN_FAMILIES = /^(m[5-8]|r[5-8])(i|g|gd|d)?$/;
/** GiB of memory of the t classes. Same source. */
const BURSTABLE_GIB: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/**
 * Bytes of memory for each connection, and the most connections whatever the memory.
 * Source: Amazon RDS user guide, quotas and constraints, maximum number of database connections, read in 2026-11.
 */
const FORMULAS: Readonly<Record<RdsEngine, { readonly bytes: number; readonly most: number }>> = {
  postgres: { bytes: 9_531_392, most: 5000 },
  mysql: { bytes: 12_582_880, most: 100_000 },
};

/**
 * How many connections RDS lets an instance accept by default. The formula divides what is left of the memory when the system and RDS
 * took theirs; how much that is AWS does not publish, so this takes off a quarter GiB and 6 %, more than is seen. The number is rather
 * too low than too high, so that the alarm comes in time. An instance whose parameters set `max_connections` has that many, and no need
 * of this.
 */
export function rdsMaxConnections(engine: RdsEngine, instanceClass: string): MaxConnections {
  const memoryMiB = memoryOf(instanceClass);
  if (memoryMiB === undefined) {
    return {
      warning: `the memory of ${instanceClass} is not known here, so there is no alarm about the connections of such a database; set the parameter max_connections, or take a class of the t3, t4g, m5 to m8 or r5 to r8 families`,
    };
  }
  const { bytes, most } = FORMULAS[engine];
  const usable = (memoryMiB * 0.94 - 256) * MIB;
  return { connections: Math.min(most, Math.floor(usable / bytes)) };
}

function memoryOf(instanceClass: string): number | undefined {
  const [, family = "", size = ""] = /^db\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(instanceClass) ?? [];
  const gib = /^t(3|4g)$/.test(family) ? BURSTABLE_GIB[size] : evenMemory(family, size);
  return gib === undefined ? undefined : gib * 1024;
}

function evenMemory(family: string, size: string): number | undefined {
  if (!EVEN_FAMILIES.test(family)) return undefined;
  const perVcpu = GIB_PER_VCPU[family.charAt(0)];
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  if (perVcpu === undefined || (times === undefined && size !== "large")) return undefined;
  return perVcpu * (times === undefined ? 2 : 4 * Number(times === "" ? 1 : times));
}
