import { SEVERITIES, type Review } from "../../review";
import { ACTION_KEYS, labelOf, labelOfKey } from "../action-label";
import { html, type Content } from "./markup";

/** Search and filters. They do nothing without the script, so the script shows them. */
export function toolbar({ stacks }: Review): Content {
  const all = stacks.flatMap(({ changes }) => changes);
  if (all.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const change of all) {
    const { key } = labelOf(change);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const severities = SEVERITIES.filter((severity) => all.some((change) => change.severity === severity));
  return html`<form class="tools" id="tools" role="search" aria-label="Changes" hidden>
    <div class="field search">
      <label class="vh" for="q">Search the changes</label
      ><input
        id="q"
        type="search"
        placeholder="Search address, construct or value"
        autocomplete="off"
        spellcheck="false"
      /><kbd aria-hidden="true">/</kbd>
    </div>
    <fieldset class="chips">
      <legend class="vh">Only these actions</legend>
      ${ACTION_KEYS.filter((key) => counts.has(key)).map((key) => {
        const { symbol, word } = labelOfKey(key);
        return html`<button type="button" class="${key}" data-a="${key}" aria-pressed="false">
          <span aria-hidden="true">${symbol}</span>${word} <b>${counts.get(key)}</b>
        </button> `;
      })}
    </fieldset>
    ${
      stacks.length > 1 &&
      html`<div class="field">
        <label for="in">Stack</label
        ><select id="in">
          <option value="">all</option>
          ${stacks.map(({ name }) => html`<option>${name}</option>`)}
        </select>
      </div> `
    }${
      severities.length > 0 &&
      html`<div class="field">
        <label for="at">Risk</label
        ><select id="at">
          <option value="">any or none</option>
          ${severities.map((severity, at) => html`<option value="${severity}">${severity}${at > 0 && " or graver"}</option>`)}
        </select>
      </div> `
    }
    <p class="found" id="found" role="status" aria-live="polite"></p>
    <div class="field">
      <button type="button" id="open">Expand all</button><button type="button" id="shut">Collapse all</button>
    </div>
  </form> `;
}
