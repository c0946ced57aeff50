import { diffLines } from "diff";
import type { HunkLine } from "../review";
import { visible } from "../visible";
import { limited } from "./shown";

/** Lines shown around a changed one. */
const CONTEXT = 2;
/** Texts with more lines than this are not compared line by line: that takes too long, and nobody reads it. */
const MOST_LINES = 2_000;
const MOST_SHOWN = 80;

/** The lines in which two texts differ, with what surrounds them; undefined where a line each says it as well. */
export function hunkOf(before: string, after: string): HunkLine[] | undefined {
  if (!before.includes("\n") && !after.includes("\n")) return undefined;
  if (lines(before).length + lines(after).length > MOST_LINES) return undefined;
  const all = diffLines(before, after).flatMap(({ added, removed, value }): HunkLine[] => {
    const op = added ? "+" : removed ? "-" : " ";
    return lines(value).map((text) => ({ op, text: limited(visible(text), 200) }));
  });
  const near = new Set<number>();
  all.forEach(({ op }, index) => {
    if (op === " ") return;
    for (let at = index - CONTEXT; at <= index + CONTEXT; at += 1) near.add(at);
  });
  const kept: HunkLine[] = [];
  let skipped = 0;
  all.forEach((line, index) => {
    if (near.has(index)) {
      if (skipped > 0) kept.push(gap(skipped));
      skipped = 0;
      kept.push(line);
    } else skipped += 1;
  });
  if (skipped > 0) kept.push(gap(skipped));
  return kept.length <= MOST_SHOWN
    ? kept
    : [...kept.slice(0, MOST_SHOWN), { op: "…", text: `${kept.length - MOST_SHOWN} more lines` }];
}

function gap(count: number): HunkLine {
  return { op: "…", text: `${count} unchanged line${count === 1 ? "" : "s"}` };
}

function lines(text: string): string[] {
  const split = text.split("\n");
  return split.at(-1) === "" ? split.slice(0, -1) : split;
}
