import type { Page } from "playwright-core";
import type { Review } from "../../tools/review/review";
import { describeInBrowser, until } from "../support/browser";
import { planOf, reviewOf } from "../support/plan-json";
import { fullReview, riskyReview } from "../support/reviews";
import { erroredReview, longReview, systemReview } from "../support/system-reviews";

const HARMLESS = "change-stack-aws_cloudwatch_metric_alarm.alarm_7";

const isSeen = (page: Page, id: string) =>
  page.evaluate<boolean>(`document.getElementById(${JSON.stringify(id)}).checkVisibility()`);

const isInView = (id: string) => `(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(
  document.getElementById(${JSON.stringify(id)}).getBoundingClientRect())`;

/** Parts of folds that are not to be seen, by the fold's name; the picture in words is one of its own. */
const hidden = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll("details:not(.words)")]
    .filter((fold) => !(fold.querySelector(":scope > :not(summary)")?.checkVisibility() ?? true))
    .map((fold) => fold.querySelector("summary").innerText)`);

const many = (): Review =>
  reviewOf(
    planOf([
      { address: "aws_db_instance.db", actions: ["delete"], before: { name: "db" } },
      ...Array.from({ length: 301 }, (_, index) => ({
        address: `aws_ssm_parameter.p${index}`,
        actions: ["create"],
        after: { name: `p${index}` },
      })),
    ]),
  );

describeInBrowser("folds", (open) => {
  test("open and close by keyboard", async () => {
    const { page } = await open(riskyReview());
    expect(await isSeen(page, HARMLESS)).toBe(false);
    const summary = page.locator(`details:has(> #${HARMLESS.replace(".", "\\.")}) > summary`);
    await summary.focus();
    await page.keyboard.press("Enter");
    expect(await isSeen(page, HARMLESS)).toBe(true);
    await page.keyboard.press("Space");
    expect(await isSeen(page, HARMLESS)).toBe(false);
  });

  test("open at first where a reviewer must look, and nowhere else", async () => {
    const { page } = await open(riskyReview());
    expect(
      await page.evaluate(`[...document.querySelectorAll(".change[open]")].map((change) => change.dataset.s)`),
    ).toEqual(["critical", "critical", "high"]);
  });

  test("open and close all at once", async () => {
    const { page } = await open(systemReview(2, 10));
    await page.getByRole("button", { name: "Expand all" }).press("Enter");
    expect(await page.locator("details.change:not([open]), details.stack:not([open])").count()).toBe(0);
    await page.getByRole("button", { name: "Collapse all" }).press("Enter");
    expect(await page.locator("details.change[open], details.stack[open]").count()).toBe(0);
  });

  test.each([
    ["with", true],
    ["without", false],
  ])("open for a link that leads into them, %s the script", async (_name, script) => {
    const { page } = await open(riskyReview(), { hash: `#${HARMLESS}`, script });
    expect(await isSeen(page, HARMLESS)).toBe(true);
    await until(page, isInView(HARMLESS));
    if (script) expect(await page.evaluate("document.activeElement.localName")).toBe("summary");
  });

  test("are where the risks and the picture lead", async () => {
    const { page } = await open(systemReview(2, 10));
    await page.getByRole("button", { name: "Collapse all" }).click();
    await page.getByRole("link", { name: "The database is destroyed and made anew" }).press("Enter");
    await until(page, `document.querySelector(":target")?.checkVisibility() === true`);
    expect(await page.evaluate(`document.querySelector(":target").id`)).toBe(
      "change-prod-data-aws_db_instance.database_instance",
    );
    await page.getByRole("link", { name: /^service-0 .*: update, in prod-network$/ }).press("Enter");
    await until(page, `document.querySelector(":target")?.id.startsWith("change-prod-network") === true`);
    await until(page, `document.querySelector(":target")?.checkVisibility() === true`);
  });

  test.each([
    ["a risky change", riskyReview()],
    ["everything there is", fullReview()],
    ["a failed plan", erroredReview()],
  ])("hold everything of %s without the script", async (_name, review) => {
    const [scripted, plain] = [await open(review), await open(review, { script: false })];
    const text = "[...document.querySelectorAll('main > *:not(script)')].map((part) => part.textContent).join('')";
    const buttons = "document.querySelectorAll('.acts').forEach((buttons) => buttons.remove());";
    const announced = "document.getElementById('found')?.replaceChildren();";
    const said = await scripted.page.evaluate<string>(`${buttons} ${announced} ${text}`);
    expect(await plain.page.evaluate(text)).toBe(said);
    const closed = plain.page.locator("details:not([open]) > summary");
    while ((await closed.count()) > 0) await closed.first().click();
    expect(await hidden(plain.page)).toEqual([]);
  });

  test.each([
    ["a risky change", riskyReview()],
    ["everything there is", fullReview()],
    ["ten stacks", systemReview(10, 30)],
    ["long policies", longReview()],
  ])("are open on paper, of %s", async (_name, review) => {
    const { page } = await open(review, { width: 718, script: false });
    expect((await hidden(page)).length).toBeGreaterThan(0);
    await page.emulateMedia({ media: "print" });
    expect(await hidden(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(718);
  });

  test("are opened for a printer whose browser cannot do it by style, and closed afterwards", async () => {
    const { page } = await open(riskyReview());
    const closed = "document.querySelectorAll('details:not([open])').length";
    const before = await page.evaluate<number>(closed);
    expect(before).toBe(41);
    expect(await page.evaluate(`dispatchEvent(new Event("beforeprint")); ${closed}`)).toBe(0);
    expect(await page.evaluate(`dispatchEvent(new Event("afterprint")); ${closed}`)).toBe(before);
  });

  test("stay closed on paper where they are too many, but for what is grave", async () => {
    const { page } = await open(many(), { script: false });
    await page.evaluate(`document.querySelectorAll(".change").forEach((change) => (change.open = false))`);
    await page.emulateMedia({ media: "print" });
    expect(await hidden(page)).toHaveLength(301);
    expect(await isSeen(page, "change-stack-aws_db_instance.db")).toBe(true);
  });

  test("print with the words of the actions, and values beside each other", async () => {
    const { page } = await open(riskyReview(), { width: 718 });
    await page.emulateMedia({ media: "print" });
    const [word, before, after] = await page.evaluate<number[]>(`[
      document.querySelector(".counts thead .word").getBoundingClientRect().width,
      document.querySelector(".diff .old").getBoundingClientRect().top,
      document.querySelector(".diff .new").getBoundingClientRect().top,
    ]`);
    expect(word).toBeGreaterThan(20);
    expect(before).toBe(after);
    const cut = `[...document.querySelectorAll(".digest > span, .evidence code, .at .address")].filter(
      (text) => text.scrollHeight > text.clientHeight + 1 && getComputedStyle(text).display !== "inline").length`;
    expect(await page.evaluate(cut)).toBe(0);
  });

  test("print in dark ink on white, also from a dark screen", async () => {
    const { page } = await open(riskyReview(), { scheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const colour = (name: string) => `getComputedStyle(document.body).${name}`;
    expect(await page.evaluate(`[${colour("color")}, ${colour("backgroundColor")}]`)).toEqual([
      "rgb(27, 34, 44)",
      "rgb(255, 255, 255)",
    ]);
    const needless = `[...document.querySelectorAll("#tools, .toc, .acts")].filter((part) => part.checkVisibility()).length`;
    expect(await page.evaluate(needless)).toBe(0);
  });
});
