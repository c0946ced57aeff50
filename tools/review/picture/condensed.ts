import { isDestructive } from "../render/action-label";
import type { Picture, PictureThing } from "../review";

type Cluster = Picture["clusters"][number];
type Edge = Picture["edges"][number];

/** How many grave things of a stack keep their name where all else of it is counted. */
const MOST_NAMED = 5;
/** Boxes of a picture that is shown as it is, boxes of one that is not, and rows of one that has no arrows. */
const MOST_AS_IS = 30;
const MOST_BOXES = 48;
const MOST_ROWS = 200;
const ARROWS_FOR_A_BOX = 2;

/**
 * A picture with few enough boxes to be read: as it is, or without what neither changes nor is next to a change, or with things
 * that are alike in one box, or with what is grave and numbers; undefined where even that is too much. What is grave keeps its box
 * as long as any does.
 */
export function condensed(picture: Picture): Picture | undefined {
  const fits = (tried: Picture, most: number) => sizeOf(tried) <= most && tried.edges.length <= ARROWS_FOR_A_BOX * most;
  if (fits(picture, MOST_AS_IS)) return picture;
  const near = withoutBystanders({ ...picture, clusters: gravestFirst(picture.clusters) });
  if (fits(near, MOST_BOXES)) return near;
  const alike = withAlikeTogether(near);
  if (fits(alike, MOST_BOXES)) return alike;
  const numbers = inNumbers(picture.clusters);
  return fits(numbers, MOST_ROWS) ? numbers : undefined;
}

/** On a narrow screen the first is what is seen. */
function gravestFirst(clusters: readonly Cluster[]): Cluster[] {
  return [...clusters].sort((a, b) => Number(b.nodes.some(isGrave)) - Number(a.nodes.some(isGrave)));
}

/** How many boxes and rows a picture has. */
function sizeOf({ clusters, outside }: Picture): number {
  return outside.length + clusters.reduce((sum, { nodes }) => sum + nodes.length, 0);
}

/** What neither changes nor is next to a change becomes a number. */
function withoutBystanders(picture: Picture): Picture {
  const changed = new Set(picture.clusters.flatMap(({ nodes }) => nodes.filter(changes).map(({ id }) => id)));
  const kept = new Set([
    ...changed,
    ...picture.edges.flatMap(({ from, to }) => (changed.has(from) || changed.has(to) ? [from, to] : [])),
  ]);
  return {
    clusters: picture.clusters.map((cluster) => {
      const others = cluster.nodes.filter(({ id }) => !kept.has(id));
      return { ...cluster, nodes: [...cluster.nodes.filter(({ id }) => kept.has(id)), ...rest(cluster, others)] };
    }),
    outside: picture.outside.filter(({ id }) => kept.has(id)),
    edges: picture.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}

function changes({ action }: PictureThing): boolean {
  return action !== undefined;
}

function isGrave({ action, severity }: PictureThing): boolean {
  return severity === "critical" || severity === "high" || (action !== undefined && isDestructive({ action }));
}

/** Things of a stack that are only counted: they stay as they are. */
function rest({ name, nodes }: Cluster, others: readonly PictureThing[]): PictureThing[] {
  const [first] = others;
  if (first === undefined || others.length === 1) return [...others];
  const more = others.length === nodes.length ? `${others.length} things` : `${others.length} more`;
  return [{ ...plain(first), id: `${name}/`, name: more, parts: ["unchanged"], kind: "operations" }];
}

function plain({ kind, id, name, parts }: PictureThing): PictureThing {
  return { id, name, parts, kind, inVpc: false, changes: 0 };
}

/** Things of a stack that are the same and go through the same stand in one box, and so do their arrows. */
function withAlikeTogether(picture: Picture): Picture {
  const holders = new Map<string, string>();
  const clusters = picture.clusters.map((cluster) => ({
    ...cluster,
    nodes: together(
      cluster.nodes,
      (node) => {
        const { id, kind, action, parts } = node;
        return JSON.stringify(isGrave(node) ? [id] : [kind, action ?? "", parts[0]]);
      },
      holders,
    ),
  }));
  return { ...picture, clusters, edges: moved(picture.edges, holders) };
}

/** One box for those with the same key, called after the first; `holders` learns which box a thing stands in. */
function together(
  nodes: readonly PictureThing[],
  keyOf: (node: PictureThing) => string,
  holders = new Map<string, string>(),
): PictureThing[] {
  const groups = new Map<string, PictureThing[]>();
  for (const node of nodes) groups.set(keyOf(node), [...(groups.get(keyOf(node)) ?? []), node]);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    for (const { id } of others) holders.set(id, first.id);
    return {
      ...first,
      name: `${first.name} and ${others.length} more`,
      parts: first.parts.slice(0, 1),
      inVpc: first.inVpc && others.every(({ inVpc }) => inVpc),
      changes: others.reduce((sum, one) => sum + one.changes, first.changes),
    };
  });
}

/** Arrows between the boxes in which their ends stand now, each once. */
function moved(edges: readonly Edge[], holders: ReadonlyMap<string, string>): Edge[] {
  const known = new Map<string, Edge>();
  for (const { from, to, kind } of edges) {
    const edge = { from: holders.get(from) ?? from, to: holders.get(to) ?? to, kind };
    const key = JSON.stringify([edge.from, edge.to]);
    if (edge.from !== edge.to && known.get(key)?.kind !== "request") known.set(key, edge);
  }
  return [...known.values()];
}

/** Of each stack what is grave, and how many others go through what; stacks in which nothing changes are left out. */
function inNumbers(clusters: readonly Cluster[]): Picture {
  return {
    clusters: gravestFirst(clusters).flatMap((cluster) => {
      if (!cluster.nodes.some(changes)) return [];
      const named = cluster.nodes.filter(isGrave).slice(0, MOST_NAMED);
      const others = cluster.nodes.filter((node) => changes(node) && !named.includes(node));
      const counted = together(others, ({ action = "" }) => action).map(
        (whole): PictureThing => ({ ...whole, parts: [], kind: "operations" }), // a row, not a box
      );
      const still = cluster.nodes.filter((node) => !changes(node));
      return [{ ...cluster, nodes: [...named, ...counted, ...rest(cluster, still)] }];
    }),
    outside: [],
    edges: [],
  };
}
