import { source as AXE } from "axe-core";
import type { Page } from "playwright-core";
import type { Review } from "../../tools/review/review";
import { describeInBrowser } from "../support/browser";
import { fullReview, riskyReview } from "../support/reviews";
import { erroredReview, noChange, oneChange, systemReview } from "../support/system-reviews";

/** Opens every fold, lays out what is off the screen as if it were on it, and waits for what the page does when a fold opens. */
const OPEN_ALL = `(() => {
  document.querySelectorAll("details").forEach((fold) => (fold.open = true));
  document.querySelectorAll(".change").forEach((change) => (change.style.contentVisibility = "visible"));
  return new Promise((done) => setTimeout(() => requestAnimationFrame(done), 50));
})()`;

const REVIEWS: ReadonlyArray<readonly [name: string, review: Review]> = [
  ["a risky change", riskyReview()],
  ["everything there is", fullReview()],
  ["a picture", systemReview(2, 10)],
  ["no change", noChange()],
  ["a failed plan", erroredReview()],
];

/** What the rules of WCAG 2.2 A and AA, and good practice, find wrong, one line a place. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + " " + target.join(" ") + ": " + failureSummary)))`);
}

/** Contrast of every text of the picture with what it stands on, where it is too low for small text. */
const FAINT = `(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = parts(colour)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one);
    return (light + 0.05) / (dark + 0.05);
  };
  const fill = (element) => getComputedStyle(element).fill;
  return [...document.querySelectorAll(".picture text, .picture tspan")].flatMap((text) => {
    const node = text.closest(".node");
    const ground = node ? node.querySelector(".box") : text.closest(".seam") ? document.querySelector("rect.stack") : document.querySelector(".ground");
    const found = contrast(fill(text), fill(ground));
    return found < 4.5 ? [text.textContent + " " + fill(text) + " on " + fill(ground) + ": " + found.toFixed(2)] : [];
  });
})()`;

describeInBrowser("the page for everybody", (open) => {
  test.each(
    REVIEWS.flatMap(([name, review]) =>
      (
        [
          [1280, "light"],
          [1280, "dark"],
          [390, "light"],
        ] as const
      ).map(([width, scheme]) => ({
        ...{ name, review, width, scheme },
      })),
    ),
  )("breaks no rule of accessibility with $name at $width px, $scheme", async ({ review, width, scheme }) => {
    const { page } = await open(review, { width, scheme });
    await page.evaluate(OPEN_ALL);
    expect(await faults(page)).toEqual([]);
  });

  test.each(["light", "dark"] as const)("has a picture that can be read, %s", async (scheme) => {
    const { page } = await open(systemReview(4, 20), { scheme });
    expect(await page.locator(".picture text").count()).toBeGreaterThan(10);
    expect(await page.evaluate(FAINT)).toEqual([]);
  });

  test("has landmarks and one heading for each part", async () => {
    const { page } = await open(fullReview());
    for (const landmark of ["banner", "navigation", "main", "search", "contentinfo"] as const) {
      expect([landmark, await page.getByRole(landmark).count()]).toEqual([landmark, 1]);
    }
    expect(await page.getByRole("heading", { level: 1 }).allInnerTexts()).toEqual(["Plan review test"]);
    expect(
      (await page.getByRole("heading", { level: 2 }).allInnerTexts()).map((text) => text.split(/\s{2,}|\n/)[0]),
    ).toEqual(expect.arrayContaining([expect.stringMatching(/^Read these first/), "What happens", "Changes by stack"]));
    expect(await page.title()).toBe("Plan review: test");
  });

  test("says in words what colours and symbols say", async () => {
    const { page } = await open(riskyReview());
    const words = await page.evaluate<string[]>(
      `[...document.querySelectorAll(".act, .badge")].filter((mark) => !/[a-z]/.test(mark.textContent)).map((mark) => mark.outerHTML)`,
    );
    expect(words).toEqual([]);
  });

  test("is used by keyboard from the first link to the last button, each with a mark of focus", async () => {
    const { page } = await open(oneChange());
    const reachable = await page.evaluate<number>(
      `[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((one) => one.checkVisibility()).length`,
    );
    const seen: string[] = [];
    for (let stop = 0; stop < reachable; stop++) {
      await page.keyboard.press("Tab");
      const [name, style] = await page.evaluate<[string, string]>(`(({ localName, textContent, id }) => [
        localName + " " + (textContent.trim().replace(/\\s+/g, " ").slice(0, 30) || id),
        getComputedStyle(document.activeElement).outlineStyle,
      ])(document.activeElement)`);
      expect([name, style]).toEqual([name, "solid"]);
      seen.push(name);
    }
    expect(new Set(seen).size).toBe(reachable);
    expect(seen[0]).toBe("a Skip to the review");
    expect(seen).toContain("input q");
    expect(seen).toContain("button Collapse all");
  });

  test("lets a keyboard skip to the review", async () => {
    const { page } = await open(riskyReview());
    await page.keyboard.press("Tab");
    expect(await page.getByRole("link", { name: "Skip to the review" }).isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
  });

  test("never has what is focused under its toolbar", async () => {
    const { page } = await open(riskyReview());
    await page.locator(".change summary").last().focus();
    for (let stop = 0; stop < 20; stop++) await page.keyboard.press("Shift+Tab");
    const [top, bar] = await page.evaluate<[number, number]>(
      `[document.activeElement.getBoundingClientRect().top, document.getElementById("tools").getBoundingClientRect().bottom]`,
    );
    expect(top).toBeGreaterThanOrEqual(bar);
  });

  test("can be magnified to four times", async () => {
    const { page } = await open(systemReview(3, 20), { width: 320, height: 256 });
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  });

  test("has targets for a finger", async () => {
    const { page } = await open(fullReview(), { width: 390 });
    const small = await page.evaluate<string[]>(`[...document.querySelectorAll("button, summary, select, input")]
      .filter((one) => one.checkVisibility())
      .filter((one) => { const { width, height } = one.getBoundingClientRect(); return width < 24 || height < 24; })
      .map((one) => one.outerHTML)`);
    expect(small).toEqual([]);
  });
});
