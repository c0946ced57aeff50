import type { Graph } from "../../../picture/graph";
import { layout } from "../../../picture/layout";
import { svgOf } from "../../../picture/svg";
import type { Change, Picture, PictureThing } from "../../review";
import { labelOf } from "../action-label";
import { html, trusted, type Content } from "./markup";
import type { PageIndex } from "./page-index";

/** Beyond so many boxes or arrows a layout takes longer than a reader waits, and nobody finds anything in it. */
const MOST_BOXES = 160;
const MOST_ARROWS = 320;

/** The picture of what stands, with what changes marked by colour and by a symbol; each box leads to its change. */
export async function picture(index: PageIndex): Promise<Content> {
  const given = index.review.picture;
  if (given === undefined) return undefined;
  const boxes = given.clusters.reduce((sum, { nodes }) => sum + nodes.length, 0);
  if (boxes > MOST_BOXES || given.edges.length > MOST_ARROWS) {
    return section(
      html`<p class="muted">${boxes} things and ${given.edges.length} arrows are too many to be drawn readably.</p>`,
    );
  }
  const graph = graphIn(given);
  const things = new Map(given.clusters.flatMap(({ nodes }) => nodes).map((node) => [node.id, node]));
  const drawn = svgOf(graph, await layout(graph), {
    title: `What stands in ${index.review.title}`,
    embedded: true,
    classes: new Map(
      [...things].flatMap(([id, { action }]) => (action === undefined ? [] : [[id, classOf(action)] as const])),
    ),
    markOf: (id) => markOf(things.get(id)),
    linkOf: (id) => linkOf(index, things.get(id)),
  });
  return section(
    html`<div class="picture-frame" tabindex="0" role="group" aria-label="Picture, scrolls sideways">
        ${trusted(drawn)}
      </div>
      <p class="muted small">
        + created, ~ updated, −/+ replaced, − destroyed, and nothing before what stays. A box leads to its changes.
      </p>`,
  );
}

function section(content: Content): Content {
  return html`<section aria-labelledby="picture">
    <h2 id="picture">Picture</h2>
    ${content}
  </section> `;
}

function graphIn({ clusters, outside, edges }: Picture): Graph {
  const node = (thing: PictureThing) => ({ ...thing, addresses: [] });
  return {
    clusters: clusters.map((cluster) => ({ ...cluster, nodes: cluster.nodes.map(node) })),
    outside: outside.map(node),
    edges,
  };
}

function classOf(action: Change["action"]): string {
  if (action === "replace" || action === "replace-create-first" || action === "create-forget") return "replace";
  return ["create", "update", "delete"].includes(action) ? action : "update";
}

function markOf(thing: PictureThing | undefined): string | undefined {
  if (thing?.action === undefined) return undefined;
  const grave = thing.severity === "critical" || thing.severity === "high" ? "⚠ " : "";
  return `${grave}${labelOf({ action: thing.action }).symbol}`;
}

/** The first change in a construct, or of a resource; nothing where none is. */
function linkOf(index: PageIndex, thing: PictureThing | undefined): string | undefined {
  if (thing?.action === undefined) return undefined;
  const slash = thing.id.indexOf("/");
  const [stack, rest] = [thing.id.slice(0, slash), thing.id.slice(slash + 1)];
  const changes = index.review.stacks.find(({ name }) => name === stack)?.changes ?? [];
  const change = changes.find(
    ({ construct, address, type }) =>
      construct === rest ||
      construct.startsWith(`${rest}/`) ||
      address === rest ||
      address.startsWith(`${rest}[`) ||
      type === rest.split("/").at(-1),
  );
  const anchor = change === undefined ? index.anchors.stack(stack) : index.anchors.change(change);
  return anchor === undefined ? undefined : `#${anchor}`;
}
