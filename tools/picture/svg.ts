import type { Graph } from "./graph";
import { SIZE, type Placed, type PlacedCluster, type PlacedEdge, type PlacedList, type PlacedNode } from "./layout";

/** What an SVG says besides its boxes. */
export interface SvgOptions {
  readonly title: string;
  /**
   * A CSS class for a construct (`<stack>/<construct>`) or for one of its resources (`<stack>/<address>`); those of a construct's
   * resources stand on its box, each once. A plan's `create`, `update`, `replace` and `delete` have colours.
   * @default - no classes
   */
  readonly classes?: ReadonlyMap<string, string>;
  /**
   * Whether it stands in a page that brings its style (`PICTURE_STYLE`) and says in words what it shows: then it has neither.
   * @default false
   */
  readonly embedded?: boolean;
  /**
   * Where a click on a construct leads, by its id.
   * @default - nowhere
   */
  readonly linkOf?: (id: string) => PictureLink | undefined;
}

/** Where a click leads, and how it is called by who does not see the picture. */
export interface PictureLink {
  readonly href: string;
  readonly label: string;
}

const MARGIN = 16;
const LEGEND_HEIGHT = 26;
const CORNER = 6;

/** How a picture looks. */
export const PICTURE_STYLE = `
.picture { --ground: #ffffff; --text: #1c2430; --soft: #5a6675; --box: #ffffff; --edge: #8a96a5; --stack: #f5f7fa; --line: #cfd6de;
  --edge-kind: #7a4fbf; --network: #2f6fb0; --compute: #c4691c; --data: #2a7f62; --storage: #5c8a1e; --delivery: #8a5a2b;
  --operations: #5a6675; --security: #a8324a; --outside: #1c2430; font-family: Helvetica, Arial, "Liberation Sans", sans-serif; }
@media (prefers-color-scheme: dark) { .picture { --ground: #12161c; --text: #e6eaf0; --soft: #a3aebb; --box: #1d232c; --edge: #7d8a9a;
  --stack: #171c23; --line: #384250; --edge-kind: #b394e8; --network: #6aa8e6; --compute: #eb9a52; --data: #5cbf9a; --storage: #9cc75a;
  --delivery: #cf9a63; --operations: #a3aebb; --security: #e87a90; --outside: #e6eaf0; } }
.ground { fill: var(--ground); }
.stack { fill: var(--stack); stroke: var(--line); }
.box { fill: var(--box); stroke: var(--line); }
.outside .box { fill: var(--ground); stroke: var(--outside); stroke-width: 1.5; }
text { fill: var(--text); font-size: ${SIZE.textFont}px; }
.name { font-size: ${SIZE.nameFont}px; font-weight: bold; }
.title { font-size: ${SIZE.titleFont}px; font-weight: bold; }
.seam { paint-order: stroke; stroke: var(--stack); stroke-width: 4px; stroke-linejoin: round; }
.soft { fill: var(--soft); }
.chip { fill: var(--network); font-size: 9px; font-weight: bold; }
.arrow { fill: none; stroke: var(--edge); stroke-width: 1.5; }
.arrow.delivery { stroke-dasharray: 5 4; }
.head { fill: var(--edge); }
.edge .bar { fill: var(--edge-kind); } .network .bar { fill: var(--network); } .compute .bar { fill: var(--compute); }
.data .bar { fill: var(--data); } .storage .bar { fill: var(--storage); } .delivery .bar { fill: var(--delivery); }
.operations .bar { fill: var(--operations); } .security .bar { fill: var(--security); }
.create .box { stroke: #2a8a4a; stroke-width: 3; } .update .box { stroke: #c08a00; stroke-width: 3; }
.delete .box, .replace .box { stroke: #c8323c; stroke-width: 3; } .replace .box { stroke-dasharray: 6 3; }
`.trim();

/** A placed graph as SVG: one file, no script, no font and no request to anywhere. */
export function svgOf(graph: Graph, placed: Placed, options: SvgOptions): string {
  const { title, classes = new Map<string, string>(), embedded = false } = options;
  const width = Math.max(placed.width, 360) + 2 * MARGIN;
  const height = placed.height + 2 * MARGIN + LEGEND_HEIGHT;
  const left = MARGIN + Math.max(0, (360 - placed.width) / 2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"${embedded ? ` role="group" aria-labelledby="picture-title"` : ` style="max-width:100%;height:auto" role="img" aria-labelledby="picture-title picture-desc"`}>`,
    `<title id="picture-title">${escaped(title)}</title>`,
    ...(embedded
      ? []
      : [`<desc id="picture-desc">${escaped(description(graph))}</desc>`, `<style>\n${PICTURE_STYLE}\n</style>`]),
    `<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0 L8 4 L0 8 z"/></marker></defs>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<g transform="translate(${left} ${MARGIN})">`,
    ...placed.clusters.map(cluster),
    ...placed.edges.map(arrow),
    ...placed.clusters.map(clusterTitle),
    ...placed.lists.map((one) => list(one, classes, options)),
    ...placed.nodes.map((one) => linked(one.node.id, box(one, classes), options)),
    `</g>`,
    legend(height - 12),
    `</svg>`,
    "",
  ].join("\n");
}

