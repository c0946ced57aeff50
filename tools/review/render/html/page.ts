import { createHash } from "node:crypto";
import { toolbar } from "./toolbar";
import { iconSheet } from "./icons";
import { html, trusted, type Content } from "./markup";
import { banners, kindOf, opening } from "./opening";
import { order } from "./order";
import type { PageIndex } from "./page-index";
import { PICTURE_ON_PAGE } from "./picture-style";
import { reach } from "./reach";
import { cost, policy } from "./results";
import { accepted, risks } from "./risks";
import { SCRIPT } from "./script";
import { stacks } from "./stacks";
import { STYLE } from "./style";

// The hashes of the content policy are over what stands between the tags, to the byte.
const WHOLE_STYLE = `${STYLE}\n${PICTURE_ON_PAGE}`;

/** The whole page. */
export function page(index: PageIndex, picture?: Content): string {
  const { review } = index;
  const sections: ReadonlyArray<readonly [id: string, name: string, content: Content]> = [
    ["picture", "Picture", picture],
    ["reach", "What depends on it", reach(index)],
    ["policy", "Policy", policy(index)],
    ["cost", "Cost", cost(index)],
    ["accepted", "Accepted", accepted(index)],
  ];
  const there = sections.filter(([, , content]) => content !== undefined && content !== false);
  const links = [
    ["risks", "Risks"],
    ["order", "Order"],
    ...there.map(([id, name]) => [id, name] as const),
    ["changes", "Changes"],
  ] as const;
  const contents = html`<nav class="toc" aria-label="Parts of this page">
    <ul>
      ${links.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
    </ul>
  </nav>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${kindOf(review)}: ${review.title}</title>
        ${trusted(`<style>${WHOLE_STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the review</a>
        ${iconSheet()} ${opening(review, contents)}
        <main class="wrap" id="main" tabindex="-1">
          ${banners(review)}
          <div class="first">${risks(index)}${order(index)}</div>
          ${there.map(([, , content]) => content)}
          <section aria-labelledby="changes">
            <h2 id="changes">Changes by stack</h2>
            ${toolbar(review)} ${stacks(index)}
          </section>
        </main>
        <footer class="wrap foot">
          Made from the plan alone. Sensitive values are masked. What is known only after apply is marked so.
        </footer>
        ${trusted(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.text;
}

/** Nothing may be loaded or sent, and no style or script runs but these two. */
function contentPolicy(): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(WHOLE_STYLE)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
