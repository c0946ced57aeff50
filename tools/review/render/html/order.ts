import { plural } from "../../../cli/text";
import type { Counts, StackReview } from "../../review";
import { ACTION_KEYS, labelOfKey, type ActionKey } from "../action-label";
import { html, joined, type Content, type Markup } from "./markup";
import type { PageIndex } from "./page-index";
import { bySeverity, tally } from "./severity";

const SHOWN_AS: Readonly<Record<StackReview["status"], string | undefined>> = {
  changes: undefined,
  "no-changes": undefined,
  preview: "preview",
  failed: "failed",
  skipped: "skipped",
};

const MOST_COLUMNS = 5;
const USUAL: readonly ActionKey[] = ["delete", "replace", "update", "create"];
/** How many severities stand beside a stack. */
const MOST_TALLIES = 2;

/** How many things change in which stack, in the order in which the stacks are applied. */
export function order(index: PageIndex): Markup {
  const { review } = index;
  const keys = columnsOf(review.counts);
  const waves = [...new Set(review.stacks.map(({ wave }) => wave))];
  const several = waves.length > 1;
  const worst = worstByStack(index);
  const risky = review.stacks.some(({ name }) => worst.has(name));
  return html`<section class="order" aria-labelledby="order">
    <h2 id="order">${several ? "What happens, in order" : "What happens"}</h2>
    <div class="wide">
      <table class="counts${!several && " flat"}">
        <thead>
          <tr>
            ${several && html`<th scope="col" class="wave">Wave</th>`}
            <th scope="col">${review.stacks.length === 1 ? "Stack" : "Stacks"}</th>
            ${keys.map((key) => countHead(key))}${risky && html`<th scope="col" class="worst">Risks</th>`}
          </tr>
        </thead>
        ${waves.map((wave) => {
          const stacks = review.stacks.filter((stack) => stack.wave === wave);
          return html`<tbody>
            ${stacks.map(
              (stack, at) =>
                html`<tr class="${stack.status}">
                  ${several && at === 0 && html`<th scope="rowgroup" class="wave" rowspan="${stacks.length}">${wave}</th>`}
                  <th scope="row">${nameOf(stack, index, keys)}</th>
                  ${keys.map((key) => countCell(stack.counts, key))}${risky && html`<td class="worst">${worst.get(stack.name)}</td>`}
                </tr> `,
            )}
          </tbody> `;
        })}${
          review.stacks.length > 1 &&
          html`<tfoot>
            <tr>
              ${several && html`<td class="wave"></td>`}
              <th scope="row">All together</th>
              ${keys.map((key) => countCell(review.counts, key))}${risky && html`<td class="worst"></td>`}
            </tr>
          </tfoot> `
        }
      </table>
    </div>
    ${explanation(review.stacks, several)}
  </section> `;
}

/** What has a column: everything that happens, or what is most of any plan where that would be too wide. */
function columnsOf(counts: Counts): readonly ActionKey[] {
  const keys = ACTION_KEYS.filter((key) => counts[key] > 0);
  return keys.length <= MOST_COLUMNS ? keys : keys.filter((key) => USUAL.includes(key));
}

function countHead(key: ActionKey): Markup {
  const { symbol, word } = labelOfKey(key);
  return html`<th scope="col" class="count ${key}">
    <span aria-hidden="true">${symbol}</span><span class="word">${word}</span>
  </th>`;
}

function countCell(counts: Counts, key: ActionKey): Markup {
  const count = counts[key];
  return count === 0 ? html`<td></td>` : html`<td class="count ${key}">${count}</td>`;
}

function nameOf(stack: StackReview, index: PageIndex, columns: readonly ActionKey[]): Markup {
  const word = SHOWN_AS[stack.status];
  const also = besides(stack, columns);
  return html`<a href="#${index.anchors.stack(stack.name)}">${stack.name}</a
    >${word !== undefined && html` <span class="status ${stack.status}">${word}</span>`}${also.length > 0 && html`<span class="also">${joined(also, " · ")}</span>`}`;
}

/** What the columns do not count. */
function besides(stack: StackReview, columns: readonly ActionKey[]): string[] {
  const failed = stack.checks.filter(({ status }) => status === "fail" || status === "error").length;
  const drifted = stack.drift.length + stack.otherDrift.length;
  return [
    ...ACTION_KEYS.filter((key) => stack.counts[key] > 0 && !columns.includes(key)).map(
      (key) => `${stack.counts[key]} ${labelOfKey(key).word}`,
    ),
    stack.outputs.length > 0 ? plural(stack.outputs.length, "output") : "",
    drifted > 0 ? `${drifted} drifted` : "",
    stack.deferred.length > 0 ? `${stack.deferred.length} deferred` : "",
    failed > 0 ? `${plural(failed, "check")} failed` : "",
  ].filter((text) => text !== "");
}

function worstByStack({ review }: PageIndex): Map<string, Markup> {
  const byStack = new Map<string, Array<(typeof review.risks)[number]>>();
  for (const risk of review.risks) {
    const known = byStack.get(risk.stack);
    if (known === undefined) byStack.set(risk.stack, [risk]);
    else known.push(risk);
  }
  return new Map(
    [...byStack].map(([stack, all]) => [
      stack,
      html`${bySeverity(all)
        .slice(0, MOST_TALLIES)
        .map(([severity, count]) => tally(severity, count))}`,
    ]),
  );
}

function explanation(stacks: readonly StackReview[], several: boolean): Content {
  const has = (status: StackReview["status"]) => stacks.some((stack) => stack.status === status);
  const sentences = [
    several ? "A wave starts when the one above it is applied; stacks of one wave are applied at the same time." : "",
    has("preview")
      ? "A preview stands on placeholders for values of stacks that are not applied yet: it is planned again before it can be applied."
      : "",
    has("failed") ? "What failed is not counted." : "",
    has("skipped") ? "What was skipped was not planned." : "",
  ].filter((text) => text !== "");
  return sentences.length > 0 && html`<p class="note">${joined(sentences, " ")}</p> `;
}
