import { plural } from "../../../cli/text";
import { html, joined, type Content } from "./markup";
import type { PageIndex } from "./page-index";

/** What a policy tool found; nothing where none ran. */
export function policy(index: PageIndex): Content {
  const results = index.review.policy;
  if (results === undefined) return undefined;
  const counts = [
    `${results.failed} failed`,
    `${results.passed} passed`,
    results.unknown > 0 ? `${results.unknown} not known before apply` : "",
    results.suppressed > 0 ? `${results.suppressed} suppressed` : "",
  ].filter((text) => text !== "");
  return html`<section class="policy" aria-labelledby="policy">
    <h2 id="policy">Policy <span class="tally">${joined(counts, " · ")}</span></h2>
    <p class="note">Checked by ${results.tool}.</p>
    ${
      results.findings.length > 0 &&
      html`<div class="scroll" role="group" aria-label="Findings, scrolls sideways" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Level</th>
              <th scope="col">Rule</th>
              <th scope="col">Where</th>
              <th scope="col">Finding</th>
            </tr>
          </thead>
          <tbody>
            ${results.findings.map((finding) => {
              const target = index.link(finding);
              const address = html`<code class="address">${finding.address}</code>`;
              return html`<tr>
                <td><span class="level ${finding.level}">${finding.level}</span></td>
                <th scope="row">${finding.rule}</th>
                <td>
                  ${target === undefined ? address : html`<a href="#${target}">${address}</a>`}
                  <span class="soft">in ${finding.stack}</span>
                </td>
                <td>${finding.message}</td>
              </tr> `;
            })}
          </tbody>
        </table>
      </div> `
    }
  </section> `;
}

/** What the bill comes to; nothing where it was not reckoned. */
export function cost({ review }: PageIndex): Content {
  const { cost: delta } = review;
  if (delta === undefined) return undefined;
  const { before, after, unpriced, lines } = delta;
  return html`<section class="cost" aria-labelledby="cost">
    <h2 id="cost">
      Cost <span class="tally">${before === undefined ? usd(after) : `${usd(before)} → ${usd(after)}`} a month</span>
    </h2>
    ${before !== undefined && html`<p>${after === before ? "The bill stays as it is" : `${usd(Math.abs(after - before))} ${after > before ? "more" : "less"} a month`}${unpriced > 0 && `, without ${plural(unpriced, "thing")} that ${unpriced === 1 ? "has" : "have"} no price here or depend${unpriced === 1 ? "s" : ""} on use`}.</p> `}${
      lines.length > 0 &&
      html`<ul class="plain">
        ${lines.map(({ stack, address, text }) => html`<li><code class="address">${address}</code> <span class="soft">in ${stack}</span> ${text}</li> `)}
      </ul> `
    }
  </section> `;
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
