import type { Page } from "playwright-core";
import { describeInBrowser, until } from "../support/browser";
import { systemReview } from "../support/system-reviews";

/** Texts of the picture that stick out of their box or frame, and boxes that lie on each other. */
const FLAWS = `(() => {
  const box = (element) => element.getBBox();
  const flaws = [];
  const frames = [...document.querySelectorAll(".picture rect.stack")].map(box);
  const holds = (outer, inner) =>
    inner.x >= outer.x && inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
  const nodes = [...document.querySelectorAll(".picture .node")].map((node) => ({ node, outer: box(node.querySelector(".box")) }));
  for (const { node, outer } of nodes)
    for (const text of node.querySelectorAll("text"))
      if (!holds(outer, box(text))) flaws.push("sticks out: " + text.textContent);
  for (const text of document.querySelectorAll(".picture .row, .picture .seam"))
    if (!frames.some((frame) => holds(frame, box(text)))) flaws.push("sticks out: " + text.textContent);
  nodes.forEach(({ node, outer: a }, index) => nodes.slice(index + 1).forEach(({ node: other, outer: b }) => {
    const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
    if (!apart) flaws.push(node.textContent + " lies on " + other.textContent);
  }));
  return flaws;
})()`;

const boxes = (page: Page) => page.locator(".picture .node");

describeInBrowser("the picture", (open) => {
  test.each([
    [1, 10],
    [2, 5],
    [4, 20],
    [10, 30],
    [20, 30],
  ])("of %i stacks of %i resources has nothing on top of something else", async (stacks, resources) => {
    const { page } = await open(systemReview(stacks, resources));
    expect(await boxes(page).count()).toBeGreaterThan(0);
    expect(await page.evaluate(FLAWS)).toEqual([]);
  });

  test.each([
    [2, 5],
    [10, 30],
  ])(
    "of %i stacks of %i resources shows the danger with a symbol and a colour, and leads to it",
    async (stacks, resources) => {
      const { page } = await open(systemReview(stacks, resources));
      const link = page.getByRole("link", { name: /^database RDS .*: replace, critical, in prod-data$/ });
      expect(await link.textContent()).toContain("⚠ −/+ database");
      const box = await page.evaluate<string[]>(`(({ stroke, fill }) => [stroke, fill])(getComputedStyle(
      document.querySelector(".picture .node.replace .box")))`);
      expect(box).toEqual(["rgb(143, 29, 109)", "rgb(250, 230, 244)"]);
      await link.press("Enter");
      await until(
        page,
        `document.querySelector(":target")?.id === "change-prod-data-aws_db_instance.database_instance"`,
      );
    },
  );

  test("colours each action as the rest of the page does, also at night", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const { page } = await open(systemReview(10, 30), { scheme });
      for (const key of ["create", "update", "replace"]) {
        const [drawn, written] = await page.evaluate<[string, string]>(`[
          getComputedStyle(document.querySelector(".picture .node.${key} .box")).stroke,
          getComputedStyle(document.querySelector(".legend .act.${key}")).color,
        ]`);
        expect([scheme, key, drawn]).toEqual([scheme, key, written]);
      }
    }
  });

  test("has a frame that scrolls, and text as large as meant, on a phone", async () => {
    const { page } = await open(systemReview(10, 30), { width: 390 });
    const [scale, scrolls] = await page.evaluate<[number, boolean]>(`(() => {
      const svg = document.querySelector(".picture");
      const frame = svg.parentElement;
      return [svg.getBoundingClientRect().width / svg.viewBox.baseVal.width, frame.scrollWidth > frame.clientWidth];
    })()`);
    expect(scale).toBeCloseTo(1, 2);
    expect(scrolls).toBe(true);
    const frame = page.getByRole("group", { name: "Picture, scrolls sideways" });
    await frame.focus();
    await page.keyboard.press("ArrowRight");
    await until(page, `document.querySelector(".picture-frame").scrollLeft > 0`);
  });

  test("is said in words too", async () => {
    const { page } = await open(systemReview(2, 5));
    await page.getByText("The picture in words").click();
    const words = page.locator(".words li", { hasText: "replace" });
    expect((await words.innerText()).replace(/\s+/g, " ").trim()).toBe(
      "−/+ replace database RDS PostgreSQL 16 · db.t4g.micro · critical risk",
    );
  });
});
