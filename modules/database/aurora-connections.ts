import { isUnresolved } from "../validation";
import { auroraInstanceClass, type AuroraEngineName, type AuroraSettings } from "./aurora-settings";

type Connections = Readonly<Record<AuroraEngineName, number>>;

/**
 * `max_connections` by size of instance class. PostgreSQL: LEAST({DBInstanceClassMemory/9531392}, 5000), of which the published numbers of
 * the smallest family are taken, as Aurora keeps some of the memory for itself. Sizes from 2xlarge on reach the limit.
 * Source: Aurora user guide, maximum connections to an Aurora PostgreSQL and an Aurora MySQL instance, read in 2026-11.
 */
const BY_SIZE: Readonly<Record<string, Connections>> = {
  large: { "aurora-postgresql": 1600, "aurora-mysql": 1000 },
  xlarge: { "aurora-postgresql": 3200, "aurora-mysql": 2000 },
  "2xlarge": { "aurora-postgresql": 5000, "aurora-mysql": 3000 },
  "4xlarge": { "aurora-postgresql": 5000, "aurora-mysql": 4000 },
  "8xlarge": { "aurora-postgresql": 5000, "aurora-mysql": 5000 },
  "12xlarge": { "aurora-postgresql": 5000, "aurora-mysql": 6000 },
  "16xlarge": { "aurora-postgresql": 5000, "aurora-mysql": 6000 },
  "24xlarge": { "aurora-postgresql": 5000, "aurora-mysql": 7000 },
};

/** The same for the burstable classes, db.t3 and db.t4g. */
const BURSTABLE_BY_SIZE: Readonly<Record<string, Connections>> = {
  medium: { "aurora-postgresql": 405, "aurora-mysql": 90 },
  large: { "aurora-postgresql": 844, "aurora-mysql": 135 },
};

/** By the most capacity units of Serverless v2. Source: Aurora user guide, maximum connections for Aurora Serverless v2, read in 2026-11. */
const BY_ACU: ReadonlyArray<readonly [maxAcu: number, connections: Connections]> = [
  [1, { "aurora-postgresql": 189, "aurora-mysql": 90 }],
  [4, { "aurora-postgresql": 823, "aurora-mysql": 135 }],
  [8, { "aurora-postgresql": 1669, "aurora-mysql": 1000 }],
  [16, { "aurora-postgresql": 3360, "aurora-mysql": 2000 }],
  [32, { "aurora-postgresql": 5000, "aurora-mysql": 3000 }],
  [64, { "aurora-postgresql": 5000, "aurora-mysql": 4000 }],
  [128, { "aurora-postgresql": 5000, "aurora-mysql": 5000 }],
  [192, { "aurora-postgresql": 5000, "aurora-mysql": 6000 }],
];

/** What PostgreSQL is held to while its least capacity is this small. Same source. */
const SMALL_MIN_ACU = { acu: 0.5, connections: 2000 };

/**
 * How many connections an instance of the cluster takes, for alarms: what is chosen as `max_connections`, or the default of its class. Between
 * two published capacities it is the lower one. Undefined for a class that is not known, and for a formula.
 */
export function auroraMaxConnections(settings: AuroraSettings): number | undefined {
  const { engine, serverless, parameters = [], instanceParameters = [] } = settings;
  const chosen = [...instanceParameters, ...parameters].find(({ name }) => name === "max_connections");
  if (chosen !== undefined) return /^\d+$/.test(chosen.value) ? Number(chosen.value) : undefined;
  if (serverless !== undefined) return serverlessConnections(engine, serverless.minAcu, serverless.maxAcu);
  const [, family = "", size = ""] = auroraInstanceClass(settings).split(".");
  return (family.startsWith("t") ? BURSTABLE_BY_SIZE : BY_SIZE)[size]?.[engine];
}

function serverlessConnections(engine: AuroraEngineName, minAcu: number, maxAcu: number): number | undefined {
  if (isUnresolved(minAcu) || isUnresolved(maxAcu)) return undefined;
  const connections = BY_ACU.filter(([acu]) => acu <= maxAcu).at(-1)?.[1][engine];
  if (connections === undefined || engine !== "aurora-postgresql" || minAcu > SMALL_MIN_ACU.acu) return connections;
  return Math.min(connections, SMALL_MIN_ACU.connections);
}
