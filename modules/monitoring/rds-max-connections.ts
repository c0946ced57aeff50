import { instanceMemoryMiB } from "../compute/instance-memory";
import type { DatabaseParameter } from "../database/database-checks";

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

const FORMULA: MaxConnections = {
  warning:
    "max_connections is a formula, so there is no alarm about the connections of such a database; set it to a number",
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
 * too low than too high, so that the alarm comes in time. An instance whose parameters set `max_connections` has that many.
 */
export function rdsMaxConnections(
  engine: RdsEngine,
  instanceClass: string,
  parameters: readonly DatabaseParameter[] = [],
): MaxConnections {
  const chosen = parameters.find(({ name }) => name === "max_connections");
  if (chosen !== undefined) return /^\d+$/.test(chosen.value) ? { connections: Number(chosen.value) } : FORMULA;
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

/** A class of RDS has the memory of the EC2 type that it is named after. Source: Amazon RDS user guide, hardware specifications, read in 2026-11. */
function memoryOf(instanceClass: string): number | undefined {
  const [, instanceType] = /^db\.([mrt][a-z0-9]+\.[a-z0-9]+)$/.exec(instanceClass) ?? [];
  return instanceType === undefined ? undefined : instanceMemoryMiB(instanceType);
}