/** The picture in words, for who cannot see it. */
function description({ clusters, edges }: Graph): string {
  const stacks = clusters.map(
    ({ name, nodes }) => `${name}: ${nodes.map((node) => [node.name, ...node.parts].join(" ")).join(", ")}.`,
  );
  const arrows = edges.map(({ from, to }) => `${from} to ${to}`);
  return [...stacks, ...(arrows.length === 0 ? [] : [`Arrows: ${arrows.join(", ")}.`])].join(" ");
}

function cluster({ x, y, width, height }: PlacedCluster): string {
  return `<rect class="stack" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`;
}

/** Drawn over the arrows, with a seam in the colour of the ground. */
function clusterTitle({ name, where, x, y }: PlacedCluster): string {
  return [
    `<text class="seam" x="${x + SIZE.inset}" y="${y + 21}"><tspan class="title">${escaped(name)}</tspan><tspan class="soft" dx="8">${escaped(where)}</tspan></text>`,
  ].join("\n");
}

function linked(id: string, drawn: string, { linkOf }: SvgOptions): string {
  const target = linkOf?.(id);
  if (target === undefined) return drawn;
  return `<a href="${escaped(target.href)}" aria-label="${escaped(target.label)}">\n${drawn}\n</a>`;
}

function box({ node, lines, x, y, width, height }: PlacedNode, classes: ReadonlyMap<string, string>): string {
  const outside = node.kind === "outside";
  const textX = outside ? x + width / 2 : x + SIZE.padding + 4;
  const anchor = outside ? ` text-anchor="middle"` : "";
  return [
    `<g class="${["node", node.kind, ...classesOf(node, classes)].join(" ")}">`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${outside ? height / 2 : CORNER}"/>`,
    ...(outside ? [] : [`<path class="bar" d="${bar(x, y, height)}"/>`]),
    `<text class="name" x="${textX}" y="${y + SIZE.padding + 11}"${anchor}>${escaped(node.name)}</text>`,
    ...(node.inVpc
      ? [`<text class="chip" x="${x + width - 8}" y="${y + SIZE.padding + 9}" text-anchor="end">VPC</text>`]
      : []),
    ...lines.map(
      (line, index) =>
        `<text class="soft" x="${textX}" y="${y + SIZE.padding + 11 + SIZE.line * (index + 1)}"${anchor}>${escaped(line)}</text>`,
    ),
    `</g>`,
  ].join("\n");
}

function bar(x: number, y: number, height: number): string {
  return `M${x + CORNER} ${y} h-1 a5 5 0 0 0 -5 5 v${height - 10} a5 5 0 0 0 5 5 h1 h-2 v${-height} z`;
}

function list({ rows, x, y }: PlacedList, classes: ReadonlyMap<string, string>, options: SvgOptions): string {
  return rows
    .map(({ node, text }, index) => {
      const row = `<text class="${["row", "seam", ...classesOf(node, classes)].join(" ")}" x="${x}" y="${y + 12 + index * SIZE.minorLine}"><tspan font-weight="bold">${escaped(node.name)}</tspan><tspan class="soft" dx="6">${escaped(text)}</tspan></text>`;
      return linked(node.id, row, options);
    })
    .join("\n");
}

function arrow({ edge, points }: PlacedEdge): string {
  return `<path class="arrow ${edge.kind}" d="${roundedPath(points)}" marker-end="url(#head)"/>`;
}

/** A line through points with its corners rounded. */
function roundedPath(points: PlacedEdge["points"]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined) return `L${point.x} ${point.y}`;
      const into = towards(point, before);
      const out = towards(point, after);
      return `L${into.x} ${into.y} Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join(" ");
}

function towards(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  const near = (a: number, b: number) => Math.round((a + (b - a) * part) * 10) / 10;
  return { x: near(from.x, to.x), y: near(from.y, to.y) };
}

function legend(y: number): string {
  return [
    `<g><path class="arrow" d="M${MARGIN} ${y - 4} h30" marker-end="url(#head)"/><text class="soft" x="${MARGIN + 38}" y="${y}">requests and data</text>`,
    `<path class="arrow delivery" d="M${MARGIN + 150} ${y - 4} h30" marker-end="url(#head)"/><text class="soft" x="${MARGIN + 188}" y="${y}">delivery and operations</text></g>`,
  ].join("\n");
}

function classesOf(
  { id, addresses }: { readonly id: string; readonly addresses: readonly string[] },
  classes: ReadonlyMap<string, string>,
): string[] {
  return [...new Set([id, ...addresses].flatMap((key) => classes.get(key) ?? []))].map((name) =>
    name.replaceAll(/[^\w -]/g, ""),
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
