import type { Review } from "../review";
import { renderHtml } from "./html/render-html";
import { renderJson } from "./json";
import { renderMarkdown } from "./markdown";
import { renderSarif } from "./sarif";
import { renderTerminal } from "./terminal";

const same = (text: string) => text;
const PLAIN = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
const WIDTH = 160;

/** The text of a review as a file has it: without colours. */
export function plainText(
  review: Review,
  more: { readonly columns?: number; readonly verbose?: boolean } = {},
): string {
  return renderTerminal(review, { paint: PLAIN, columns: WIDTH, ...more });
}

/** A review in every form, by the ending of its file. `marker` is the first line of the comment, by which it is found again. */
export async function formsOf(
  review: Review,
  marker?: string,
): Promise<Readonly<Record<"txt" | "md" | "json" | "sarif" | "html", string>>> {
  return {
    txt: plainText(review),
    md: renderMarkdown(review, marker === undefined ? {} : { marker }),
    json: renderJson(review),
    sarif: renderSarif(review),
    html: await renderHtml(review),
  };
}
