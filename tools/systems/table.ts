import { money } from "../cost/render";
import { columns } from "../cli/text";
import type { Standing } from "./record";
import type { SurveyRow } from "./survey";

const HEAD = ["system", "environment", "stacks", "resources", "synth", "plan", "deploy", "USD a month"] as const;

const WORDS: Readonly<Record<Standing, string>> = {
  never: "not tried",
  "as it is": "ok",
  "before a change": "ok before the last change",
};

/** The survey for a terminal. */
export function surveyTable(rows: readonly SurveyRow[]): string[] {
  return columns([HEAD, ...rows.map(cells)]);
}

/** The survey as Markdown; each system links to its page, which `page` names. */
export function surveyMarkdown(rows: readonly SurveyRow[], page: (system: string) => string): string[] {
  const linked = rows.map((row) => {
    const [system, ...rest] = cells(row);
    return [`[${system}](${page(row.system)})`, ...rest];
  });
  const table = [
    [...HEAD],
    HEAD.map((_, index) => (index === 2 || index === 3 || index === 7 ? "--:" : "---")),
    ...linked,
  ];
  return table.map((line) => `| ${line.join(" | ")} |`);
}

/** What the table does not say itself. */
export const SURVEY_NOTE =
  "`plan`: by the real AWS provider, every stack that needs AWS alone. `deploy`: to the local emulator, second plan empty, destroyed with nothing left. " +
  "The bill is at list price, without what depends on usage; `≥` where a price is not in the price data. Stacks of the account are not in it.";

function cells({ system, environment, stacks, resources, planned, deployed, cost }: SurveyRow): string[] {
  const open = cost.lines.some(({ usdPerMonth }) => usdPerMonth === "not in the price data");
  const priced = cost.lines.some(({ usdPerMonth }) => typeof usdPerMonth === "number");
  const bill = priced || open ? `${open ? "≥ " : ""}${money(cost.usdPerMonth)}` : "by usage and vendors' plans";
  return [system, environment, String(stacks), String(resources), "ok", WORDS[planned], WORDS[deployed], bill];
}
