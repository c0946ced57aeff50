import type { AttributeChange, Change, HunkLine, Shown } from "../../review";
import { plural } from "../../../cli/text";
import { html, type Content, type Markup } from "./markup";
import { partsThatDiffer } from "./parts-that-differ";

/** How many attributes, and sentences about a policy, are read before the rest is folded. */
const MOST_ROWS = 24;
const MOST_SENTENCES = 8;

/** The attributes of a change: a list of what is set or gone, or a table of what was and what will be. */
export function attributes({ attributes: all, unchanged }: Change): Content {
  if (all.length === 0) return unchanged > 0 && html`<p class="note">${rest(unchanged, false)}</p> `;
  const plain = all.every(isPlain);
  const oneSided = plain && new Set(all.map(({ kind }) => kind)).size === 1;
  return [oneSided ? list(all) : table(all), unchanged > 0 && html`<p class="note">${rest(unchanged, true)}</p> `];
}

function rest(unchanged: number, more: boolean): string {
  const attributes = `${unchanged}${more ? " other" : ""} ${unchanged === 1 ? "attribute" : "attributes"}`;
  return `${attributes} ${unchanged === 1 ? "stays as it is" : "stay as they are"}.`;
}

function isPlain({ kind, forcesReplacement, hunk, meaning }: AttributeChange): boolean {
  return (kind === "add" || kind === "remove") && !forcesReplacement && hunk === undefined && meaning === undefined;
}

/** Things that are all set, or all gone: the name and the value, without end tags, since there may be a hundred thousand of them. */
function list(all: readonly AttributeChange[]): Markup {
  const gone = all[0]?.kind === "remove";
  return html`<dl class="${gone ? "gone" : "set"}">
    ${all.map(
      ({ path, before, after }) =>
        html`<dt>${path}</dt>
          <dd>${shown(gone ? before : after)}</dd> `,
    )}
  </dl> `;
}

function table(all: readonly AttributeChange[]): Content {
  const [shownRows, folded] = [all.slice(0, MOST_ROWS), all.slice(MOST_ROWS)];
  return [
    rows(shownRows),
    folded.length > 0 &&
      html`<details class="more">
        <summary>${plural(folded.length, "more attribute")}</summary>
        ${rows(folded)}
      </details> `,
  ];
}

function rows(all: readonly AttributeChange[]): Markup {
  return html`<table class="diff">
<thead><tr><th scope="col">Attribute<th scope="col">Before<th scope="col">After<tbody>
${all.map(row)}</table>
`;
}

function row(attribute: AttributeChange): Markup {
  const { path, kind, forcesReplacement, meaning, hunk } = attribute;
  const name = html`<th scope="row">
    ${path}${forcesReplacement && html` <b class="forces">forces replacement</b>`}${kind === "sensitivity" && html` <b class="sensitivity">only whether it is sensitive</b>`}
  </th>`;
  const said =
    meaning !== undefined &&
    meaning.length > 0 &&
    html`${sentences(meaning.slice(0, MOST_SENTENCES))}${
      meaning.length > MOST_SENTENCES &&
      html`<details class="more">
        <summary>${meaning.length - MOST_SENTENCES} more</summary>
        ${sentences(meaning.slice(MOST_SENTENCES))}
      </details>`
    }`;
  if (hunk !== undefined)
    return html`<tr>
      ${name}
      <td colspan="2">${said}${lines(hunk)}</td>
    </tr> `;
  if (said !== false) {
    const raw = attribute.before !== undefined || attribute.after !== undefined;
    return html`<tr>
      ${name}
      <td colspan="2">
        ${said}${
          raw &&
          html`<details class="more">
            <summary>Its text</summary>
            <p class="raw">${sides(attribute)}</p>
          </details>`
        }
      </td>
    </tr> `;
  }
  const [before, after] = marked(attribute);
  return html`<tr>
    ${name}
    <td class="old">${before}</td>
    <td class="new">${after}</td>
  </tr> `;
}

function sentences(meaning: readonly string[]): Markup {
  return html`<ul class="meaning">
    ${meaning.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

/** Both sides on one line. */
function sides(attribute: AttributeChange): Markup {
  const [before, after] = marked(attribute);
  return html`<del>${before}</del> → <ins>${after}</ins>`;
}

/** Both sides, with the parts marked by which two long texts differ. */
function marked({ before, after }: AttributeChange): readonly [Markup, Markup] {
  if (before?.kind === "value" && after?.kind === "value") {
    const parts = partsThatDiffer(before.text, after.text);
    if (parts !== undefined) {
      const { start, old, now, end } = parts;
      const side = (middle: string) => html`${start}${middle !== "" && html`<mark>${middle}</mark>`}${end}`;
      return [side(old), side(now)];
    }
  }
  return [shown(before), shown(after)];
}

/** A value; one that is not known or not to be seen is set apart from a text that reads the same. */
export function shown(value: Shown | undefined): Markup {
  if (value === undefined) return html`<i class="unset">not set</i>`;
  if (value.kind === "value") return html`${value.text}`;
  return html`<i class="${value.kind}">${value.text}</i>`;
}

function lines(hunk: readonly HunkLine[]): Markup {
  const line = ({ op, text }: HunkLine): Content => {
    if (op === "…") return html`<span class="skip-lines">… ${text}</span> `;
    if (op === " ") return html` ${text} `;
    return op === "+" ? html`<ins>+ ${text}</ins> ` : html`<del>- ${text}</del> `;
  };
  return html`<pre class="hunk">${hunk.map(line)}</pre>`;
}
