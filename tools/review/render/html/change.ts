import type { Change } from "../../review";
import { isDestructive, labelOf } from "../action-label";
import { attributes } from "./attributes";
import { digest } from "./digest";
import { plural } from "../../../cli/text";
import { html, type Content, type Markup } from "./markup";
import { action } from "./object-name";
import type { PageIndex } from "./page-index";
import { badge } from "./severity";

/** Whether the page opens it by itself. */
export function isOpened(change: Change): boolean {
  return change.severity !== undefined || isDestructive(change);
}

/** What one object goes through: a line that says it, and all of it below. `why` is said where there is a reason beyond the change's own. */
export function changeRow(change: Change, index: PageIndex, opened: boolean, why?: string): Markup {
  const label = labelOf(change);
  const second = [change.construct, why, change.why].filter((text) => text !== undefined && text !== "").join(" — ");
  const grave = isOpened(change) ? " grave" : "";
  // The name is that of the body, not of the whole: a link to it opens the fold without any script.
  return html`<details
    class="change${grave}"
    data-a="${label.key}"
    ${change.severity !== undefined && html` data-s="${change.severity}"`}${opened && html` open`}
  >
    <summary>
      ${action(label)}<span class="name"
        ><code>${change.address}</code>${second !== "" && html`<span class="soft">${second}</span>`}</span
      >${digest(change)}${tags(change, label.key)}
    </summary>
    <div class="body" id="${index.anchors.change(change)}">
      ${risksOf(change, index)}${remarks(change)}${attributes(change)}${reachOf(change, index)}
    </div>
  </details> `;
}

function tags(change: Change, key: string): Content {
  const words = [
    change.mode === "managed" ? undefined : change.mode === "data" ? "data source" : "ephemeral",
    change.deposed === undefined ? undefined : "deposed",
    change.importing === undefined || key === "import" ? undefined : "import",
    change.previousAddress === undefined || key === "move" ? undefined : "moved",
  ].filter((word) => word !== undefined);
  if (words.length === 0 && change.severity === undefined) return undefined;
  return html`<span class="tags"
    >${words.map((word) => html`<span class="tag">${word}</span>`)}${change.severity !== undefined && badge(change.severity)}</span
  >`;
}

function risksOf(change: Change, index: PageIndex): Content {
  return index
    .risksOf(change)
    .map(
      (risk) =>
        html`<p class="why ${risk.severity}">
          ${badge(risk.severity)} <b>${risk.title}.</b> ${risk.why} <b>Fix:</b> ${risk.fix}
        </p> `,
    );
}

/** What is true of the change as a whole. */
function remarks(change: Change): Content {
  const facts: Content[] = [
    change.previousAddress !== undefined && html`It was <code>${change.previousAddress}</code> before.`,
    change.importing !== undefined && html`Imported: <code>${change.importing}</code>.`,
    change.deposed !== undefined &&
      html`An old object that is left from a replacement that did not finish, <code>${change.deposed}</code>.`,
    change.generatedConfig && "Terraform wrote configuration for it, which somebody has to keep.",
    change.action === "unknown" && html`Terraform says: <code>${change.rawActions.join(", ")}</code>.`,
    change.action === "replace-create-first" && "The new object is made before the old one is destroyed.",
    change.action === "forget" && "Terraform no longer manages it; it stays as it is.",
    change.action === "create-forget" && "The old object stays as it is, and is no longer managed.",
  ].filter((fact) => fact !== false && fact !== undefined);
  return facts.map((fact) => html`<p class="note">${fact}</p> `);
}

function reachOf(change: Change, index: PageIndex): Content {
  const reach = index.reach(change);
  if (reach === undefined || reach.affected.length === 0) return undefined;
  return html`<p class="note">
    <a href="#${index.anchors.reach(reach)}"
      >${plural(reach.affected.length, "thing")} ${reach.affected.length === 1 ? "depends" : "depend"} on it</a
    >
  </p> `;
}
