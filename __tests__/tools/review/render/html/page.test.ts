import { createHash } from "node:crypto";
import { page } from "../../../../../tools/review/render/html/page";
import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import { fullReview, riskyReview } from "../../../../support/reviews";
import { noChange } from "../../../../support/system-reviews";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policyOf = (text: string) => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? "";
const between = (text: string, tag: string) =>
  [...text.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))].map((match) => match[1] ?? "");

describe("page", () => {
  test.each([
    ["of everything", fullReview()],
    ["of nothing", noChange()],
  ])("%s allows its own style and script, to the byte, and nothing else", (_name, review) => {
    const text = page(new PageIndex(review));
    const [styles, scripts] = [between(text, "style"), between(text, "script")];
    expect([styles.length, scripts.length]).toEqual([1, 1]);
    expect(policyOf(text).replaceAll("&#39;", "'").split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(styles[0] ?? "")}`,
      `script-src ${hashOf(scripts[0] ?? "")}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test("names no address outside itself", () => {
    const text = page(new PageIndex(riskyReview()));
    expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|url\(|\bsrc=/);
  });

  test("has each id once, and every link leads to one", () => {
    const text = page(new PageIndex(fullReview())).replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
    const ids = [...text.matchAll(/\bid="([^"]*)"/g)].map((match) => match[1] ?? "");
    const links = [...text.matchAll(/href="#([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  test("lists its parts, and none that is not there", () => {
    const parts = (review: ReturnType<typeof fullReview>) =>
      [...(/<nav[\s\S]*?<\/nav>/.exec(page(new PageIndex(review)))?.[0] ?? "").matchAll(/">([^<]+)<\/a>/g)].map(
        (match) => match[1],
      );
    expect(parts(noChange())).toEqual(["Risks", "Order", "Changes"]);
    expect(parts(fullReview())).toEqual([
      "Risks",
      "Order",
      "What depends on it",
      "Policy",
      "Cost",
      "Accepted",
      "Changes",
    ]);
  });
});
