import type { Graph } from "../../../picture/graph";
import { layout } from "../../../picture/layout";
import { svgOf } from "../../../picture/svg";
import { condensed } from "../../picture/condensed";
import type { Picture, PictureThing } from "../../review";
import { visible } from "../../visible";
import { ACTION_KEYS, labelOf, labelOfKey, type ActionLabel } from "../action-label";
import { icon } from "./icons";
import { html, trusted, type Content, type Markup } from "./markup";
import { action } from "./object-name";
import type { PageIndex } from "./page-index";

/** How much of a name, and of what a thing is, a box shows: one long name would make the others small. */
const LONGEST_NAME = 40;
const LONGEST_PART = 34;

/** The picture of what stands, with what changes marked by colour and by a symbol; each box leads to its change. */
export async function picture(index: PageIndex): Promise<Content> {
  const whole = index.review.picture;
  if (whole === undefined) return undefined;
  const given = condensed(whole);
  if (given === undefined) return tooMuch(whole);
  const graph = graphIn(given);
  const things = given.clusters.flatMap(({ name, nodes }) => nodes.map((thing) => ({ thing, stack: name })));
  const byId = new Map(things.map((one) => [one.thing.id, one]));
  const drawn = svgOf(graph, await layout(graph), {
    title: `What stands in ${visible(index.review.title)}`,
    embedded: true,
    classes: new Map(things.map(({ thing }) => [thing.id, classOf(thing)])),
    linkOf: (id) => {
      const one = byId.get(id);
      const target = one === undefined ? undefined : linkOf(index, one.thing);
      return one === undefined || target === undefined
        ? undefined
        : { href: target, label: `${said(one.thing)}, in ${cut(one.stack, LONGEST_NAME)}` };
    },
  });
  return html`<section aria-labelledby="picture">
    <h2 id="picture">Picture</h2>
    <p class="note legend">
      ${legend(things.map(({ thing }) => thing))} A box leads to its
      changes.${given !== whole && " What neither changes nor is next to a change is only counted, and things that are alike share a box."}
    </p>
    <div class="picture-frame" tabindex="0" role="group" aria-label="Picture, scrolls sideways">${trusted(drawn)}</div>
    ${inWords(given, index)}
  </section> `;
}

function tooMuch({ clusters }: Picture): Markup {
  const things = clusters.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return html`<section aria-labelledby="picture">
    <h2 id="picture">Picture</h2>
    <p class="note">${things} things in ${clusters.length} stacks are too many for a picture that can be read.</p>
  </section> `;
}

function legend(things: readonly PictureThing[]): Content {
  const keys = new Set(things.map(labelIn).map((label) => label?.key));
  const grave = things.some(isGrave);
  return [
    ...ACTION_KEYS.filter((key) => keys.has(key)).map((key) => html`${action(labelOfKey(key))} `),
    grave && html`<span class="grave-mark">${icon("high")} critical or high risk.</span> `,
    "What has no colour stays as it is.",
  ];
}

/** The same as a list, for who cannot see the picture. */
function inWords({ clusters, outside, edges }: Picture, index: PageIndex): Markup {
  const names = new Map([...clusters.flatMap(({ nodes }) => nodes), ...outside].map(({ id, name }) => [id, name]));
  const item = (thing: PictureThing) => {
    const [label, target] = [labelIn(thing), linkOf(index, thing)];
    const name = target === undefined ? html`${thing.name}` : html`<a href="${target}">${thing.name}</a>`;
    const asked = edges.filter(({ from }) => from === thing.id).map(({ to }) => names.get(to) ?? to);
    return html`<li>
      ${label !== undefined && action(label)} ${name}
      <span class="soft"
        >${[...thing.parts, thing.severity === undefined ? "" : `${thing.severity} risk`, asked.length === 0 ? "" : `→ ${asked.join(", ")}`].filter((text) => text !== "").join(" · ")}</span
      >
    </li> `;
  };
  return html`<details class="more words">
    <summary>The picture in words</summary>
    ${[...clusters, ...(outside.length > 0 ? [{ name: "outside", where: "", nodes: outside }] : [])].map(
      ({ name, where, nodes }) =>
        html`<h3>${name}${where !== "" && html` <span class="tally">${where}</span>`}</h3>
          <ul class="plain">
            ${nodes.map(item)}
          </ul> `,
    )}
  </details> `;
}

/** The picture as the layout takes it: names with their marks, and no longer than a box. */
function graphIn({ clusters, outside, edges }: Picture): Graph {
  const node = (thing: PictureThing) => {
    const { name, parts } = short(thing);
    const marks = [isGrave(thing) ? "⚠" : "", labelIn(thing)?.symbol ?? ""];
    return { ...thing, name: [...marks, name].join(" ").trim(), parts, addresses: [] };
  };
  return {
    clusters: clusters.map(({ name, where, nodes }) => ({
      name: cut(name, LONGEST_NAME),
      where: cut(where, LONGEST_NAME),
      nodes: nodes.map(node),
    })),
    outside: outside.map(node),
    edges,
  };
}

function short({ name, parts }: PictureThing): Pick<PictureThing, "name" | "parts"> {
  return { name: cut(name, LONGEST_NAME), parts: parts.map((part) => cut(part, LONGEST_PART)) };
}

function cut(text: string, most: number): string {
  const letters = [...visible(text)];
  return letters.length <= most ? letters.join("") : `${letters.slice(0, most - 1).join("")}…`;
}

function labelIn({ action: one }: PictureThing): ActionLabel | undefined {
  return one === undefined ? undefined : labelOf({ action: one });
}

function isGrave({ severity }: PictureThing): boolean {
  return severity === "critical" || severity === "high";
}

function classOf(thing: PictureThing): string {
  return [labelIn(thing)?.key ?? "same", ...(isGrave(thing) ? ["grave"] : [])].join(" ");
}

/** What a box says, symbols in words. */
function said(thing: PictureThing): string {
  const { name, parts } = short(thing);
  const marks = [labelIn(thing)?.word, thing.severity].filter((word) => word !== undefined);
  return `${[name, ...parts].join(" ")}: ${marks.join(", ")}`;
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
