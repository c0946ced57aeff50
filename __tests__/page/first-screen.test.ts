import type { Page } from "playwright-core";
import type { Review } from "../../tools/review/review";
import { describeInBrowser, WIDTHS } from "../support/browser";
import { riskyReview } from "../support/reviews";
import { erroredReview, noChange, oneChange, systemReview } from "../support/system-reviews";

/** A risky change as it comes from a bundle, with everything that is known about it and a note on top. */
const risky: Review = {
  ...riskyReview(),
  title: "prod of default",
  subject: systemReview(1, 5).subject,
  banners: [{ level: "note", text: "Left out on the command line: prod-mail." }],
};

/** Which texts are wholly in what is seen before anybody scrolls. */
async function inView(page: Page, selector: string): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})]
    .filter((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && element.checkVisibility();
    })
    .map((element) => element.innerText.replace(/\\s+/g, " ").trim())`);
}

describeInBrowser("the first screen", (open) => {
  test("names the verdict and the three dangers among forty harmless changes", async () => {
    const { page } = await open(risky);
    expect(await inView(page, ".verdict")).toEqual([
      "Risk. 2 critical, 1 high risks in 43 changes: read them before you apply",
    ]);
    expect(await inView(page, ".risk h3")).toEqual([
      "critical The database is destroyed and made anew",
      "critical PostgreSQL is open to the internet",
      "high A role may do more than before",
    ]);
    expect(await inView(page, ".risk .address")).toEqual([
      "aws_db_instance.database_instance_D7FC2283",
      "aws_vpc_security_group_ingress_rule.database_access_from-office",
      "aws_iam_role_policy.service-api_roles_task-policy",
    ]);
    expect((await inView(page, ".risk .evidence"))[1]).toContain("lets in tcp 5432 from 0.0.0.0/0");
  });

  test.each(WIDTHS)("has the verdict and the gravest risk at %i px", async (width) => {
    const { page } = await open(risky, { width, height: 844 });
    expect((await inView(page, ".verdict")).length).toBe(1);
    expect((await inView(page, ".risk h3"))[0]).toBe("critical The database is destroyed and made anew");
  });

  test("counts by stack and action, in the order in which the stacks are applied", async () => {
    const { page } = await open(systemReview(4, 20));
    const rows = await inView(page, ".counts tr");
    expect(rows).toEqual([
      "Wave Stacks −/+ replace ~ update + create Risks",
      "1 prod-network 4 1",
      "prod-data 1 4 1 1 critical",
      "prod-identity 4 1",
      "2 prod-edge 4 1",
      "All together 1 16 4",
    ]);
  });

  test("says what is lost without being a risk", async () => {
    const review = riskyReview();
    const { page } = await open({ ...review, risks: [], verdict: { outcome: "changes", text: "43 changes" } });
    expect(await inView(page, ".losses li")).toEqual([
      "−/+ replace aws_db_instance.database_instance_D7FC2283 in stack",
    ]);
  });

  test.each([
    ["one change", oneChange(), "Changes. 1 change, no risk found", "No risk found"],
    ["nothing", noChange(), "No changes. No changes", "No risk found"],
    [
      "a plan that failed",
      erroredReview(),
      "Failed. prod-data could not be planned: what follows is a part",
      "No risk found in what could be planned",
    ],
  ])("says how %s comes out", async (_name, review, verdict, risks) => {
    const { page } = await open(review);
    expect(await inView(page, ".verdict")).toEqual([verdict]);
    expect(await inView(page, "#risks")).toEqual([risks]);
  });
});
