import { isMap, LineCounter, parseDocument } from "yaml";
import { ExitCode } from "../../exit-code";
import { isObject, listOf, objectOf, stringOf } from "../../json";
import { UserError } from "../../user-error";
import { SEVERITIES, type AcceptedRisk, type Risk, type Severity } from "../review";

/** An entry that accepts risks. */
export interface AllowEntry {
  readonly rule: string;
  /** Pattern with `*` of stacks. */
  readonly stack?: string;
  /** Pattern with `*` of addresses. */
  readonly address?: string;
  /** Pattern with `*` of construct paths. */
  readonly construct?: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day it holds, as `2026-12-31`. */
  readonly expires: string;
}

/** What is accepted, and from which severity on a review fails, by tier. */
export interface AllowList {
  readonly failAt: Readonly<Partial<Record<string, Severity>>>;
  readonly accept: readonly AllowEntry[];
}

/** Nothing accepted; the default thresholds. */
export const NO_ALLOW_LIST: AllowList = { failAt: {}, accept: [] };

/** Fewer characters give no reason. */
const SHORTEST_REASON = 20;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the file with thresholds and accepted risks. Throws once, with every problem by its path and its line. */
export function parseAllowList(text: string, path: string, ruleIds: ReadonlySet<string>): AllowList {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) throw invalid(path, [broken.message.split("\n")[0] ?? "is no YAML"]);
  const whole: unknown = document.toJS();
  const root = objectOf(whole ?? {});
  const problems: string[] = [];
  if (whole !== null && !isObject(whole)) problems.push("must hold the keys failAt and accept");
  for (const key of Object.keys(root))
    if (!["failAt", "accept"].includes(key)) problems.push(`${key} is not known; there are failAt and accept`);
  if (root["failAt"] !== undefined && root["failAt"] !== null && !isObject(root["failAt"]))
    problems.push(
      `failAt must have a severity for each tier, such as prod: high, got ${JSON.stringify(root["failAt"])}`,
    );
  const failAt = Object.entries(objectOf(root["failAt"])).flatMap(([tier, value]) => {
    const severity = SEVERITIES.find((known) => known === value);
    if (severity === undefined)
      problems.push(`failAt.${tier} must be one of ${SEVERITIES.join(", ")}, got ${JSON.stringify(value)}`);
    return severity === undefined ? [] : [[tier, severity] as const];
  });
  if (root["accept"] !== undefined && root["accept"] !== null && !Array.isArray(root["accept"]))
    problems.push(`accept must be a list of entries, got ${JSON.stringify(root["accept"])}`);
  const accept = listOf(root["accept"]).flatMap((value, index) => {
    const node = document.getIn(["accept", index], true);
    const line = isMap(node) && node.range ? ` (line ${lines.linePos(node.range[0]).line})` : "";
    const { entry, wrong } = entryOf(value, ruleIds);
    problems.push(...wrong.map((problem) => `accept[${index}]${line}: ${problem}`));
    return entry === undefined ? [] : [entry];
  });
  if (problems.length > 0) throw invalid(path, problems);
  return { failAt: Object.fromEntries(failAt), accept };
}

function entryOf(value: unknown, ruleIds: ReadonlySet<string>): { entry?: AllowEntry; wrong: string[] } {
  if (!isObject(value))
    return { wrong: [`must be an entry with rule, reason, owner and expires, got ${JSON.stringify(value)}`] };
  const known = ["rule", "stack", "address", "construct", "reason", "owner", "expires"];
  const wrong = Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${key} is not known; there are ${known.join(", ")}`);
  const text = (key: string) => {
    const found = value[key];
    return found instanceof Date ? found.toISOString().slice(0, 10) : stringOf(found);
  };
  const [rule, reason, owner, expires] = ["rule", "reason", "owner", "expires"].map((key) => text(key) ?? "");
  if (rule === undefined || !ruleIds.has(rule))
    wrong.push(`rule must be the id of a rule, got ${JSON.stringify(value["rule"] ?? null)}`);
  if ((reason ?? "").trim().length < SHORTEST_REASON)
    wrong.push(`reason must have at least ${SHORTEST_REASON} characters, got ${JSON.stringify(reason)}`);
  if ((owner ?? "").trim() === "") wrong.push("owner must name who answers for it");
  if (!isDay(expires ?? ""))
    wrong.push(`expires must be a day such as 2026-12-31, got ${JSON.stringify(value["expires"] ?? null)}`);
  for (const key of ["stack", "address", "construct"])
    if (value[key] !== undefined && stringOf(value[key]) === undefined)
      wrong.push(`${key} must be a pattern in text, got ${JSON.stringify(value[key])}`);
  const [stack, address, construct] = [text("stack"), text("address"), text("construct")];
  if (value["address"] === undefined && value["construct"] === undefined)
    wrong.push("address or construct must say for what it holds");
  if ([address, construct].some((pattern) => pattern !== undefined && /^[*.\s]*$/.test(pattern)))
    wrong.push("address and construct must name something, not everything");
  if (wrong.length > 0) return { wrong };
  return {
    entry: {
      rule: rule ?? "",
      stack,
      address,
      construct,
      reason: (reason ?? "").trim(),
      owner: owner ?? "",
      expires: expires ?? "",
    },
    wrong,
  };
}

/** Parts risks into those that stand and those that are accepted on a day. Entries that are expired are told; one that matches nothing may be for another plan. */
export function accept(
  risks: readonly Risk[],
  list: AllowList,
  today: string,
): { risks: Risk[]; accepted: AcceptedRisk[]; problems: string[] } {
  const used = new Set<AllowEntry>();
  const accepted: AcceptedRisk[] = [];
  const standing = risks.filter((risk) => {
    const entries = list.accept.filter((candidate) => matches(candidate, risk));
    entries.forEach((entry) => used.add(entry));
    const entry = entries.find(({ expires }) => expires >= today);
    if (entry === undefined) return true;
    accepted.push({ risk, reason: entry.reason, owner: entry.owner, expires: entry.expires });
    return false;
  });
  const problems = list.accept.flatMap((entry) => {
    const what = `${entry.rule} of ${entry.address ?? entry.construct ?? ""}`;
    if (used.has(entry))
      return entry.expires < today ? [`the acceptance of ${what} by ${entry.owner} expired on ${entry.expires}`] : [];
    return entry.expires < today
      ? [`the acceptance of ${what} by ${entry.owner} expired on ${entry.expires} and matches nothing; remove it`]
      : [];
  });
  return { risks: standing, accepted, problems };
}

function matches(entry: AllowEntry, risk: Risk): boolean {
  if (entry.rule !== risk.rule) return false;
  return (
    (entry.stack === undefined || isLike(risk.stack, entry.stack)) &&
    (entry.address === undefined || isLike(risk.address, entry.address)) &&
    (entry.construct === undefined || isLike(risk.construct, entry.construct))
  );
}

/** Whether a text is a day that there is: 2026-02-30 is none. */
function isDay(text: string): boolean {
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a text is like a pattern in which `*` stands for anything. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}

function invalid(path: string, problems: readonly string[]): UserError {
  return new UserError(`${path} is not valid`, {
    details: problems.join("\n"),
    tryThis: "mend what it says above; docs/guides/review-a-plan.md shows an entry",
    exitCode: ExitCode.configuration,
  });
}
