import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import type { Graph, PictureEdge, PictureNode } from "./graph";
import { textWidth, wrap } from "./text-width";

/** Sizes of the picture, in its own pixels. */
export const SIZE = {
  nameFont: 13,
  textFont: 11,
  titleFont: 13,
  line: 15,
  padding: 10,
  minWidth: 96,
  maxText: 158,
  minorLine: 16,
  /** From the frame of a stack to what stands in it, and to that below its name. */
  inset: 12,
  head: 34,
} as const;

/** A rectangle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A node with its place and its lines of text below the name. */
export interface PlacedNode extends Box {
  readonly node: PictureNode;
  readonly lines: readonly string[];
}

/** Constructs without an arrow, listed by name in their stack. */
export interface PlacedList extends Box {
  readonly rows: ReadonlyArray<{ readonly node: PictureNode; readonly text: string }>;
}

/** A stack with its place. */
export interface PlacedCluster extends Box {
  readonly name: string;
  readonly where: string;
}

/** An arrow with the points it runs through. */
export interface PlacedEdge {
  readonly edge: PictureEdge;
  readonly points: ReadonlyArray<{ readonly x: number; readonly y: number }>;
}

/** Where everything stands. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly clusters: readonly PlacedCluster[];
  readonly nodes: readonly PlacedNode[];
  readonly lists: readonly PlacedList[];
  readonly edges: readonly PlacedEdge[];
}

/** As wide as a page of documentation shows it in full size. */
const PAGE_WIDTH = 1160;
const GAP = 28;
const SMALLEST_STEP = 3;

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.randomSeed": "1",
  "elk.padding": "[top=4,left=4,bottom=4,right=4]",
  "elk.spacing.nodeNode": "20",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.edgeEdge": "10",
  "elk.layered.spacing.nodeNodeBetweenLayers": "34",
  "elk.layered.spacing.edgeNodeBetweenLayers": "14",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NONE",
  "elk.layered.mergeEdges": "false",
};

/** Places a graph: each part that hangs together by itself, then the parts beside and below each other. The same graph always gets the same places. */
export async function layout(graph: Graph): Promise<Placed> {
  const parts: Placed[] = [];
  for (const part of partsOf(graph)) parts.push(await bestLayout(part));
  return packed(parts);
}

/** The parts of a graph without an arrow between them, the largest first. */
function partsOf(graph: Graph): Graph[] {
  const groups: Array<Set<string>> = [];
  const holders = new Map([
    ...graph.outside.map(({ id }) => [id, id] as const),
    ...graph.clusters.flatMap(({ name, nodes }) => nodes.map(({ id }) => [id, `stack ${name}`] as const)),
  ]);
  const join = (...members: readonly string[]) => {
    const touched = groups.filter((group) => members.some((member) => group.has(member)));
    const merged = new Set([...touched.flatMap((group) => [...group]), ...members]);
    touched.forEach((group) => groups.splice(groups.indexOf(group), 1));
    groups.push(merged);
  };
  new Set(holders.values()).forEach((holder) => join(holder));
  for (const { from, to } of graph.edges) join(holders.get(from) ?? from, holders.get(to) ?? to);
  return groups
    .map((group) => ({
      clusters: graph.clusters.filter(({ name }) => group.has(`stack ${name}`)),
      outside: graph.outside.filter(({ id }) => group.has(id)),
      edges: graph.edges.filter(({ from }) => group.has(holders.get(from) ?? from)),
    }))
    .sort((a, b) => b.edges.length - a.edges.length || b.clusters.length - a.clusters.length);
}

/** Parts in rows from left to right, no row wider than the widest part or the page. */
function packed(parts: readonly Placed[]): Placed {
  const limit = Math.max(PAGE_WIDTH, ...parts.map(({ width }) => width));
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  const moved = parts.map((part) => {
    if (x > 0 && x + part.width > limit) {
      y += rowHeight + GAP;
      [x, rowHeight] = [0, 0];
    }
    const place = shifted(part, x, y);
    x += part.width + GAP;
    rowHeight = Math.max(rowHeight, part.height);
    width = Math.max(width, x - GAP);
    return place;
  });
  return {
    width,
    height: y + rowHeight,
    clusters: moved.flatMap(({ clusters }) => clusters),
    nodes: moved.flatMap(({ nodes }) => nodes),
    lists: moved.flatMap(({ lists }) => lists),
    edges: moved.flatMap(({ edges }) => edges),
  };
}

function shifted(part: Placed, dx: number, dy: number): Placed {
  const move = <T extends { readonly x: number; readonly y: number }>(thing: T): T => ({
    ...thing,
    ...rounded({ x: thing.x + dx, y: thing.y + dy }),
  });
  return {
    ...part,
    clusters: part.clusters.map(move),
    nodes: part.nodes.map(move),
    lists: part.lists.map(move),
    edges: part.edges.map((edge) => ({ ...edge, points: edge.points.map(move) })),
  };
}

/** Downwards, as people read; from left to right where that would be wider than the page. */
async function bestLayout(part: Graph): Promise<Placed> {
  const down = await layoutPart(part, "DOWN");
  if (down.width <= PAGE_WIDTH) return down;
  const right = await layoutPart(part, "RIGHT");
  return right.width < down.width ? right : down;
}

