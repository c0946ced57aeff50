import type { Change, Review, Risk } from "../review";
import { ACTION_KEYS, isDestructive, labelOfKey } from "./action-label";
import { destructiveLevels, TOO_LONG } from "./destructive";
import { cellCode, code, fenced, inHtml, sizeOf, words, type Size } from "./github-text";
import { alike } from "./alike";
import { attributeLines, headline } from "./change-lines";
import { costLine } from "./terminal";

interface MarkdownOptions {
  /**
   * Most code points.
   * @default 65000 - GitHub takes 65,536
   */
  readonly limit?: number;
  /**
   * Most bytes in UTF-8.
   * @default 262144 - what GitHub's storage of a comment takes
   */
  readonly byteLimit?: number;
  /**
   * First line by which the comment is found again, such as `<!-- groundplan review: default/prod -->`.
   * @default - none
   */
  readonly marker?: string;
  /**
   * Where the whole page is.
   * @default - it is named without a link
   */
  readonly reportUrl?: string;
}

const ICONS = { "no-changes": "✅", changes: "🟦", risk: "🟥", blocked: "⛔", failed: "❌" } as const;
const SEVERITY_ICONS = { critical: "🟥", high: "🟧", medium: "🟨", low: "⬜" } as const;
const ALERTS = { error: "CAUTION", warning: "WARNING", note: "NOTE" } as const;

/**
 * A review as a comment on a pull request, within GitHub's limits, filled by importance. Every object that is destroyed or replaced is named in it, however many
 * there are: in full, then with what forces it, then by address, then by address in groups. What is left out is counted.
 */
export function renderMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { limit = 65_000, byteLimit = 262_144 } = options;
  const room: Size = { points: limit, bytes: byteLimit };
  const end = footer(options);
  const top = head(review, options);
  for (const [risks, destructive] of combinations(review)) {
    const must = [top, risks(), destructive()].filter((part) => part !== "").join("\n\n");
    const used = sizeOf(`${must}\n\n${end}\n${RESERVE}`);
    if (fits(used, room)) return filled(review, must, end, room);
  }
  return cutDown(review, options, end, room);
}

/** Room for the sentence that counts what is left out. */
const RESERVE = " ".repeat(600);

/** The forms of risks and of what is destroyed, from the fullest to the shortest. Each is written once, when it is first tried. */
function* combinations(review: Review): Generator<readonly [() => string, () => string]> {
  const [full = NOTHING, forced = full, named = forced, grouped = named] = destructiveLevels(review).map(once);
  const [all, short, grave, none] = (["full", "short", "grave", "count"] as const).map((level) =>
    once(() => (level === "full" && review.risks.length > MOST_FULL_RISKS ? TOO_LONG : riskPart(review, level))),
  );
  for (const pair of [
    [all, full],
    [all, forced],
    [short, forced],
    [short, named],
    [grave, named],
    [grave, grouped],
    [none, grouped],
  ] as const) {
    yield [pair[0] ?? NOTHING, pair[1]];
  }
}

const NOTHING = () => "";
/** What cannot fit for its number alone is not written out first. */
const MOST_FULL_RISKS = 300;

function once(write: () => string): () => string {
  let written: string | undefined;
  return () => (written ??= write());
}

function head(review: Review, { marker }: MarkdownOptions): string {
  const { verdict, title, subject, banners, accepted, allowListProblems, cost, policy } = review;
  const facts = [
    ...(subject.revision === undefined
      ? []
      : [
          `revision ${code(subject.revision.slice(0, 10))}${subject.dirty === true ? " with changes that are not committed" : ""}`,
        ]),
    ...(subject.from === undefined
      ? []
      : [`${code(subject.from.slice(0, 10))} → ${code((subject.to ?? "").slice(0, 10) || "working tree")}`]),
    ...(subject.plannedAt === undefined ? [] : [`planned ${words(subject.plannedAt)}`]),
    ...(subject.terraformVersion === undefined ? [] : [`Terraform ${words(subject.terraformVersion)}`]),
  ];
  return [
    ...(marker === undefined ? [] : [marker]),
    `### ${ICONS[verdict.outcome]} ${words(title)}: ${words(verdict.text)}`,
    ...(facts.length === 0 ? [] : ["", `<sub>${facts.join(" · ")}</sub>`]),
    ...banners.slice(0, MOST_BANNERS).flatMap(({ level, text }) => ["", `> [!${ALERTS[level]}]`, `> ${words(text)}`]),
    ...(banners.length > MOST_BANNERS ? ["", `and ${banners.length - MOST_BANNERS} more notes`] : []),
    ...countsPart(review),
    ...(cost === undefined ? [] : ["", words(costLine(cost))]),
    ...(policy === undefined
      ? []
      : [
          "",
          `Policies (${words(policy.tool)}): ${policy.passed} passed, ${policy.failed} failed, ${policy.unknown} unknown, ${policy.suppressed} suppressed`,
        ]),
    ...(accepted.length === 0
      ? []
      : [
          "",
          `${accepted.length} accepted risk${accepted.length === 1 ? "" : "s"}, each with a reason and a day on which that ends.`,
        ]),
    ...allowListProblems.slice(0, MOST_BANNERS).map((problem) => `\n> ${words(problem)}`),
  ].join("\n");
}

