import type { AttributeChange, Change } from "../review";
import { labelOf } from "./action-label";

/** A line of a change as text. */
export interface ChangeLine {
  readonly op: "+" | "-" | " ";
  readonly text: string;
}

/** An object in one line: symbol, address, what else it is called, and why it changes. */
export function headline(change: Change): string {
  const { address, deposed, previousAddress, importing, why, construct, generatedConfig } = change;
  const { symbol, word } = labelOf(change);
  const notes = [
    ...(deposed === undefined ? [] : [`deposed ${deposed}`]),
    ...(construct === "" ? [] : [construct]),
    ...(previousAddress === undefined ? [] : [`was ${previousAddress}`]),
    ...(importing === undefined ? [] : [`imports ${importing}`]),
    ...(generatedConfig ? ["configuration generated"] : []),
    ...(word === "unknown" ? [`actions ${change.rawActions.join(", ") || "none"}`] : []),
  ];
  return `${symbol} ${address}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}${why === undefined ? "" : `: ${why}`}`;
}

/** What happens to the attributes, a line or two each. */
export function attributeLines(attributes: readonly AttributeChange[]): ChangeLine[] {
  return attributes.flatMap((attribute): ChangeLine[] => {
    const { path, before, after, forcesReplacement, meaning, hunk, kind } = attribute;
    const mark = forcesReplacement ? "  # forces replacement" : "";
    if (kind === "sensitivity")
      return [{ op: " ", text: `${path}: the same value, no longer marked as before (sensitive or not)${mark}` }];
    if (meaning !== undefined) {
      return [
        { op: " ", text: `${path}:${mark}` },
        ...meaning.map((sentence): ChangeLine => ({
          op: /^(allows|no longer denies)/.test(sentence) ? "+" : "-",
          text: `  ${sentence}`,
        })),
      ];
    }
    if (hunk !== undefined) {
      return [
        { op: " ", text: `${path}:${mark}` },
        ...hunk.map(({ op, text }): ChangeLine => ({
          op: op === "…" ? " " : op,
          text: `  ${op === "…" ? "… " : ""}${text}`,
        })),
      ];
    }
    return [
      ...(before === undefined
        ? []
        : [{ op: "-" as const, text: `${path}: ${before.text}${after === undefined ? mark : ""}` }]),
      ...(after === undefined ? [] : [{ op: "+" as const, text: `${path}: ${after.text}${mark}` }]),
      ...(before === undefined && after === undefined ? [{ op: " " as const, text: path }] : []),
    ];
  });
}

/** A change of an attribute in one line: `engine: "mysql" → "postgres"`. */
export function attributeLine({ path, before, after, forcesReplacement, meaning, hunk }: AttributeChange): string {
  const mark = forcesReplacement ? " (forces replacement)" : "";
  if (meaning !== undefined) return `${path}: ${meaning.join("; ")}${mark}`;
  if (hunk !== undefined) {
    const [added, removed] = ["+", "-"].map((op) => hunk.filter((line) => line.op === op).length);
    return `${path}: ${added} lines added, ${removed} removed${mark}`;
  }
  if (before === undefined) return `${path}: ${after?.text ?? ""}${mark}`;
  return `${path}: ${before.text} → ${after?.text ?? "nothing"}${mark}`;
}