async function layoutPart(graph: Graph, direction: "DOWN" | "RIGHT"): Promise<Placed> {
  const ends = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
  const sized = new Map<string, { readonly node: PictureNode; readonly lines: readonly string[] }>();
  const lists = new Map<string, Pick<PlacedList, "rows" | "width" | "height">>();
  const child = (node: PictureNode): ElkNode => {
    const { lines, width, height } = sizeOf(node);
    sized.set(node.id, { node, lines });
    return { id: node.id, width, height };
  };
  const children = graph.clusters.map((cluster): ElkNode => {
    const major = cluster.nodes.filter((node) => isMajor(node, ends));
    const rows = cluster.nodes
      .filter((node) => !isMajor(node, ends))
      .map((node) => ({ node, text: node.parts.join(" · ") }));
    const list = listSize(rows);
    const id = `stack ${cluster.name}`;
    lists.set(id, { rows, ...list });
    const title = textWidth(cluster.name, SIZE.titleFont, "bold") + textWidth(cluster.where, SIZE.textFont) + 8;
    const width = Math.ceil(Math.max(title, list.width)) + 2 * SIZE.inset;
    const bottom = SIZE.inset + list.height;
    if (major.length === 0) return { id, width, height: SIZE.head + bottom };
    return {
      id,
      // Those with an arrow first: the others then do not stand in between.
      children: [...major.filter((node) => ends.has(node.id)), ...major.filter((node) => !ends.has(node.id))].map(
        child,
      ),
      layoutOptions: {
        "elk.padding": `[top=${SIZE.head},left=${SIZE.inset},bottom=${bottom},right=${SIZE.inset}]`,
        "elk.nodeSize.constraints": "MINIMUM_SIZE",
        // Height before width: in a layout that runs downwards, ELK takes them the other way round.
        "elk.nodeSize.minimum": direction === "DOWN" ? `(0, ${width})` : `(${width}, 0)`,
      },
    };
  });
  const edges = graph.edges.map(({ from, to }, index): ElkExtendedEdge => ({
    id: `edge ${index}`,
    sources: [from],
    targets: [to],
  }));
  const root: ElkNode = {
    id: "root",
    children: [...graph.outside.map(child), ...children],
    edges,
    layoutOptions: { ...OPTIONS, "elk.direction": direction },
  };
  const placed = await new ELK().layout(root);
  const all = (placed.children ?? []).flatMap((node) => [node, ...(node.children ?? [])]);
  return {
    width: Math.ceil(placed.width ?? 0),
    height: Math.ceil(placed.height ?? 0),
    clusters: graph.clusters.flatMap(({ name, where }) =>
      all.filter(({ id }) => id === `stack ${name}`).map((node) => ({ name, where, ...boxOf(node) })),
    ),
    nodes: all.flatMap((node) => {
      const known = sized.get(node.id);
      return known === undefined ? [] : [{ ...known, ...boxOf(node) }];
    }),
    lists: all.flatMap((node) => {
      const list = lists.get(node.id);
      if (list === undefined || list.rows.length === 0) return [];
      const box = boxOf(node);
      return [{ ...list, x: box.x + SIZE.inset, y: box.y + box.height - SIZE.inset / 2 - list.height }];
    }),
    edges: (placed.edges ?? []).flatMap((edge, index) => {
      const given = graph.edges[index];
      const [section] = edge.sections ?? [];
      if (given === undefined || section === undefined) return [];
      return [{ edge: given, points: straight([section.startPoint, ...(section.bendPoints ?? []), section.endPoint]) }];
    }),
  };
}

/** Whether a construct gets a box of its own: it has an arrow, or it is what others stand in. */
function isMajor(node: PictureNode, ends: ReadonlySet<string>): boolean {
  return ends.has(node.id) || ["network", "compute", "data", "storage"].includes(node.kind);
}

function sizeOf(node: PictureNode): { lines: string[]; width: number; height: number } {
  const lines = wrap(node.parts, SIZE.maxText, SIZE.textFont);
  const chip = node.inVpc ? 30 : 0;
  const widths = [
    textWidth(node.name, SIZE.nameFont, "bold") + chip,
    ...lines.map((line) => textWidth(line, SIZE.textFont)),
  ];
  return {
    lines,
    width: Math.ceil(Math.max(SIZE.minWidth, Math.max(...widths) + 2 * SIZE.padding + 4)),
    height: 2 * SIZE.padding + SIZE.line * (lines.length + 1) - 3,
  };
}

function listSize(rows: PlacedList["rows"]): { width: number; height: number } {
  const widths = rows.map(
    ({ node, text }) => textWidth(node.name, SIZE.textFont, "bold") + textWidth(text, SIZE.textFont) + 8,
  );
  return { width: Math.ceil(Math.max(0, ...widths)), height: rows.length * SIZE.minorLine };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): Box {
  return { ...rounded({ x, y }), width: Math.round(width), height: Math.round(height) };
}

function rounded({ x, y }: { readonly x: number; readonly y: number }): { x: number; y: number } {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}

/** The same line without steps too small to be meant. */
function straight(points: PlacedEdge["points"]): PlacedEdge["points"] {
  const result: Array<{ readonly x: number; readonly y: number }> = [];
  for (const point of points) {
    const last = result.at(-1) ?? point;
    const near = (a: number, b: number) => (Math.abs(a - b) < SMALLEST_STEP ? a : b);
    result.push(rounded({ x: near(last.x, point.x), y: near(last.y, point.y) }));
  }
  return result;
}