const MOST_BANNERS = 12;
const MOST_ROWS = 60;

function countsPart({ stacks, counts }: Review): string[] {
  const keys = ACTION_KEYS.filter((key) => counts[key] > 0);
  const rows = stacks.filter((stack) => keys.some((key) => stack.counts[key] > 0));
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const few = rows.slice(0, MOST_ROWS);
  const left = rows.length - few.length;
  return [
    "",
    line(["stack", ...keys.map((key) => words(`${labelOfKey(key).symbol} ${labelOfKey(key).word}`))]),
    line(["---", ...keys.map(() => "--:")]),
    ...few.map((stack) =>
      line([
        `${cellCode(stack.name)}${stack.status === "preview" ? " (preview)" : ""}`,
        ...keys.map((key) => String(stack.counts[key] || "")),
      ]),
    ),
    ...(left > 0
      ? [
          line([
            `and ${left} more stacks`,
            ...keys.map((key) =>
              String(rows.slice(MOST_ROWS).reduce((sum, stack) => sum + stack.counts[key], 0) || ""),
            ),
          ]),
        ]
      : []),
    ...(rows.length > 1 ? [line(["**in all**", ...keys.map((key) => `**${counts[key] || ""}**`)])] : []),
  ];
}

function riskPart({ risks }: Review, level: "full" | "short" | "grave" | "count"): string {
  if (risks.length === 0) return "";
  const grave = risks.filter(({ severity }) => severity === "critical" || severity === "high");
  const listed = level === "count" ? [] : level === "grave" ? grave.slice(0, 50) : risks;
  const left = risks.length - listed.length;
  return [
    `#### Risks`,
    "",
    ...listed.map((risk) => riskLine(risk, level === "full")),
    ...(left > 0 ? [`- and ${left} more risk${left === 1 ? "" : "s"}, which the page lists`] : []),
  ].join("\n");
}

function riskLine({ severity, title, stack, address, construct, evidence, why, fix }: Risk, full: boolean): string {
  const where = `${code(construct === "" ? address : construct)} in ${code(stack)}`;
  const first = `- ${SEVERITY_ICONS[severity]} **${severity}: ${words(title)}** ${where}`;
  if (!full) return `${first} ${code(evidence.slice(0, 120))}`;
  return `${first}<br>${code(evidence)}<br>${words(why)} _${words(fix)}_`;
}

/** The rest of the comment: stack by stack what is updated and created, as far as there is room. */
function filled(review: Review, must: string, end: string, room: Size): string {
  const parts = [must];
  let used = sizeOf(`${must}\n\n${end}\n${RESERVE}`);
  const left: string[] = [];
  for (const { block, what } of blocks(review)) {
    const text = block();
    const size = sizeOf(`\n\n${text}`);
    const next = { points: used.points + size.points, bytes: used.bytes + size.bytes };
    if (fits(next, room)) {
      parts.push(text);
      used = next;
    } else left.push(what);
  }
  const missing =
    left.length === 0
      ? []
      : [
          `Left out for want of room: ${left.slice(0, 8).join("; ")}${left.length > 8 ? `; and ${left.length - 8} more parts` : ""}.`,
        ];
  return `${[...parts, ...missing, end].join("\n\n")}\n`;
}

interface Block {
  readonly block: () => string;
  readonly what: string;
}

/** Changes in one block: so many that a part which does not fit is small. */
const CHUNK = 20;

