import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { NO_ALLOW_LIST } from "../../../tools/review/meaning/allow-list";
import { buildReview } from "../../../tools/review/meaning/build-review";
import { pictureOfPlans } from "../../../tools/review/picture/picture-of";
import { readTogether } from "../../../tools/review/read/read-plans";
import { formsOf } from "../../../tools/review/render/forms";
import type { Review } from "../../../tools/review/review";
import { FIXTURES } from "../../support/plan-fixtures";

// The review of plans that Terraform made, in every form, to the byte: what changes here, a reader sees. UPDATE_GOLDEN=1 keeps them anew.
const update = process.env["UPDATE_GOLDEN"] === "1";
const OUTPUTS = "review";

/** The plans of a situation as `npm run review` takes them: every file of them in one review. */
function reviewOf(situation: string): Review {
  const folder = join(FIXTURES, situation);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const plans = readTogether(files.map((name) => ({ source: name, bytes: readFileSync(join(folder, name)) }))).flat();
  return buildReview({
    kind: "plan",
    title: situation,
    subject: situation.endsWith("-prod") ? { tier: "prod" } : {},
    allowList: NO_ALLOW_LIST,
    today: "2026-11-26",
    stacks: plans.map((plan) => ({
      name: basename(plan.source, ".json"),
      wave: 1,
      status: plan.errored ? "failed" : "changes",
      ...{ dependencies: [], placeholders: [], problems: [], warnings: [], plan },
    })),
    picture: (reviews) =>
      pictureOfPlans(
        reviews,
        plans.map(({ references }) => references),
      ),
  });
}

async function outputsOf(review: Review): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(Object.entries(await formsOf(review)).map(([ending, text]) => [`review.${ending}`, text]));
}

const situations = readdirSync(FIXTURES).sort();

test("there are situations", () => {
  expect(situations.length).toBeGreaterThan(12);
});

describe.each(situations)("of the situation %s", (situation) => {
  const folder = join(FIXTURES, situation, OUTPUTS);

  test("every form is as it is kept, and the same a second time", async () => {
    const outputs = await outputsOf(reviewOf(situation));
    if (update) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(outputs)) writeFileSync(join(folder, name), text);
    }
    const kept = Object.fromEntries(
      (existsSync(folder) ? readdirSync(folder) : []).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
    expect(Object.keys(kept).sort()).toEqual(Object.keys(outputs).sort());
    for (const [name, text] of Object.entries(outputs)) expect(`${name}\n${text}`).toBe(`${name}\n${kept[name]}`);
    expect(await outputsOf(reviewOf(situation))).toEqual(outputs);
  });
});

describe("what the situations are for", () => {
  const changes = (situation: string) => reviewOf(situation).stacks.flatMap((stack) => stack.changes);
  const actions = (situation: string) => changes(situation).map(({ address, action }) => [address, action]);

  test("of a risky change of prod, the gravest are the first three of the review", () => {
    const { risks, counts, verdict } = reviewOf("risky-prod");
    expect(verdict.outcome).toBe("risk");
    expect(counts.update).toBeGreaterThan(30);
    expect(new Set(risks.slice(0, 3).map(({ rule, address }) => `${rule} ${address.split(".")[0]}`))).toEqual(
      new Set([
        "stateful-replace aws_db_instance",
        "security-group-opening aws_vpc_security_group_ingress_rule",
        "iam-widening aws_iam_role_policy",
      ]),
    );
  });

  test("a deposed object is destroyed besides the one that stays, and a tainted one is replaced", () => {
    expect(changes("deposed").map(({ address, deposed, action }) => [address, deposed, action])).toEqual([
      ["terraform_data.host", "00000001", "delete"],
      ["terraform_data.user", undefined, "replace"],
    ]);
  });

  test("what is moved, imported and forgotten is told from what is destroyed", () => {
    const found = Object.fromEntries(changes("move-import-forget").map((change) => [change.address, change]));
    expect(found["terraform_data.network"]).toMatchObject({ action: "no-op", previousAddress: "terraform_data.net" });
    expect(found["terraform_data.database"]).toMatchObject({ action: "update", previousAddress: "terraform_data.db" });
    expect(found["terraform_data.legacy"]).toMatchObject({ action: "forget" });
    expect(found["terraform_data.adopted"]?.importing).toMatch(/^id /);
    expect(found["terraform_data.zone[2]"]).toMatchObject({
      action: "delete",
      why: expect.stringContaining("count") as string,
    });
    expect(found['terraform_data.bucket["logs"]']).toMatchObject({ action: "delete" });
  });

  test("a plan that failed half-way does not pass for a whole one", () => {
    const { verdict, banners } = reviewOf("errored");
    expect(verdict.outcome).toBe("failed");
    expect(banners.map(({ level }) => level)).toContain("error");
  });

  test("checks say which one failed and which cannot be known yet", () => {
    const [stack] = reviewOf("checks").stacks;
    expect(stack?.checks.map(({ address, status, problems }) => [address, status, ...problems]).sort()).toEqual([
      ["check.made", "unknown"],
      ["check.named", "pass"],
      ["check.survives_the_loss_of_a_zone", "fail", "One replica does not survive the loss of a zone."],
    ]);
  });

  test("the new one comes before the old one goes where the code says so", () => {
    expect(Object.fromEntries(actions("replace"))).toMatchObject({
      "terraform_data.image": "replace",
      "terraform_data.certificate": "replace-create-first",
      "terraform_data.host": "replace",
      "terraform_data.follower": "replace",
    });
    expect(changes("replace").find(({ address }) => address === "terraform_data.host")?.why).toBe(
      "its replacement was asked for (-replace)",
    );
  });

  test.each([
    ["create", "correct horse battery staple"],
    ["update", "one that was rotated"],
    ["update", "the one that came after it"],
    ["outputs", "the first key of the gate"],
    ["outputs", "another key of the gate"],
  ])("of %s, no form holds the secret", async (situation, secret) => {
    const outputs = await outputsOf(reviewOf(situation));
    expect(Object.entries(outputs).filter(([, text]) => text.includes(secret))).toEqual([]);
    expect(readFileSync(join(FIXTURES, situation, "plan.json"), "utf8")).toContain(secret);
  });
});
