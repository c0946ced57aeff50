/** Something with a name that comes after others. */
export interface Node {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * Topological waves: a node stands in the first wave after all it depends on. Within a wave the given order is kept. Names that
 * are not among the nodes count as there already. Throws on a cycle, naming it.
 */
export function waves<T extends Node>(nodes: readonly T[]): T[][] {
  const names = new Set(nodes.map((node) => node.name));
  const placed = new Set<string>();
  const result: T[][] = [];
  let rest = [...nodes];
  while (rest.length > 0) {
    const wave = rest.filter((node) => node.dependencies.every((other) => !names.has(other) || placed.has(other)));
    if (wave.length === 0) throw new Error(`stacks depend on each other in a circle: ${cycle(rest).join(" -> ")}`);
    wave.forEach((node) => placed.add(node.name));
    rest = rest.filter((node) => !placed.has(node.name));
    result.push(wave);
  }
  return result;
}

/**
 * The nodes that `keep` accepts, each with its dependencies bent around those left out: what a dropped node depended on, its
 * dependents depend on. So the order among the rest stays what it was.
 */
export function without<T extends Node>(nodes: readonly T[], keep: (node: T) => boolean): T[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const kept = new Set(nodes.filter(keep).map((node) => node.name));
  const resolve = (name: string, seen: ReadonlySet<string>): string[] => {
    if (kept.has(name) || seen.has(name)) return kept.has(name) ? [name] : [];
    return (byName.get(name)?.dependencies ?? []).flatMap((other) => resolve(other, new Set([...seen, name])));
  };
  return nodes
    .filter((node) => kept.has(node.name))
    .map((node) => ({
      ...node,
      dependencies: [...new Set(node.dependencies.flatMap((other) => resolve(other, new Set())))],
    }));
}

/** The same nodes with all edges turned round, for taking things down again. */
export function reversed<T extends Node>(nodes: readonly T[]): T[] {
  return nodes.map((node) => ({
    ...node,
    dependencies: nodes.filter((other) => other.dependencies.includes(node.name)).map((other) => other.name),
  }));
}

/** How many nodes hang below each, counted along the longest way: the further, the sooner it should start. */
export function heights(nodes: readonly Node[]): ReadonlyMap<string, number> {
  const result = new Map<string, number>();
  waves(reversed(nodes)).forEach((wave, height) => wave.forEach((node) => result.set(node.name, height)));
  return result;
}

/** One cycle among nodes each of which depends on another of them. */
function cycle(nodes: readonly Node[]): string[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const path: string[] = [];
  let current = nodes[0];
  while (current !== undefined && !path.includes(current.name)) {
    path.push(current.name);
    const next: string | undefined = current.dependencies.find((other) => byName.has(other));
    current = next === undefined ? undefined : byName.get(next);
  }
  return current === undefined ? path : [...path.slice(path.indexOf(current.name)), current.name];
}
