import { renderHtml } from "../../../../../tools/review/render/html/render-html";
import { planOf, reviewOf, type ChangeSketch } from "../../../../support/plan-json";
import { fullReview, riskyReview } from "../../../../support/reviews";
import { systemReview } from "../../../../support/system-reviews";

describe("renderHtml", () => {
  test.each([
    ["everything", fullReview],
    ["a system with its picture", () => systemReview(10, 30)],
  ])("gives the same bytes for the same review of %s", async (_name, review) => {
    expect(await renderHtml(review())).toBe(await renderHtml(review()));
  });

  test("gives the same bytes for a review that was written down and read back", async () => {
    const review = systemReview(3, 20);
    expect(await renderHtml(JSON.parse(JSON.stringify(review)) as typeof review)).toBe(await renderHtml(review));
  });

  test("says every address once at least, with all that changes of it", async () => {
    const text = await renderHtml(riskyReview());
    const changes = riskyReview().stacks.flatMap(({ changes: all }) => all);
    const code = (address: string) => `<code>${address.replaceAll('"', "&quot;")}</code>`;
    expect(changes.filter(({ address }) => !text.includes(code(address)))).toEqual([]);
    expect(text.match(/<details\s+class="change/g)).toHaveLength(43);
  });

  test("of five thousand changes is made before a reader has to wait", async () => {
    const changes = Array.from({ length: 5_000 }, (_, index): ChangeSketch => ({
      address: `aws_ssm_parameter.p["${index}"]`,
      actions: index % 3 === 0 ? ["create"] : ["update"],
      before: { value: `old ${index}`, tags: { a: "b" }, list: [1, 2, 3] },
      after: { value: `new ${index}`, tags: { a: "c" }, list: [1, 2, 4] },
    }));
    const drawn = systemReview(10, 30).picture;
    const review = { ...reviewOf(planOf(changes)), ...(drawn === undefined ? {} : { picture: drawn }) };
    await renderHtml(review); // compiles
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      const started = process.cpuUsage();
      await renderHtml(review);
      const { user, system } = process.cpuUsage(started);
      times.push((user + system) / 1_000);
    }
    expect(Math.min(...times)).toBeLessThan(400);
  });
});
