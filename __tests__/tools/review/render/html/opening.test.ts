import { html } from "../../../../../tools/review/render/html/markup";
import { banners, kindOf, opening } from "../../../../../tools/review/render/html/opening";
import type { Review } from "../../../../../tools/review/review";
import { fullReview, riskyReview } from "../../../../support/reviews";
import { erroredReview, noChange, oneChange } from "../../../../support/system-reviews";

const drawn = (review: Review) => opening(review, undefined).text.replaceAll(/\s+/g, " ");
const lesser = (review: Review, severity: "medium" | "low"): Review => ({
  ...review,
  risks: review.risks.map((risk) => ({ ...risk, severity })),
});

describe("opening", () => {
  test.each([
    ["no change", noChange(), "good", "No changes."],
    ["a change", oneChange(), "changes", "Changes."],
    ["grave risks", riskyReview(), "danger", "Risk."],
    ["risks that are not grave", lesser(riskyReview(), "medium"), "warning", "Risk."],
    ["a failed plan", erroredReview(), "failed", "Failed."],
    [
      "a policy",
      { ...oneChange(), verdict: { outcome: "blocked", text: "forbidden" } } as const,
      "blocked",
      "Blocked.",
    ],
  ])("has the tone and the word of %s", (_name, review, tone, word) => {
    expect(drawn(review)).toContain(`<header class="opening ${tone}">`);
    expect(drawn(review)).toContain(`<b>${word}</b> ${review.verdict.text}`);
  });

  test("says what was reviewed, and nothing that is not known", () => {
    const facts = [...drawn(fullReview()).matchAll(/<dt>(.*?)<\/dt> <dd>(.*?)<\/dd>/g)].map(([, name, value = ""]) => [
      name,
      value.replaceAll(/<[^>]*>/g, ""),
    ]);
    expect(facts).toEqual([
      ["Environment", "prod"],
      ["System", "default"],
      ["Revision", "0123456789abcdef with uncommitted changes"],
      ["Planned", "2026-11-26 10:00 UTC"],
      ["Terraform", "1.11.4"],
    ]);
    expect(drawn(noChange())).not.toContain("<dl");
  });

  test("shortens a full revision, which is still there", () => {
    const revision = "0123456789abcdef0123456789abcdef01234567";
    expect(drawn({ ...noChange(), subject: { revision } })).toContain(`<code title="${revision}">0123456789</code>`);
  });

  test.each([
    ["plan", "Plan review"],
    ["drift", "Drift report"],
    ["destroy", "Destroy review"],
    ["configuration-diff", "Configuration diff, not a plan"],
  ] as const)("calls %s a %s", (kind, name) => {
    expect(kindOf({ ...noChange(), kind })).toBe(name);
  });
});

describe("banners", () => {
  test("says the level in words", () => {
    const all = (["error", "warning", "note"] as const).map((level) => ({ level, text: `a ${level}` }));
    const text = html`${banners({ ...noChange(), banners: all })}`.text.replaceAll(/<svg.*?<\/svg>|\s+/g, " ");
    expect([...text.matchAll(/<b>(.*?)<\/b> (a \w+)</g)].map((match) => match.slice(1))).toEqual([
      ["Error", "a error"],
      ["Warning", "a warning"],
      ["Note", "a note"],
    ]);
  });

  test("is left out where there is none", () => {
    expect(banners(noChange())).toBeUndefined();
  });
});
