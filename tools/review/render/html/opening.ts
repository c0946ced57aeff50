import type { Review, Subject, Verdict } from "../../review";
import { icon, type IconName } from "./icons";
import { html, type Content, type Markup } from "./markup";

const KINDS: Readonly<Record<Review["kind"], string>> = {
  plan: "Plan review",
  drift: "Drift report",
  destroy: "Destroy review",
  "configuration-diff": "Configuration diff, not a plan",
};

/** How the page calls a kind of review. */
export function kindOf(review: Review): string {
  return KINDS[review.kind];
}

/** What it is, how it comes out, and what must be known before any count. */
export function opening(review: Review, contents: Content): Markup {
  const tone = toneOf(review);
  return html`<header class="opening ${tone}">
    <div class="wrap">
      <div class="head">
        <h1><span class="kind">${kindOf(review)}</span> ${review.title}</h1>
        ${contents}
      </div>
      <p class="verdict">
        ${icon(ICONS[tone])}<span><b>${OUTCOMES[review.verdict.outcome]}</b> ${review.verdict.text}</span>
      </p>
      ${subject(review.subject)}
    </div>
  </header> `;
}

/** Warnings above everything else. */
export function banners({ banners: all }: Review): Content {
  if (all.length === 0) return undefined;
  return html`<section class="banners" aria-label="Notices">
    ${all.map(
      ({ level, text }) =>
        html`<p class="banner ${level}">
          ${icon(BANNER_ICONS[level])}<span><b>${BANNER_WORDS[level]}</b> ${text}</span>
        </p> `,
    )}
  </section> `;
}

const BANNER_ICONS = { error: "failed", warning: "high", note: "low" } as const;
const BANNER_WORDS = { error: "Error", warning: "Warning", note: "Note" } as const;

type Tone = "good" | "changes" | "warning" | "danger" | "blocked" | "failed";

const ICONS: Readonly<Record<Tone, IconName>> = {
  good: "good",
  changes: "changes",
  warning: "high",
  danger: "critical",
  blocked: "blocked",
  failed: "failed",
};

const OUTCOMES: Readonly<Record<Verdict["outcome"], string>> = {
  "no-changes": "No changes.",
  changes: "Changes.",
  risk: "Risk.",
  blocked: "Blocked.",
  failed: "Failed.",
};

function toneOf({ verdict, risks }: Review): Tone {
  switch (verdict.outcome) {
    case "no-changes":
      return "good";
    case "changes":
      return "changes";
    case "blocked":
    case "failed":
      return verdict.outcome;
    case "risk":
      return risks.some(({ severity }) => severity === "critical" || severity === "high") ? "danger" : "warning";
  }
}

function subject(of: Subject): Markup {
  const facts: ReadonlyArray<readonly [name: string, value: Content]> = [
    ["Environment", of.environment],
    ["System", of.system],
    ["Tier", of.tier === of.environment ? undefined : of.tier],
    ["Revision", of.revision !== undefined && revision(of.revision, of.dirty === true)],
    ["From", of.from !== undefined && html`<code>${of.from}</code>`],
    ["To", of.to !== undefined && html`<code>${of.to}</code>`],
    ["Planned", of.plannedAt !== undefined && moment(of.plannedAt)],
    ["Terraform", of.terraformVersion],
  ];
  const known = facts.filter(([, value]) => value !== undefined && value !== false);
  if (known.length === 0) return html``;
  return html`<dl class="facts">
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function revision(full: string, dirty: boolean): Markup {
  const short = /^[0-9a-f]{40,64}$/.test(full) ? full.slice(0, 10) : full;
  return html`<code title="${full}">${short}</code>${dirty && html` <b class="dirty">with uncommitted changes</b>`}`;
}

/** `2026-11-03T14:05:12Z` as `2026-11-03 14:05 UTC`. */
function moment(text: string): Markup {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/.exec(text) ?? [];
  return html`<time datetime="${text}">${day === undefined || time === undefined ? text : `${day} ${time} UTC`}</time>`;
}
