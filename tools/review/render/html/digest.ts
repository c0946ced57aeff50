import type { AttributeChange, Change, Shown } from "../../review";
import { html, type Content, type Markup } from "./markup";

/** How many attributes a line names, and how long a value on it may be. */
const NAMED = 2;
const LONGEST = 28;

/** What changes of an object, on one line: what forces the replacement, or the first attributes with their values where these are short. */
export function digest({ action, attributes }: Change): Content {
  if (!["update", "replace", "replace-create-first", "create-forget"].includes(action)) return undefined;
  const forcing = attributes.filter(({ forcesReplacement }) => forcesReplacement);
  const all = forcing.length > 0 ? forcing : attributes;
  if (all.length === 0) return undefined;
  const rest = attributes.length - Math.min(all.length, NAMED);
  return html`<span class="digest"
    >${all.slice(0, NAMED).map((attribute) => html`<span>${brief(attribute)}</span>`)}${rest > 0 && html`<span>and ${rest} more</span>`}</span
  >`;
}

function brief({ path, kind, before, after, hunk, meaning }: AttributeChange): Markup {
  const [old, now] = [short(before), short(after)];
  if (kind !== "change" || hunk !== undefined || meaning !== undefined || old === undefined || now === undefined)
    return html`${path}`;
  return html`${path} ${old} → <b>${now}</b>`;
}

function short(value: Shown | undefined): string | undefined {
  if (value?.kind === "null") return "null";
  return value?.kind === "value" && value.text.length <= LONGEST ? value.text : undefined;
}
