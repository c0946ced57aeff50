import type { Paint } from "../../cli/terminal";
import { columns as aligned } from "../../cli/text";
import {
  SEVERITIES,
  type Banner,
  type Change,
  type Counts,
  type Review,
  type Severity,
  type StackReview,
} from "../review";
import { visible } from "../visible";
import { ACTION_KEYS, isDestructive, labelOf, labelOfKey, type ActionKey } from "./action-label";
import { alike, type Alike } from "./alike";
import { attributeLine, headline } from "./change-lines";

interface TerminalOptions {
  readonly paint: Paint;
  /** Width of the window. */
  readonly columns: number;
  /**
   * Whether every change is shown with its attributes.
   * @default false
   */
  readonly verbose?: boolean;
}

/** Harmless changes of a stack that are listed, and attributes of one, before the rest is counted. */
const MOST_CHANGES = 12;
const MOST_ATTRIBUTES = 8;
const MOST_RISKS = 12;

/** A review for a terminal: what a person reads before saying yes. */
export function renderTerminal(review: Review, options: TerminalOptions): string {
  const { paint, columns, verbose = false } = options;
  const lines = [
    ...review.banners.map((banner) => bannerLine(banner, paint)),
    ...(review.banners.length === 0 ? [] : [""]),
    verdictLine(review, paint),
    ...countsTable(review, paint),
    ...riskLines(review, options),
    ...order(review),
    ...review.stacks.flatMap((stack) => stackLines(stack, review.kind, options)),
    ...rest(review, paint, verbose),
  ];
  return `${lines.flatMap((line) => wrapped(tame(line), columns)).join("\n")}\n`;
}

