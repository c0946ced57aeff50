import type { UiEvent } from "../terraform/events";

/** When something began, in seconds after the start of the deployment, and how long it took. */
export interface Span {
  readonly start: number;
  readonly seconds: number;
}

/** The time one resource took. */
export interface ResourceTiming extends Span {
  readonly address: string;
  readonly action: string;
  /** Addresses it depends on within its stack; known after a successful apply. */
  readonly dependencies: readonly string[];
}

/** The times of one stack. */
export interface StackTiming {
  readonly name: string;
  /** Stacks it waited for. */
  readonly dependencies: readonly string[];
  /** From its turn to its end. */
  readonly seconds: number;
  /** Making the folder ready, which runs ahead of the stack's turn. */
  readonly init?: Span;
  /** From the start of Terraform until it knew what to do. */
  readonly plan?: Span;
  /** From then on until it ended. */
  readonly apply?: Span;
  readonly resources: readonly ResourceTiming[];
}

/** The times of one deployment. */
export interface Timings {
  readonly startedAt: string;
  readonly wallSeconds: number;
  readonly stacks: readonly StackTiming[];
}

/** The longest chain of waits that nothing could have made overlap. */
export interface CriticalPath {
  /** What the chain takes if nothing else costs time: the provider's waits alone. */
  readonly seconds: number;
  /** The chain from its first stack to its last. */
  readonly stacks: ReadonlyArray<{
    readonly stack: string;
    readonly seconds: number;
    readonly resources: readonly string[];
  }>;
}

/**
 * The slowest chain of provider waits: within a stack along the dependencies of its resources, across stacks along `graph`, which
 * gives each stack's dependencies. A deployment cannot be faster than this.
 */
export function criticalPath(
  { stacks }: Pick<Timings, "stacks">,
  graph: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
    stacks.map((stack) => [stack.name, stack.dependencies]),
  ),
): CriticalPath {
  const resources = new Map(stacks.map((stack) => [stack.name, stack.resources]));
  const known = new Map<string, CriticalPath>();
  const upTo = (stack: string): CriticalPath => {
    const cached = known.get(stack);
    if (cached !== undefined) return cached;
    known.set(stack, EMPTY); // a circle ends here; the graph of a deployment has none
    const before = longest((graph[stack] ?? []).map(upTo));
    const own = slowestChain(resources.get(stack) ?? []);
    const path = {
      seconds: round(before.seconds + own.seconds),
      stacks: [...before.stacks, { stack, seconds: round(own.seconds), resources: own.resources }],
    };
    known.set(stack, path);
    return path;
  };
  return longest(stacks.map(({ name }) => upTo(name)));
}

/** Collects the times of one stack's resources from Terraform's events. */
export class ResourceClock {
  private readonly started = new Map<string, number>();
  private readonly finished: Array<Omit<ResourceTiming, "dependencies">> = [];
  private planned: number | undefined;

  /** `origin` is the start of the deployment, in milliseconds since 1970. */
  constructor(private readonly origin: number) {}

  /** When the plan was known, in milliseconds since 1970. */
  get plannedAt(): number | undefined {
    return this.planned;
  }

  observe(event: UiEvent): void {
    if (event.kind === "summary" && event.operation === "plan") this.planned = event.at;
    if (event.kind === "started") this.started.set(event.address, event.at);
    if (event.kind !== "completed" && event.kind !== "errored") return;
    const start = this.started.get(event.address) ?? event.at;
    this.finished.push({ address: event.address, action: event.action, ...span(this.origin, start, event.at) });
  }

  /** The resources that have ended, with their dependencies as the state tells them. */
  resources(dependencies: ReadonlyMap<string, readonly string[]>): ResourceTiming[] {
    return this.finished.map((timing) => ({ ...timing, dependencies: dependencies.get(timing.address) ?? [] }));
  }
}

/** A span between two times in milliseconds since 1970, counted from `origin`. */
export function span(origin: number, from: number, to: number): Span {
  return { start: round((from - origin) / 1000), seconds: round((to - from) / 1000) };
}

const EMPTY: CriticalPath = { seconds: 0, stacks: [] };

function longest(paths: readonly CriticalPath[]): CriticalPath {
  return paths.reduce((slowest, path) => (path.seconds > slowest.seconds ? path : slowest), EMPTY);
}

function slowestChain(resources: readonly ResourceTiming[]): { seconds: number; resources: string[] } {
  const byBase = new Map<string, ResourceTiming[]>();
  for (const resource of resources) {
    const base = resource.address.replace(/\[.*\]$/, "");
    byBase.set(base, [...(byBase.get(base) ?? []), resource]);
  }
  const known = new Map<string, { seconds: number; resources: string[] }>();
  const upTo = (resource: ResourceTiming): { seconds: number; resources: string[] } => {
    const cached = known.get(resource.address);
    if (cached !== undefined) return cached;
    known.set(resource.address, { seconds: 0, resources: [] });
    const before = slowest(resource.dependencies.flatMap((base) => byBase.get(base) ?? []).map(upTo));
    const chain = { seconds: before.seconds + resource.seconds, resources: [...before.resources, resource.address] };
    known.set(resource.address, chain);
    return chain;
  };
  return slowest(resources.map(upTo));
}

function slowest<T extends { readonly seconds: number; readonly resources: string[] }>(chains: readonly T[]) {
  return chains.reduce<{ seconds: number; resources: string[] }>(
    (most, chain) => (chain.seconds > most.seconds ? chain : most),
    { seconds: 0, resources: [] },
  );
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
