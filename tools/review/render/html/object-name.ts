import type { ActionLabel } from "../action-label";
import { html, type Markup } from "./markup";

/** A symbol, a word and a colour for what happens to an object. */
export function action({ key, symbol, word }: ActionLabel): Markup {
  return html`<span class="act ${key}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

/** Where an object belongs, in words: its construct and its stack. */
export function place({ construct, stack }: { readonly construct: string; readonly stack: string }): string {
  return construct === "" ? `in ${stack}` : `${construct} in ${stack}`;
}
