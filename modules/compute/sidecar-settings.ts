import { isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { containerProblems, type ContainerSettings } from "./container-settings";

/** How far a sidecar has to be before the container that waits for it starts. */
export type StartCondition = "START" | "HEALTHY" | "COMPLETE" | "SUCCESS";

const START_CONDITIONS: readonly StartCondition[] = ["START", "HEALTHY", "COMPLETE", "SUCCESS"];

/** A second container in every task of a service: a proxy, a cache, a step before the start. */
export interface SidecarSettings extends ContainerSettings {
  /**
   * Whether the task stops when it stops. A step that ends has to be false.
   * @default true
   */
  readonly essential?: boolean;

  /**
   * Share of the task's CPU it is sure of, 1 up to the task's `cpuUnits`.
   * @default - whatever the others leave
   */
  readonly cpuUnits?: number;

  /**
   * Memory it is stopped at, 6 up to below the task's `memoryMiB`.
   * @default - no limit of its own
   */
  readonly memoryMiB?: number;

  /**
   * User it runs as, never root by name or number.
   * @default - the image's own, because images of others are built around theirs
   */
  readonly user?: string;

  /**
   * Sidecars it waits for, and how far each has to be.
   * @default - it waits for none
   */
  readonly dependsOn?: Readonly<Record<string, StartCondition>>;
}

/** Sidecars by the name of their container. */
export type Sidecars = Readonly<Record<string, SidecarSettings>>;

/** Every problem of the sidecars, alone and together; `dependsOn` is what the main container waits for. */
export function sidecarProblems(
  sidecars: Sidecars,
  dependsOn: SidecarSettings["dependsOn"],
  task: { readonly cpuUnits: number; readonly memoryMiB: number; readonly port?: number },
): Array<string | undefined> {
  const all = Object.entries(sidecars);
  return [
    ...all.flatMap(([name, sidecar]) => [
      notMatching(
        "sidecars",
        name,
        /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
        "named in lower-case letters, digits and single hyphens",
      ),
      ...within(`sidecars.${name}`, [
        ...containerProblems(sidecar),
        outOfRange("cpuUnits", sidecar.cpuUnits, 1, largestShare("cpuUnits", task.cpuUnits)),
        outOfRange("memoryMiB", sidecar.memoryMiB, 6, largestShare("memoryMiB", task.memoryMiB)),
        ...dependencyProblems(sidecars, sidecar.dependsOn),
      ]),
    ]),
    ...dependencyProblems(sidecars, dependsOn),
    circleProblem(sidecars),
    portProblem([task.port, ...all.map(([, sidecar]) => sidecar.port)]),
    shareProblem(
      "cpuUnits",
      task.cpuUnits,
      all.map(([, sidecar]) => sidecar.cpuUnits),
    ),
    shareProblem(
      "memoryMiB",
      task.memoryMiB,
      all.map(([, sidecar]) => sidecar.memoryMiB),
    ),
  ];
}

function dependencyProblems(
  sidecars: Sidecars,
  dependsOn: SidecarSettings["dependsOn"] = {},
): Array<string | undefined> {
  return Object.entries(dependsOn).map(([name, condition]) => {
    const needed = Object.hasOwn(sidecars, name) ? sidecars[name] : undefined;
    if (needed === undefined) {
      return `dependsOn must be names of sidecars, got ${shown(name)}`;
    }
    const path = `dependsOn.${name}`;
    if (condition === "HEALTHY" && needed.containerHealthCheck === undefined) {
      return `${path} must be START without a health check there, got "HEALTHY"; give sidecars.${name} a containerHealthCheck`;
    }
    if ((condition === "COMPLETE" || condition === "SUCCESS") && (needed.essential ?? true)) {
      return `${path} must be START or HEALTHY for an essential sidecar, got ${shown(condition)}; set sidecars.${name}.essential to false`;
    }
    return notOneOf(path, condition, START_CONDITIONS);
  });
}

/** ECS would refuse a circle of waiting containers; the problem shows one. */
function circleProblem(sidecars: Sidecars): string | undefined {
  const walk = (name: string, path: readonly string[]): readonly string[] | undefined => {
    const start = path.indexOf(name);
    if (start >= 0) return [...path.slice(start), name];
    for (const next of Object.keys(sidecars[name]?.dependsOn ?? {})) {
      const circle = walk(next, [...path, name]);
      if (circle !== undefined) return circle;
    }
    return undefined;
  };
  for (const name of Object.keys(sidecars)) {
    const circle = walk(name, []);
    if (circle !== undefined) return `sidecars must not wait for each other in a circle, got ${circle.join(" -> ")}`;
  }
  return undefined;
}

function portProblem(ports: ReadonlyArray<number | undefined>): string | undefined {
  const twice = ports.find((port, index) => port !== undefined && ports.indexOf(port) !== index);
  return twice === undefined ? undefined : `port must be different in every container of the task, got ${twice} twice`;
}

function shareProblem(
  name: "cpuUnits" | "memoryMiB",
  whole: number,
  shares: ReadonlyArray<number | undefined>,
): string | undefined {
  if (shares.length < 2 || shares.some(isUnresolved)) return undefined; // a single one is checked by itself
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  const most = largestShare(name, whole);
  return sum <= most ? undefined : `${name} of all sidecars together must be at most ${most}, got ${sum}`;
}

/** What sidecars may have of the task: all its CPU, and its memory but for a rest that the main container needs. */
function largestShare(name: "cpuUnits" | "memoryMiB", whole: number): number {
  if (isUnresolved(whole)) return Number.MAX_SAFE_INTEGER;
  return name === "memoryMiB" ? whole - 1 : whole;
}