// eslint-disable-next-line no-control-regex -- a colour begins with an escape
const COLOUR = /\u001b\[[0-9;]*m/g;
// eslint-disable-next-line no-control-regex -- likewise
const ONE_COLOUR = /(\u001b\[\d+m)/;
const NARROWEST = 40;

/** A line whose only control characters are our colours. */
function tame(line: string): string {
  return line
    .split(ONE_COLOUR)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}

/** A line on as many as it needs, each but the first indented further. Nothing is cut off: what a person approves has to be there. */
function wrapped(line: string, width: number): string[] {
  const room = Math.max(width, NARROWEST);
  const length = (text: string) => text.replaceAll(COLOUR, "").length;
  if (length(line) <= room) return [line];
  const indent = /^ */.exec(line.replaceAll(COLOUR, ""))?.[0] ?? "";
  const result: string[] = [];
  let current = "";
  for (const word of line.split(/(?<=\S) /)) {
    const next = current === "" ? word : `${current} ${word}`;
    if (current !== "" && length(next) > room) {
      result.push(current);
      current = `${indent}  ${word}`;
    } else current = next;
  }
  return [...result, current];
}

function bannerLine({ level, text }: Banner, paint: Paint): string {
  if (level === "error") return paint.red(`! ${text}`);
  return level === "warning" ? paint.yellow(`! ${text}`) : `  ${text}`;
}

function verdictLine({ verdict, title }: Review, paint: Paint): string {
  const colour = {
    "no-changes": paint.green,
    changes: paint.cyan,
    risk: paint.red,
    blocked: paint.red,
    failed: paint.red,
  }[verdict.outcome];
  return `${paint.bold(title)}: ${colour(verdict.text)}`;
}

function countsTable({ stacks, counts }: Review, paint: Paint): string[] {
  const keys = ACTION_KEYS.filter((key) => counts[key] > 0);
  if (keys.length === 0) return [];
  const rows = stacks.filter((stack) => keys.some((key) => stack.counts[key] > 0));
  const cell = (of: Counts) => (key: ActionKey) => (of[key] === 0 ? "" : String(of[key]));
  const table = [
    ["", ...keys.map((key) => labelOfKey(key).word), ""],
    ...rows.map((stack) => [stack.name, ...keys.map(cell(stack.counts)), stack.status === "preview" ? "preview" : ""]),
    ...(rows.length > 1 ? [["in all", ...keys.map(cell(counts)), ""]] : []),
  ];
  const [head = "", ...body] = aligned(table);
  return ["", paint.dim(head), ...body];
}

function severityText(severity: Severity, paint: Paint): string {
  const text = severity.padEnd(8);
  if (severity === "critical" || severity === "high") return paint.red(text);
  return severity === "medium" ? paint.yellow(text) : paint.dim(text);
}

function riskLines({ risks }: Review, { paint, verbose = false }: TerminalOptions): string[] {
  if (risks.length === 0) return [];
  const shownRisks = verbose ? risks : risks.slice(0, MOST_RISKS);
  const left = risks.length - shownRisks.length;
  return [
    "",
    paint.bold("Risks"),
    ...shownRisks.flatMap(({ severity, title, stack, address, construct, evidence, fix }) => [
      `  ${severityText(severity, paint)} ${paint.bold(title)}`,
      `           ${stack}  ${construct === "" ? address : `${construct}  ${paint.dim(address)}`}`,
      `           ${evidence}`,
      ...(severity === "low" && !verbose ? [] : [paint.dim(`           ${fix}`)]),
    ]),
    ...(left > 0 ? [`  and ${left} more: ${severitiesOf(risks.slice(MOST_RISKS))}`] : []),
  ];
}

function severitiesOf(risks: Review["risks"]): string {
  return SEVERITIES.flatMap((severity) => {
    const number = risks.filter((risk) => risk.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity}`];
  }).join(", ");
}

function order({ stacks, kind }: Review): string[] {
  const changing = stacks.filter(({ status }) => status === "changes" || status === "preview");
  if (changing.length < 2 || kind === "drift" || kind === "configuration-diff") return [];
  const waves = [...new Set(changing.map(({ wave }) => wave))].sort((a, b) => a - b);
  const names = waves.map((wave) =>
    changing
      .filter((stack) => stack.wave === wave)
      .map(({ name }) => name)
      .join(", "),
  );
  return ["", `Order: ${names.join(" → ")}`];
}

function stackLines(stack: StackReview, kind: Review["kind"], options: TerminalOptions): string[] {
  const { paint, verbose = false } = options;
  const { name, changes, outputs, drift, otherDrift, deferred, checks, invocations, problems, remarks, status } = stack;
  const failing = checks.filter(({ status: result }) => result !== "pass");
  const body = [
    ...problems.map(
      ({ summary, address, hint }) =>
        `  ${paint.red("Error:")} ${summary}${address === undefined ? "" : ` (${address})`}${hint === undefined ? "" : `. ${hint}`}`,
    ),
    ...changeLines(changes, options),
    ...outputLines(outputs, verbose),
    ...section(
      `changed outside of Terraform${kind === "drift" ? "" : ", which this plan follows from"}`,
      drift,
      verbose,
    ),
    ...section("changed outside of Terraform", otherDrift, verbose),
    ...deferred.map(({ change, why }) => `  put off: ${headline(change)} (${why})`),
    ...failing.map(
      ({ address, status: result, problems: words }) =>
        `  ${paint.yellow(`check ${result}`)} ${address}${words.length === 0 ? "" : `: ${words.join("; ")}`}`,
    ),
    ...invocations.map(
      ({ address, trigger, deferred: later }) =>
        `  action ${address}${trigger === "" ? "" : ` ${trigger}`}${later ? ", put off" : ""}`,
    ),
    ...remarks.map((remark) => paint.dim(`  note: ${remark}`)),
  ];
  if (body.length === 0) return [];
  return ["", `${paint.bold(name)}${status === "preview" ? paint.dim(" (preview)") : ""}`, ...body];
}

function changeLines(changes: readonly Change[], { paint, verbose = false }: TerminalOptions): string[] {
  const grave = changes.filter(
    (change) => isDestructive(change) || change.severity === "critical" || change.severity === "high",
  );
  const others = changes.filter((change) => !grave.includes(change));
  const groups = verbose ? others.map((change): Alike => ({ changes: [change] })) : alike(others);
  const listed = verbose ? groups : groups.slice(0, MOST_CHANGES);
  const left = others.length - listed.reduce((sum, { changes: own }) => sum + own.length, 0);
  return [
    ...grave.flatMap((change) => [coloured(change, paint), ...attributes(change, verbose)]),
    ...listed.flatMap(({ changes: [change, ...same] }) => [
      `${coloured(change, paint)}${same.length === 0 ? "" : paint.dim(` and ${same.length} more alike`)}`,
      ...(verbose || change.action === "update" ? attributes(change, verbose) : []),
    ]),
    ...(left > 0 ? [paint.dim(`  and ${left} more: --verbose shows them`)] : []),
  ];
}

function coloured(change: Change, paint: Paint): string {
  const line = `  ${headline(change)}`;
  if (isDestructive(change)) return paint.red(line);
  if (change.action === "create") return paint.green(line);
  return change.action === "update" ? paint.yellow(line) : line;
}

function attributes({ attributes: all, action }: Change, verbose: boolean): string[] {
  const certain = all.filter(({ after, forcesReplacement }) => forcesReplacement || after?.kind !== "unknown");
  const known = verbose || certain.length === 0 ? all : certain;
  const few = verbose ? known : action === "create" ? [] : known.slice(0, MOST_ATTRIBUTES);
  const left = verbose || action === "create" ? 0 : known.length - few.length;
  return [
    ...few.map((attribute) => `      ${attributeLine(attribute)}`),
    ...(left > 0 ? [`      and ${left} more`] : []),
  ];
}

function section(title: string, changes: readonly Change[], verbose: boolean): string[] {
  if (changes.length === 0) return [];
  const few = verbose ? changes : changes.slice(0, MOST_CHANGES);
  const left = changes.length - few.length;
  return [
    `  ${title}:`,
    ...few.flatMap((change) => [
      `    ${headline(change)}`,
      ...change.attributes.slice(0, verbose ? undefined : 3).map((one) => `        ${attributeLine(one)}`),
    ]),
    ...(left > 0 ? [`    and ${left} more`] : []),
  ];
}

const CROSS_STACK = "cross-stack-output-";

/** Outputs of a stack that are listed before the rest is counted. */
const MOST_OUTPUTS = 4;

function outputLines(outputs: StackReview["outputs"], verbose: boolean): string[] {
  // cdktf's own, by which another stack reads a value: that one comes is no news, that one changes or goes is.
  const internal = verbose
    ? []
    : outputs.filter(({ name, action }) => action === "create" && name.startsWith(CROSS_STACK));
  const others = outputs.filter((output) => !internal.includes(output));
  const few = verbose ? others : others.slice(0, MOST_OUTPUTS);
  const left = others.length - few.length;
  return [
    ...few.map(
      ({ name, action, before, after }) =>
        `  ${labelOf({ action }).symbol} output ${name}${values(before?.text, after?.text)}`,
    ),
    ...(left > 0 ? [`  and ${left} more outputs`] : []),
    ...(internal.length > 0
      ? [`  + ${internal.length} ${internal.length === 1 ? "output" : "outputs"} for other stacks`]
      : []),
  ];
}

function values(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return after === undefined ? "" : `: ${after}`;
  return `: ${before} → ${after ?? "nothing"}`;
}

function rest(
  { accepted, allowListProblems, blastRadius, cost, policy }: Review,
  paint: Paint,
  verbose: boolean,
): string[] {
  return [
    ...(blastRadius.length === 0 ? [] : ["", paint.bold("What depends on what is replaced or destroyed")]),
    ...blastRadius.map(({ address, affected }) => {
      const few = verbose ? affected : affected.slice(0, 4);
      const names = few
        .map(({ stack, address: other, construct }) => `${stack} ${construct === "" ? other : construct}`)
        .join(", ");
      return `  ${address}: ${names}${affected.length > few.length ? ` and ${affected.length - few.length} more` : ""}`;
    }),
    ...(accepted.length === 0 ? [] : ["", paint.bold("Accepted risks")]),
    ...accepted.map(
      ({ risk, reason, owner, expires }) =>
        `  ${risk.severity}  ${risk.rule}  ${risk.address}: ${reason} (${owner}, until ${expires})`,
    ),
    ...allowListProblems.map((problem) => paint.yellow(`! ${problem}`)),
    ...(policy === undefined
      ? []
      : [
          "",
          `Policies (${policy.tool}): ${policy.passed} passed, ${policy.failed} failed, ${policy.unknown} unknown, ${policy.suppressed} suppressed`,
        ]),
    ...(policy?.findings ?? []).map(
      ({ level, rule, stack, address, message }) => `  ${level}  ${rule}  ${stack} ${address}: ${message}`,
    ),
    ...(cost === undefined ? [] : ["", costLine(cost)]),
    ...(verbose ? (cost?.lines ?? []) : (cost?.lines ?? []).slice(0, 5)).map(
      ({ address, text }) => `  ${text}  ${paint.dim(address)}`,
    ),
  ];
}

/** What a change does to the bill, in one line. */
export function costLine({ before, after, unpriced }: NonNullable<Review["cost"]>): string {
  const missing = unpriced === 0 ? "" : `; ${unpriced} more without a fixed price`;
  const now = `$${after.toFixed(2)} a month at list price`;
  if (before === undefined) return `Cost: ${now}${missing}`;
  const by = after - before;
  return `Cost: ${now}, ${by < 0 ? "−" : "+"}$${Math.abs(by).toFixed(2)} (was $${before.toFixed(2)})${missing}`;
}
