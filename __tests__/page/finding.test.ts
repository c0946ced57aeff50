import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { riskyReview } from "../support/reviews";
import { systemReview } from "../support/system-reviews";

/** Addresses of the changes that are to be seen. */
async function shown(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll("#stacks .change")]
    .filter((change) => change.checkVisibility())
    .map((change) => change.querySelector("summary code").innerText)`);
}

const status = (page: Page) => page.getByRole("status");
const search = (page: Page) => page.getByRole("searchbox", { name: "Search the changes" });

/** Waits until the announced count is this one. */
async function announced(page: Page, text: string): Promise<void> {
  await status(page).getByText(text, { exact: true }).waitFor({ timeout: 5_000 });
}

describeInBrowser("search and filters", (open) => {
  test("tell how many changes there are, in a region that is announced", async () => {
    const { page } = await open(riskyReview());
    await announced(page, "43 changes");
    expect((await shown(page)).length).toBe(43);
    expect(await status(page).getAttribute("aria-live")).toBe("polite");
  });

  test.each([
    ["alarm_7", ["aws_cloudwatch_metric_alarm.alarm_7"], "1 of 43 changes. Escape shows all again."],
    ["0.0.0.0/0", ["aws_vpc_security_group_ingress_rule.database_access_from-office"], undefined],
    ["SETTING 14", ['aws_ssm_parameter.setting["14"]'], undefined],
    ["nothing like it", [], "0 of 43 changes. Escape shows all again."],
  ])("finds %s", async (words, addresses, count) => {
    const { page } = await open(riskyReview());
    await search(page).fill(words);
    await announced(page, count ?? `${addresses.length} of 43 changes. Escape shows all again.`);
    expect(await shown(page)).toEqual(addresses);
  });

  test("show everything again after Escape, and fold what was folded", async () => {
    const { page } = await open(systemReview(3, 20));
    const before = await shown(page);
    await search(page).fill("service-0");
    await announced(page, "9 of 16 changes. Escape shows all again.");
    await page.keyboard.press("Escape");
    await announced(page, "16 changes");
    expect(await shown(page)).toEqual(before);
    expect(await search(page).inputValue()).toBe("");
  });

  test("let actions through by keyboard, several at once", async () => {
    const { page } = await open(riskyReview());
    const chip = (name: RegExp) =>
      page.getByRole("group", { name: "Only these actions" }).getByRole("button", { name });
    await chip(/create/).focus();
    await page.keyboard.press("Space");
    expect(await chip(/create/).getAttribute("aria-pressed")).toBe("true");
    await announced(page, "15 of 43 changes. Escape shows all again.");
    await chip(/replace/).press("Enter");
    await announced(page, "16 of 43 changes. Escape shows all again.");
    await chip(/create/).press("Enter");
    expect(await shown(page)).toEqual(["aws_db_instance.database_instance_D7FC2283"]);
  });

  test("let a stack and a severity through", async () => {
    const { page } = await open(systemReview(3, 20));
    await page.getByLabel("Stack", { exact: true }).selectOption("prod-data");
    await announced(page, "6 of 16 changes. Escape shows all again.");
    await page.getByLabel("Risk").selectOption("critical");
    await announced(page, "1 of 16 changes. Escape shows all again.");
    expect(await shown(page)).toEqual(["aws_db_instance.database_instance"]);
  });

  test("keep their state in the address, so that a link shows the same", async () => {
    const { page } = await open(systemReview(3, 20));
    await search(page).fill("service-0");
    await page.getByLabel("Stack", { exact: true }).selectOption("prod-data");
    await announced(page, "3 of 16 changes. Escape shows all again.");
    const hash = new URL(page.url()).hash;
    expect(hash).toBe("#?q=service-0&stack=prod-data");
    const other = await open(systemReview(3, 20), { hash });
    await announced(other.page, "3 of 16 changes. Escape shows all again.");
    expect(await search(other.page).inputValue()).toBe("service-0");
    expect(await shown(other.page)).toEqual(await shown(page));
  });

  test("give way to a link that leads to what they hide", async () => {
    const { page } = await open(riskyReview());
    await search(page).fill("alarm_7");
    await announced(page, "1 of 43 changes. Escape shows all again.");
    await page.getByRole("link", { name: "The database is destroyed and made anew" }).click();
    await announced(page, "43 changes");
    expect(await shown(page)).toContain("aws_db_instance.database_instance_D7FC2283");
  });

  test("are reached with a slash", async () => {
    const { page } = await open(riskyReview());
    await page.keyboard.press("/");
    await page.keyboard.type("alarm_7/");
    expect(await search(page).inputValue()).toBe("alarm_7/");
  });

  test("are not there without the script that makes them work", async () => {
    const { page } = await open(riskyReview(), { script: false });
    expect(await page.locator("#tools").isVisible()).toBe(false);
  });
});
