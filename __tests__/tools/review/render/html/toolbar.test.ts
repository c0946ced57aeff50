import { html } from "../../../../../tools/review/render/html/markup";
import { toolbar } from "../../../../../tools/review/render/html/toolbar";
import type { Review } from "../../../../../tools/review/review";
import { riskyReview } from "../../../../support/reviews";
import { noChange, oneChange, systemReview } from "../../../../support/system-reviews";

const drawn = (review: Review) => html`${toolbar(review)}`.text.replaceAll(/\s+/g, " ");
const options = (text: string, id: string) =>
  [
    ...(new RegExp(`<select id="${id}">(.*?)</select>`).exec(text)?.[1] ?? "").matchAll(
      /<option[^>]*>(.*?)<\/option>/g,
    ),
  ].map((match) => match[1]);

describe("toolbar", () => {
  test("has a button for each action that happens, with its number", () => {
    const buttons = [
      ...drawn(riskyReview()).matchAll(/data-a="(\w+)" aria-pressed="false"> <span[^>]*>[^<]*<\/span>(\w+) <b>(\d+)</g),
    ];
    expect(buttons.map((match) => match.slice(1))).toEqual([
      ["replace", "replace", "1"],
      ["update", "update", "27"],
      ["create", "create", "15"],
    ]);
  });

  test("lets a stack be chosen where there are several, and a severity where there are risks", () => {
    expect(options(drawn(systemReview(2, 10)), "in")).toEqual(["all", "prod-network", "prod-data"]);
    expect(options(drawn(riskyReview()), "at")).toEqual(["any or none", "critical", "high or graver"]);
    expect(options(drawn(riskyReview()), "in")).toEqual([]);
    expect(options(drawn(oneChange()), "at")).toEqual([]);
  });

  test("is hidden until a script shows it, and left out where nothing changes", () => {
    expect(drawn(riskyReview())).toMatch(/<form [^>]* hidden ?>/);
    expect(drawn(noChange())).toBe("");
  });
});
