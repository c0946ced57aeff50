import { plural } from "../../../cli/text";
import type { AcceptedRisk, Change, Review, Risk } from "../../review";
import { isDestructive, labelOf } from "../action-label";
import { html, joined, type Content, type Markup } from "./markup";
import { action, place } from "./object-name";
import type { PageIndex } from "./page-index";
import { badge, bySeverity } from "./severity";

/** How many are shown in full, and how many rows of other losses, before the rest is folded. */
const IN_FULL = 8;
const ROWS = 6;

/** What a reviewer reads first: the risks, and what else is lost or made anew. */
export function risks(index: PageIndex): Markup {
  const { review } = index;
  const card = (risk: Risk) => riskCard(risk, index);
  const [shown, folded] = [review.risks.slice(0, IN_FULL), review.risks.slice(IN_FULL)];
  return html`<section class="risks" aria-labelledby="risks">
    <h2 id="risks">
      ${review.risks.length > 0 ? "Read these first" : isPartial(review) ? "No risk found in what could be planned" : "No risk found"}${
        review.risks.length > 0 &&
        html` <span class="tally"
          >${joined(
            bySeverity(review.risks).map(([severity, count]) => `${count} ${severity}`),
            " · ",
          )}</span
        >`
      }
    </h2>
    ${review.risks.length === 0 && html`<p class="calm">${calm(review)}</p> `}${shown.map(card)}${
      folded.length > 0 &&
      html`<details class="more">
        <summary>
          ${plural(folded.length, "more risk")}:
          ${joined(
            bySeverity(folded).map(([severity, count]) => `${count} ${severity}`),
            ", ",
          )}
        </summary>
        ${folded.map(card)}
      </details> `
    }${otherLosses(index)}
  </section> `;
}

/** Whether there may be more than the plan shows. */
function isPartial({ verdict, stacks }: Review): boolean {
  return verdict.outcome === "failed" || stacks.some(({ status }) => status === "failed" || status === "skipped");
}

function calm(review: Review): string {
  const said = "None of the rules about lost data, opened networks and widened permissions has anything to say about";
  return isPartial(review) ? `${said} the part that is known. The rest may hold risks.` : `${said} this.`;
}

function riskCard(risk: Risk, index: PageIndex): Markup {
  const target = index.link(risk);
  const change = index.change(risk);
  return html`<article class="risk ${risk.severity}">
    <h3>${badge(risk.severity)} ${target === undefined ? risk.title : html`<a href="#${target}">${risk.title}</a>`}</h3>
    <p class="at">
      ${change !== undefined && action(labelOf(change))} <code class="address">${risk.address}</code>
      <span class="soft">${place(risk)}</span>${reachFact(risk, index)}
    </p>
    <p class="evidence"><span class="vh">Seen by: </span><code>${risk.evidence}</code></p>
    <dl>
      <div>
        <dt>Why</dt>
        <dd>${risk.why}</dd>
      </div>
      <div>
        <dt>Fix</dt>
        <dd>${risk.fix}</dd>
      </div>
    </dl>
  </article> `;
}

/** How much depends on what is lost, and where that is said. */
function reachFact(risk: Risk, index: PageIndex): Content {
  const reach = index.reach(risk);
  if (reach === undefined || reach.affected.length === 0) return undefined;
  const many = reach.affected.length;
  return html` ·
    <a href="#${index.anchors.reach(reach)}">${plural(many, "thing")} ${many === 1 ? "depends" : "depend"} on it</a>`;
}

/** What is destroyed or replaced without being a risk by any rule: always named. */
function otherLosses(index: PageIndex): Content {
  const { review, anchors } = index;
  const losses = review.stacks
    .flatMap(({ changes }) => changes)
    .filter((change) => isDestructive(change) && index.risksOf(change).length === 0);
  if (losses.length === 0) return undefined;
  const row = (change: Change) =>
    html`<li>
      ${action(labelOf(change))} <a href="#${anchors.change(change)}"><code class="address">${change.address}</code></a>
      <span class="soft">${place(change)}</span>
    </li> `;
  const [shown, folded] = [losses.slice(0, ROWS), losses.slice(ROWS)];
  return html`<div class="losses">
    <h3>
      ${review.risks.length === 0 ? "Destroyed or replaced" : "Also destroyed or replaced"}
      <span class="tally">${losses.length}</span>
    </h3>
    <ul>
      ${shown.map(row)}
    </ul>
    ${
      folded.length > 0 &&
      html`<details class="more">
        <summary>${folded.length} more</summary>
        <ul>
          ${folded.map(row)}
        </ul>
      </details> `
    }
  </div> `;
}

/** Risks that somebody accepted, and what is wrong with the list of them. */
export function accepted(index: PageIndex): Content {
  const { accepted: all, allowListProblems } = index.review;
  if (all.length === 0 && allowListProblems.length === 0) return undefined;
  return html`<section class="accepted" aria-labelledby="accepted">
    <h2 id="accepted">Accepted risks <span class="tally">${all.length}</span></h2>
    ${allowListProblems.map(
      (problem) =>
        html`<p class="banner warning">
          <span><b>Allow-list</b> ${problem}</span>
        </p> `,
    )}${
      all.length > 0 &&
      html`<div class="scroll" role="group" aria-label="Accepted risks, scrolls sideways" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Risk</th>
              <th scope="col">Where</th>
              <th scope="col">Accepted because</th>
              <th scope="col">By</th>
              <th scope="col">Until</th>
            </tr>
          </thead>
          <tbody>
            ${all.map((one) => acceptedRow(one, index))}
          </tbody>
        </table>
      </div> `
    }
  </section> `;
}

function acceptedRow({ risk, reason, owner, expires }: AcceptedRisk, index: PageIndex): Markup {
  const target = index.link(risk);
  return html`<tr>
    <th scope="row">${badge(risk.severity)} ${risk.title}</th>
    <td>
      ${target === undefined ? html`<code class="address">${risk.address}</code>` : html`<a href="#${target}"><code class="address">${risk.address}</code></a>`}
      <span class="soft">${place(risk)}</span>
    </td>
    <td>${reason}</td>
    <td>${owner}</td>
    <td><time>${expires}</time></td>
  </tr> `;
}
