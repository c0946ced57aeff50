import { createHash } from "node:crypto";
import { toolbar } from "./toolbar";
import { iconSheet } from "./icons";
import { PICTURE_STYLE } from "../../../picture/svg";
import { html, trusted, type Content } from "./markup";
import { banners, kindOf, opening } from "./opening";
import { order } from "./order";
import type { PageIndex } from "./page-index";
import { reach } from "./reach";
import { cost, policy } from "./results";
import { accepted, risks } from "./risks";
import { SCRIPT } from "./script";
import { stacks } from "./stacks";
import { STYLE } from "./style";

// The hashes of the content policy are over what stands between the tags, to the byte.
const WHOLE_STYLE = `${STYLE}\n${scoped(PICTURE_STYLE)}
.picture-frame{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
.picture-frame .picture{display:block;max-width:100%;height:auto;margin:0 auto}
@media (max-width:700px){.picture-frame .picture{max-width:none;width:760px}}
@media print{.picture-frame{border:0;overflow:visible}}`;

/** A style sheet that holds for the picture alone: its classes have the names of other things of the page too. */
function scoped(style: string): string {
  return style.replaceAll(/([^{}]+)\{/g, (whole, selectors: string) =>
    /@media|\.picture/.test(selectors)
      ? whole
      : `${selectors
          .split(",")
          .map((selector) => ` .picture ${selector.trim()}`)
          .join(",")} {`,
  );
}

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
            ${toolbar(review)}
            <div id="stacks">${stacks(index)}</div>
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
