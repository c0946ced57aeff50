import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Review } from "../../tools/review/review";
import { describeInBrowser, WIDTHS } from "../support/browser";
import { fullReview, riskyReview } from "../support/reviews";
import {
  erroredReview,
  longReview,
  noChange,
  oneChange,
  systemReview,
  withHostileText,
} from "../support/system-reviews";

/** Text that runs, asks somebody for something or turns the direction of writing, wherever it becomes markup. */
const ATTACK =
  `"'><img src=x onerror="window.ran=1"></script></style></title></textarea></details></svg>` +
  '<script>window.ran=1</script><a href="javascript:window.ran=1">x</a><base href=//e.x>\u202egnp\u2066\u200b`${window.ran=1}`';

const OPEN_ALL = `document.querySelectorAll("details").forEach((fold) => (fold.open = true))`;

/** What the page has that it may not have; the height of the toolbar is the one style its own script sets. */
const FINDINGS = `({
  ran: "ran" in window,
  foreign: document.querySelectorAll("img, iframe, base, object, embed, link, template").length,
  attributes: [...document.querySelectorAll("html *")].flatMap((element) =>
    element.getAttributeNames().filter((name) => name.startsWith("on") || name === "src" || name === "style"),
  ),
  links: [...document.querySelectorAll("[href]")]
    .map((link) => link.getAttribute("href"))
    .filter((link) => !/^#[\\w.-]+$/.test(link)),
  scripts: document.scripts.length,
  turned: /[\u200b\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.outerHTML),
  shown: document.body.innerText.includes("<img src=x onerror="),
})`;

const REVIEWS: ReadonlyArray<readonly [name: string, review: Review]> = [
  ["a risky change", riskyReview()],
  ["everything there is", fullReview()],
  ["ten stacks", systemReview(10, 30)],
  ["one change", oneChange()],
  ["no change", noChange()],
  ["a failed plan", erroredReview()],
  ["long names and policies", longReview()],
  ["hostile text", withHostileText(fullReview(), ATTACK)],
  ["hostile text in a picture", withHostileText(systemReview(2, 10), ATTACK)],
];

describeInBrowser("the page", (open) => {
  test.each(REVIEWS)("of %s asks for nothing but itself, and no error stops it", async (_name, review) => {
    const { page, misdeeds } = await open(review);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(misdeeds).toEqual([]);
  });

  test.each(WIDTHS.flatMap((width) => REVIEWS.map(([name, review]) => ({ width, name, review }))))(
    "is not wider than $width px, with $name",
    async ({ width, review }) => {
      const { page } = await open(review, { width });
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    },
  );

  test.each([
    ["everything there is", fullReview()],
    ["a picture", systemReview(2, 10)],
  ])("shows hostile text in %s as text", async (_name, review) => {
    const { page, misdeeds } = await open(withHostileText(review, ATTACK));
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate(FINDINGS)).toEqual({
      ran: false,
      foreign: 0,
      attributes: [],
      links: [],
      scripts: 1,
      turned: false,
      shown: true,
    });
    expect(misdeeds).toEqual([]);
  });

  test("lets nothing run or leave that got into it all the same", async () => {
    const { page, misdeeds } = await open(riskyReview());
    const asked: string[] = [];
    const server = createServer(({ url = "" }, response) => {
      asked.push(url);
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const outcome = await page.evaluate(`(async () => {
      const to = "http://127.0.0.1:${port}/";
      const script = document.createElement("script");
      script.textContent = "window.ran = 1";
      const image = Object.assign(document.createElement("img"), { src: to + "image" });
      const frame = Object.assign(document.createElement("iframe"), { src: to + "frame" });
      const style = document.createElement("style");
      style.textContent = "body { background: url(" + to + "style) }";
      document.body.append(script, image, frame, style);
      const sent = await fetch(to + "fetch", { mode: "no-cors" }).then(() => true, () => false);
      return { ran: "ran" in window, sent };
    })()`);
    server.close();
    expect(outcome).toEqual({ ran: false, sent: false });
    expect(asked).toEqual([]);
    expect(misdeeds.filter((deed) => deed.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(5);
  });
});