function blocks({ stacks, blastRadius, accepted }: Review): Block[] {
  const of = (title: string, changes: readonly Change[], withAttributes: boolean): Block[] =>
    chunks(changes).map((some, index, all) => ({
      what: `${some.length} × ${words(title)}`,
      block: () =>
        details(
          `${title}${all.length > 1 ? `, part ${index + 1} of ${all.length}` : ""} (${some.length})`,
          diff(some, withAttributes),
        ),
    }));
  const harmless = (stack: Review["stacks"][number], action: string) =>
    stack.changes.filter((change) => change.action === action && !isDestructive(change));
  return [
    ...stacks.flatMap(({ name, problems }) =>
      problems.map(({ summary, detail, hint }) => ({
        what: `a problem of ${code(name)}`,
        block: () =>
          details(
            `${name}: ${summary}`,
            fenced([...detail.split("\n").slice(0, 30), ...(hint === undefined ? [] : [hint])], ""),
          ),
      })),
    ),
    ...stacks.flatMap((stack) => of(`${stack.name}: updated`, harmless(stack, "update"), true)),
    ...stacks.flatMap((stack) => {
      const other = stack.changes.filter(({ action }) => !["update", "create", "read"].includes(action));
      return of(
        `${stack.name}: imported, moved, forgotten and other`,
        other.filter((change) => !isDestructive(change)),
        false,
      );
    }),
    ...stacks.flatMap((stack) => of(`${stack.name}: created`, harmless(stack, "create"), true)),
    ...stacks.flatMap(({ name, outputs }) =>
      outputs.length === 0
        ? []
        : [
            {
              what: `outputs of ${code(name)}`,
              block: () =>
                details(
                  `${name}: outputs (${outputs.length})`,
                  fenced(
                    outputs
                      .slice(0, 100)
                      .map(
                        ({ name: output, action, before, after }) =>
                          `${action} ${output}: ${before?.text ?? ""} → ${after?.text ?? ""}`,
                      ),
                    "",
                  ),
                ),
            },
          ],
    ),
    ...stacks.flatMap(({ name, drift, otherDrift }) =>
      of(`${name}: changed outside of Terraform`, [...drift, ...otherDrift], true),
    ),
    ...stacks.flatMap(({ name, checks }) => {
      const failing = checks.filter(({ status }) => status !== "pass");
      return failing.length === 0
        ? []
        : [
            {
              what: `checks of ${code(name)}`,
              block: () =>
                details(
                  `${name}: checks (${failing.length})`,
                  fenced(
                    failing.map(({ address, status, problems }) => `${status} ${address}: ${problems.join("; ")}`),
                    "",
                  ),
                ),
            },
          ];
    }),
    ...stacks.flatMap(({ name, deferred }) =>
      of(
        `${name}: put off`,
        deferred.map(({ change }) => change),
        false,
      ),
    ),
    ...stacks.flatMap(({ name, invocations }) =>
      invocations.length === 0
        ? []
        : [
            {
              what: `actions of ${code(name)}`,
              block: () =>
                details(
                  `${name}: actions (${invocations.length})`,
                  fenced(
                    invocations.map(({ address, trigger }) => `${address} ${trigger}`),
                    "",
                  ),
                ),
            },
          ],
    ),
    ...(blastRadius.length === 0
      ? []
      : [
          {
            what: "what depends on it",
            block: () =>
              details(
                `What depends on what is replaced or destroyed (${blastRadius.length})`,
                fenced(
                  blastRadius.slice(0, 40).map(
                    ({ address, affected }) =>
                      `${address}: ${affected
                        .slice(0, 8)
                        .map((one) => `${one.stack}/${one.address}`)
                        .join(", ")}${affected.length > 8 ? ` and ${affected.length - 8} more` : ""}`,
                  ),
                  "",
                ),
              ),
          },
        ]),
    ...(accepted.length === 0
      ? []
      : [
          {
            what: "accepted risks",
            block: () =>
              details(
                `Accepted risks (${accepted.length})`,
                fenced(
                  accepted.map(
                    ({ risk, reason, owner, expires }) =>
                      `${risk.severity} ${risk.rule} ${risk.address}: ${reason} (${owner}, until ${expires})`,
                  ),
                  "",
                ),
              ),
          },
        ]),
    ...stacks.flatMap((stack) => of(`${stack.name}: read`, harmless(stack, "read"), false)),
  ];
}

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

function details(summary: string, body: string): string {
  return `<details><summary>${inHtml(summary)}</summary>\n\n${body}\n\n</details>`;
}

function diff(changes: readonly Change[], withAttributes: boolean): string {
  return fenced(
    alike(changes).flatMap(({ changes: same }) => [
      ...same.map(headline),
      ...(withAttributes
        ? attributeLines(same[0].attributes)
            .slice(0, 40)
            .map(({ op, text }) => `${op}   ${text}`)
        : []),
    ]),
    "diff",
  );
}

function footer({ reportUrl }: MarkdownOptions): string {
  return reportUrl === undefined
    ? "<sub>The whole review, with every value, is the page review.html.</sub>"
    : `<sub>[The whole review](${encodeURI(reportUrl).replaceAll(/[()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}), with every value.</sub>`;
}

function fits({ points, bytes }: Size, room: Size): boolean {
  return points <= room.points && bytes <= room.bytes;
}

/** More destroyed and replaced things than a comment has room for even by name: as many as fit, and how many not, in the first line too. */
function cutDown(review: Review, options: MarkdownOptions, end: string, room: Size): string {
  const all = review.stacks.flatMap(({ changes }) => changes.filter(isDestructive));
  const shell = (listed: number, lines: readonly string[]) => {
    const missing = all.length - listed;
    const verdict = {
      ...review.verdict,
      text: `${review.verdict.text}; ${missing} of ${all.length} destroyed or replaced objects have no room here: read the page`,
    };
    return [
      head({ ...review, verdict }, options),
      riskPart(review, "count"),
      "#### Destroyed and replaced",
      fenced(lines, ""),
      end,
    ].join("\n\n");
  };
  let [low, high] = [0, all.length];
  const names = all.map(({ stack, address, action }) => `${action} ${stack} ${address}`);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(sizeOf(shell(middle, names.slice(0, middle))), room)) low = middle;
    else high = middle - 1;
  }
  return `${shell(low, names.slice(0, low))}\n`;
}
