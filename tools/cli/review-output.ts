import { join, resolve } from "node:path";
import { ExitCode } from "../exit-code";
import { writeFile } from "../files";
import { isAtLeast } from "../plan/review-bundle";
import { renderHtml } from "../review/render/html/render-html";
import { renderJson } from "../review/render/json";
import { renderMarkdown } from "../review/render/markdown";
import { renderSarif } from "../review/render/sarif";
import { renderTerminal } from "../review/render/terminal";
import type { Review, Severity } from "../review/review";
import type { Flag, Invocation } from "./command";

/** Every form a review comes in, with the ending of its file. */
const FORMATS = { terminal: "txt", markdown: "md", html: "html", json: "json", sarif: "sarif" } as const;

/** A form of a review. */
export type Format = keyof typeof FORMATS;

const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);

/** In which form, and where to. */
export const OUTPUT_FLAGS: Readonly<Record<"format" | "out" | "verbose" | "exit-zero", Flag>> = {
  format: {
    summary: `${Object.keys(FORMATS).join(", ")} or all, with commas between`,
    value: "FORMATS",
    default: "terminal",
    problem: (value) =>
      value === "all" || value.split(",").every((name) => isFormat(name.trim()))
        ? undefined
        : `must be of ${Object.keys(FORMATS).join(", ")}, all`,
  },
  out: { summary: "folder to write review.<ending> into; without it, one form is printed", value: "FOLDER" },
  verbose: { summary: "in the terminal, show every change with its attributes" },
  "exit-zero": { summary: "exit with 0 also when there are changes or risks" },
};

/** Renders a review in the wanted forms: into files of a folder, or to standard output. Returns the files. */
export async function writeReview(review: Review, invocation: Invocation, folder?: string): Promise<string[]> {
  const { flags, terminal, folder: here } = invocation;
  const wanted = formatsOf(String(flags["format"] ?? "terminal"));
  const out = typeof flags["out"] === "string" ? resolve(here, flags["out"]) : folder;
  if (out === undefined) {
    for (const format of wanted) terminal.out(await rendered(review, format, invocation, true));
    return [];
  }
  const files: string[] = [];
  for (const format of wanted) {
    const path = join(out, `review.${FORMATS[format]}`);
    writeFile(path, await rendered(review, format, invocation, false));
    files.push(path);
  }
  return files;
}

/** The forms a flag names. */
function formatsOf(value: string): Format[] {
  const all = Object.keys(FORMATS).filter(isFormat);
  return value === "all"
    ? all
    : value
        .split(",")
        .map((name) => name.trim())
        .filter(isFormat);
}

/** The exit code of a review: a failure before a policy, that before a risk, that before mere changes. */
export function reviewCode(reviews: readonly Review[], threshold: Severity | undefined, zero: boolean): ExitCode {
  const has = (outcome: Review["verdict"]["outcome"]) => reviews.some(({ verdict }) => verdict.outcome === outcome);
  if (has("failed")) return ExitCode.failed;
  if (zero) return ExitCode.fine;
  if (has("blocked")) return ExitCode.blockedByPolicy;
  const risky =
    threshold !== undefined &&
    reviews.some(({ risks }) => risks.some(({ severity }) => isAtLeast(severity, threshold)));
  if (risky) return ExitCode.risk;
  return reviews.every(({ verdict }) => verdict.outcome === "no-changes") ? ExitCode.fine : ExitCode.changes;
}

const same = (text: string) => text;
const PLAIN = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

async function rendered(
  review: Review,
  format: Format,
  { terminal, flags }: Invocation,
  printed: boolean,
): Promise<string> {
  switch (format) {
    case "terminal": {
      const columns = printed && terminal.interactive ? terminal.columns() : 160;
      return renderTerminal(review, {
        paint: printed ? terminal.paint : PLAIN,
        columns,
        verbose: flags["verbose"] === true,
      });
    }
    case "markdown":
      return renderMarkdown(review);
    case "html":
      return renderHtml(review);
    case "json":
      return renderJson(review);
    case "sarif":
      return renderSarif(review);
  }
}
