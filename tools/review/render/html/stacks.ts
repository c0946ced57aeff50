import { plural } from "../../../cli/text";
import type { Change, CheckReview, OutputReview, ProblemReview, StackReview } from "../../review";
import { ACTION_KEYS, labelOf, labelOfKey } from "../action-label";
import { shown } from "./attributes";
import { changeRow, isOpened } from "./change";
import { html, joined, type Content, type Markup } from "./markup";
import { action } from "./object-name";
import type { PageIndex } from "./page-index";
import { bySeverity, tally } from "./severity";

/** How many changes the page opens by itself, over all stacks: more of them would hide each other. */
const MOST_OPENED = 24;

/** So many changes are all open on paper, where nothing can be unfolded; of more of them, those that a reviewer must see. */
const MOST_PRINTED = 300;

/** Every stack with everything in it, folded but for what a reviewer must see. */
export function stacks(index: PageIndex): Markup {
  let left = MOST_OPENED;
  const opens = (change: Change) => isOpened(change) && left-- > 0;
  const total = index.review.stacks.reduce((sum, { changes }) => sum + changes.length, 0);
  return html`<div id="stacks" ${total <= MOST_PRINTED && html`class="few"`}>
    ${index.review.stacks.map((stack) => stackSection(stack, index, opens))}
  </div> `;
}

function stackSection(stack: StackReview, index: PageIndex, opens: (change: Change) => boolean): Markup {
  const opened = stack.status === "failed" || stack.changes.some(isOpened);
  return html`<details
    class="stack ${stack.status}"
    data-name="${stack.name}"
    id="${index.anchors.stack(stack.name)}"
    ${opened && html` open`}
  >
    <summary>
      <h3>${stack.name}</h3>
      ${state(stack)}<span class="sums">${sums(stack)}</span>
    </summary>
    <div class="inside">
      ${about(stack)}${stack.problems.map(problem)}${stack.warnings.map(
        (text) =>
          html`<p class="banner warning">
            <span><b>Warning</b> ${text}</span>
          </p> `,
      )}${stack.remarks.map(
        (text) =>
          html`<p class="banner note">
            <span><b>Note</b> ${text}</span>
          </p> `,
      )}${stack.changes.map((change) => changeRow(change, index, opens(change)))}${stack.changes.length === 0 && nothing(stack)}${outputs(stack.outputs)}${checks(stack.checks)}${invocations(stack)}${deferred(stack, index)}${drift(stack, index)}
    </div>
  </details> `;
}

function state({ status }: StackReview): Content {
  if (status === "changes") return undefined;
  return html`<span class="status ${status}">${status === "no-changes" ? "no changes" : status}</span>`;
}

function sums({ counts, changes }: StackReview): Content {
  const grave = bySeverity(changes.flatMap(({ severity }) => (severity === undefined ? [] : [{ severity }])));
  return [
    grave.slice(0, 2).map(([severity, count]) => tally(severity, count)),
    ACTION_KEYS.filter((key) => counts[key] > 0).map((key) => {
      const { symbol, word } = labelOfKey(key);
      return html`<span class="act ${key}"
        ><span aria-hidden="true">${symbol}</span> ${counts[key]}<span class="vh"> ${word}</span></span
      >`;
    }),
  ];
}

function about({ wave, dependencies, placeholders, counts }: StackReview): Content {
  const facts = [
    `Wave ${wave}`,
    dependencies.length > 0 ? `after ${dependencies.join(", ")}` : "",
    placeholders.length > 0 ? `with placeholders for values of ${placeholders.join(", ")}` : "",
    counts.noop > 0 ? `${plural(counts.noop, "resource")} unchanged` : "",
  ].filter((text) => text !== "");
  return html`<p class="note about">${joined(facts, " · ")}</p> `;
}

function nothing({ status }: StackReview): Content {
  if (status === "failed") return html`<p class="note">It could not be planned, so its changes are not known.</p> `;
  if (status === "skipped") return html`<p class="note">It was not planned, so its changes are not known.</p> `;
  return html`<p class="note">No resource changes.</p> `;
}

function problem({ summary, detail, address, hint }: ProblemReview): Markup {
  return html`<div class="problem">
    <p><b>${summary}</b>${address !== undefined && html` <code class="address">${address}</code>`}</p>
    ${detail !== "" && html`<pre>${detail}</pre> `}${hint !== undefined && html`<p class="hint"><b>What to do:</b> ${hint}</p> `}
  </div> `;
}

function outputs(all: readonly OutputReview[]): Content {
  if (all.length === 0) return undefined;
  return html`<div class="also"><h4>Outputs <span class="tally">${all.length}</span></h4>
<table class="diff"><thead><tr><th scope="col">Output<th scope="col">Before<th scope="col">After<tbody>
${all.map(
  (output) =>
    html`<tr>
      <th scope="row">${action(labelOf(output))} ${output.name}</th>
      <td class="old">${shown(output.before)}</td>
      <td class="new">${shown(output.after)}</td>
    </tr> `,
)}</table></div>
`;
}

const CHECK_WORDS = {
  pass: "passes",
  fail: "fails",
  error: "could not run",
  unknown: "not known before apply",
} as const;

function checks(all: readonly CheckReview[]): Content {
  if (all.length === 0) return undefined;
  return html`<div class="also">
    <h4>Checks <span class="tally">${all.length}</span></h4>
    <ul class="plain">
      ${all.map(
        ({ address, status, problems }) =>
          html`<li>
            <span class="check ${status}">${CHECK_WORDS[status]}</span> <code class="address">${address}</code>${
              problems.length > 0 &&
              html`<ul>
                ${problems.map((text) => html`<li>${text}</li>`)}
              </ul>`
            }
          </li> `,
      )}
    </ul>
  </div> `;
}

function invocations({ invocations: all }: StackReview): Content {
  if (all.length === 0) return undefined;
  return html`<div class="also">
    <h4>Actions that run <span class="tally">${all.length}</span></h4>
    <ul class="plain">
      ${all.map(({ address, trigger, deferred: later }) => html`<li><code class="address">${address}</code> <span class="soft">${[trigger, later ? "put off" : ""].filter((text) => text !== "").join(", ")}</span></li> `)}
    </ul>
  </div> `;
}

function deferred({ deferred: all }: StackReview, index: PageIndex): Content {
  if (all.length === 0) return undefined;
  return html`<div class="also">
    <h4>Put off until a later plan <span class="tally">${all.length}</span></h4>
    ${all.map(({ change, why }) => changeRow(change, index, false, why))}
  </div> `;
}

function drift({ drift: relevant, otherDrift }: StackReview, index: PageIndex): Content {
  return [
    relevant.length > 0 &&
      html`<div class="also">
        <h4>
          Changed outside of Terraform, and part of why this is planned <span class="tally">${relevant.length}</span>
        </h4>
        ${relevant.map((change) => changeRow(change, index, false))}
      </div> `,
    otherDrift.length > 0 &&
      html`<div class="also">
        <h4>
          Changed outside of Terraform, without a part in this plan <span class="tally">${otherDrift.length}</span>
        </h4>
        ${otherDrift.map((change) => changeRow(change, index, false))}
      </div> `,
  ];
}
