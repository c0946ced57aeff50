import type { Paint } from "../cli/terminal";
import { columns, plural } from "../cli/text";
import type { Factor } from "./charge";
import type { EnvironmentEstimate, Estimate, Line } from "./estimate";

const MILLISECONDS_PER_DAY = 86_400_000;

/** An estimate for a terminal. `now` is the time the prices' age is counted from. */
export function renderEstimates(estimates: readonly EnvironmentEstimate[], paint: Paint, now: number): string[] {
  const all = estimates.flatMap(({ estimate }) => estimate.lines);
  return [
    ...estimates.flatMap(({ name, stacks, estimate }) => {
      const priced = estimate.lines.filter((line) => typeof line.usdPerMonth === "number");
      const rows = columns(
        priced.map((line) => [`${line.stack}  ${line.path}`, line.what, `${arithmetic(line)}${most(line)}`]),
      );
      return [
        paint.bold(`${name}: ${total(estimate)}`) + ` (${plural(stacks.length, "stack")})`,
        ...(rows.length === 0 ? ["  nothing has a fixed price"] : rows),
        ...section(paint, "Not in the price data, so not in the sum", missing(estimate)),
        ...section(paint, "Depends on usage, so not in the sum", used(estimate)),
        ...section(paint, "Assumed", notes(estimate)),
        ...section(
          paint,
          "Not known to the estimate",
          estimate.unknownTypes.map((type) => [type]),
        ),
        "",
      ];
    }),
    priceAge(all, now),
  ];
}

/** An estimate as Markdown, a section per environment. Without a time: a page that is kept says how old a price is by its date. */
export function estimatesMarkdown(estimates: readonly EnvironmentEstimate[]): string {
  const all = estimates.flatMap(({ estimate }) => estimate.lines);
  const sections = estimates.map(({ name, estimate }) => {
    const priced = estimate.lines.filter((line) => typeof line.usdPerMonth === "number");
    const bullets = (title: string, rows: ReadonlyArray<readonly string[]>) =>
      rows.length === 0 ? [] : [`${title}\n\n${rows.map((row) => `- ${row.filter(Boolean).join(": ")}`).join("\n")}`];
    return [
      `### ${name}: ${total(estimate)}`,
      ...(priced.length === 0
        ? ["Nothing here has a fixed price."]
        : [
            table(
              ["Stack", "Construct", "What", "A month"],
              priced.map((line) => [line.stack, `\`${line.path}\``, line.what, `${arithmetic(line)}${most(line)}`]),
            ),
          ]),
      ...bullets("Not in the price data, so not in the sum:", missing(estimate)),
      ...bullets("Depends on usage, so not in the sum:", used(estimate)),
      ...bullets("Assumed:", notes(estimate)),
      ...bullets(
        "Not known to the estimate:",
        estimate.unknownTypes.map((type) => [`\`${type}\``]),
      ),
    ].join("\n\n");
  });
  return `${[...sections, priceAge(all)].join("\n\n")}\n`;
}

/** How a line's sum comes about, such as `730 h × $0.0104 = $7.59`. Only the sum is rounded. */
export function arithmetic({ factors, price, usdPerMonth }: Line): string {
  if (typeof usdPerMonth !== "number" || price === undefined) return String(usdPerMonth);
  if (factors.every(({ value, unit }) => value === 1 && unit === "")) return money(usdPerMonth);
  const numbers = factors.filter(({ value, unit }) => value !== 1 || unit !== "").map(factorText);
  return `${[...numbers, unitPrice(price.usd)].join(" × ")} = ${money(usdPerMonth)}`;
}

