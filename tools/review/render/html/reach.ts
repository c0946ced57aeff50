import { plural } from "../../../cli/text";
import type { Reach } from "../../review";
import { labelOf } from "../action-label";
import { html, type Content, type Markup } from "./markup";
import { action, place } from "./object-name";
import type { PageIndex } from "./page-index";

const ROWS = 12;

/** What depends on what is replaced or destroyed. */
export function reach(index: PageIndex): Content {
  const all = index.review.blastRadius.filter(({ affected }) => affected.length > 0);
  if (all.length === 0) return undefined;
  return html`<section class="reach" aria-labelledby="reach">
    <h2 id="reach">What depends on what is replaced or destroyed</h2>
    ${all.map((one) => item(one, index))}
  </section> `;
}

function item(one: Reach, index: PageIndex): Markup {
  const [shown, folded] = [one.affected.slice(0, ROWS), one.affected.slice(ROWS)];
  return html`<div class="reached" id="${index.anchors.reach(one)}">
    <h3>${action(labelOf(one))} ${linked(one, index)} <span class="soft">${place(one)}</span></h3>
    <ul class="plain">
      ${shown.map((affected) => row(affected, index))}
    </ul>
    ${
      folded.length > 0 &&
      html`<details class="more">
        <summary>${plural(folded.length, "more thing")}</summary>
        <ul class="plain">
          ${folded.map((affected) => row(affected, index))}
        </ul>
      </details> `
    }
  </div> `;
}

function row(affected: Reach["affected"][number], index: PageIndex): Markup {
  const through = affected.distance === 1 ? "directly" : `${affected.distance} references away`;
  return html`<li>
    ${action(labelOf(affected))} ${linked(affected, index)} <span class="soft">${place(affected)}, ${through}</span>
  </li> `;
}

function linked(object: { readonly stack: string; readonly address: string }, index: PageIndex): Markup {
  const target = index.link(object);
  const name = html`<code class="address">${object.address}</code>`;
  return target === undefined ? name : html`<a href="#${target}">${name}</a>`;
}