/** A sum as it is printed: rounded here and nowhere else. */
export function money(usd: number): string {
  const [whole = "0", cents = "00"] = usd.toFixed(2).split(".");
  return `$${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

/** What an estimate comes to, such as `at least $49.77 a month, $83.22 at most`. */
function total({ lines, usdPerMonth, usdPerMonthAtMost }: Estimate): string {
  const open = lines.some((line) => line.usdPerMonth === "not in the price data");
  const scaled = usdPerMonthAtMost > usdPerMonth ? `, ${money(usdPerMonthAtMost)} fully scaled` : "";
  return `${open ? "at least " : ""}${money(usdPerMonth)} a month${scaled}`;
}

/** How old the prices are that were used; by their dates alone without a time to count from. */
function priceAge(lines: readonly Line[], now?: number): string {
  const prices = [...new Set(lines.flatMap(({ price }) => (price === undefined ? [] : [price])))];
  const dates = prices.flatMap(({ date }) => (date === "" ? [] : [date])).sort();
  const undated = prices.length - dates.length;
  const [oldest] = dates;
  const newest = dates.at(-1);
  const parts = [
    "List prices in USD, without tax, free tier or discount; a month has 730 hours.",
    oldest === undefined || newest === undefined
      ? ""
      : `${plural(prices.length, "price")} used, dated ${oldest}${ageOf(oldest, now)} to ${newest}${ageOf(newest, now)}.`,
    undated > 0 ? `${undated} of them ${undated === 1 ? "has" : "have"} no date in the source.` : "",
  ];
  return parts.filter(Boolean).join(" ");
}

function ageOf(date: string, now: number | undefined): string {
  if (now === undefined) return "";
  const days = Math.floor((now - Date.parse(date)) / MILLISECONDS_PER_DAY);
  if (days < 0) return " (in the future)";
  return days < 60 ? ` (${plural(days, "day")} old)` : ` (${plural(Math.floor(days / 30.4), "month")} old)`;
}

function factorText({ value, unit }: Factor): string {
  const number = String(Number(value.toFixed(2)));
  return unit === ""
    ? number
    : `${number} ${value === 1 ? unit.replace(/^(task|reader|instance|zone|node)s$/, "$1") : unit}`;
}

function unitPrice(usd: number): string {
  return `$${usd < 0.01 ? usd : usd.toFixed(Math.max(2, (String(usd).split(".")[1] ?? "").length))}`;
}

function most({ usdPerMonthAtMost }: Line): string {
  return usdPerMonthAtMost === undefined ? "" : `, ${money(usdPerMonthAtMost)} fully scaled`;
}

function missing({ lines }: Estimate): string[][] {
  return grouped(lines.filter(({ usdPerMonth }) => usdPerMonth === "not in the price data")).map(([line, paths]) => [
    `${line.item} per ${line.unit} in ${line.region || "any region"}`,
    paths,
  ]);
}

function used({ lines }: Estimate): string[][] {
  return grouped(lines.filter(({ usdPerMonth }) => usdPerMonth === "depends on usage")).map(([line, paths]) => [
    line.price === undefined
      ? `${line.what} (${line.item}${line.unit === "plan" ? "" : ", not in the price data"})`
      : `${line.what} (${unitPrice(line.price.usd)} per ${line.unit})`,
    paths,
  ]);
}

function notes({ lines }: Estimate): string[][] {
  const byNote = new Map<string, string[]>();
  for (const { note, path } of lines) {
    if (note !== undefined) byNote.set(note, [...new Set([...(byNote.get(note) ?? []), path])]);
  }
  return [...byNote].map(([note, paths]) => [paths.join(", "), note]);
}

/** Lines of the same thing, with where they are: at most three by name. */
function grouped(lines: readonly Line[]): Array<[Line, string]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.what, line.item, line.unit, line.region]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group): Array<[Line, string]> => {
    const [first] = group;
    if (first === undefined) return [];
    const paths = [...new Set(group.map(({ path }) => path))];
    const more = paths.length > 3 ? ` and ${paths.length - 3} more` : "";
    return [[first, `${paths.slice(0, 3).join(", ")}${more}`]];
  });
}

function section(paint: Paint, title: string, rows: ReadonlyArray<readonly string[]>): string[] {
  return rows.length === 0 ? [] : ["", paint.dim(`  ${title}`), ...columns(rows, "    ")];
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const lines = [head, head.map(() => "---"), ...rows.map((row) => row.map(cell))];
  return lines.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
