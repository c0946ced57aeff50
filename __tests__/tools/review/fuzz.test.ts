import fc from "fast-check";
import { isObject, listOf, objectOf, stringOf } from "../../../tools/json";
import { pictureOfReferences } from "../../../tools/review/picture/picture-of";
import { readPlans } from "../../../tools/review/read/read-plans";
import { formsOf, plainText } from "../../../tools/review/render/forms";
import type { Review } from "../../../tools/review/review";
import { UserError } from "../../../tools/user-error";
import { planJson, reviewOf, type ChangeSketch } from "../../support/plan-json";
import { keptPlan, SITUATIONS } from "../../support/plan-fixtures";
import { mutated, mutation } from "../../support/plan-mutations";
import { RISKY } from "../../support/reviews";

const SECRET = "Zk3vQ9sentinel7Lx";

/** A secret by its name wherever a plan can have one: no mutation takes the name from it. */
const hiding: readonly ChangeSketch[] = [
  ...RISKY.slice(0, 6),
  { address: "aws_x.secret", actions: ["update"], before: { password: SECRET }, after: { password: `${SECRET}2` } },
  { address: "aws_x.gone", actions: ["delete"], before: { settings: [{ master_password: SECRET }] } },
  { address: "aws_x.json", actions: ["create"], after: { text: JSON.stringify([{ db_password: SECRET }]) } },
];
const more = {
  variables: { db_password: { value: SECRET } },
  output_changes: { admin_password: { actions: ["create"], before: null, after: SECRET } },
  resource_drift: [
    {
      address: "aws_x.drifted",
      mode: "managed",
      type: "aws_x",
      name: "drifted",
      change: { actions: ["update"], before: { password: SECRET }, after: { password: "other" } },
    },
  ],
  prior_state: { values: { root_module: { resources: [{ address: "aws_x.secret", values: { password: SECRET } }] } } },
};

const BASES: ReadonlyArray<readonly [name: string, plan: unknown]> = [
  ["with secrets", planJson(hiding, more)],
  ...SITUATIONS.map(({ name }) => [name, JSON.parse(keptPlan(name))] as const),
];

async function forms(review: Review): Promise<string[]> {
  return [...Object.values(await formsOf(review)), plainText(review, { columns: 100, verbose: true })];
}

/** The addresses of what a plan destroys, as far as it says so in a form that can be read. */
function destroyed(plan: unknown): string[] {
  return listOf(objectOf(plan)["resource_changes"])
    .filter(isObject)
    .filter(({ change }) => listOf(objectOf(change)["actions"]).includes("delete"))
    .flatMap(({ address }) => stringOf(address) ?? []);
}

describe.each(BASES)("a plan %s, mutated", (name, base) => {
  test("is read or refused, loses nothing that is destroyed, and shows no secret", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const plan = mutations.reduce((value: unknown, one) => mutated(value, one), base);
        let plans;
        try {
          plans = readPlans(Buffer.from(JSON.stringify(plan)), "plan.json");
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          return;
        }
        for (const read of plans) {
          const review = reviewOf(read, { tier: "prod" });
          const [stack] = review.stacks;
          const drawn = stack === undefined ? undefined : pictureOfReferences(stack, read.references);
          const texts = await forms({ ...review, ...(drawn === undefined ? {} : { picture: drawn }) });
          expect(texts.filter((text) => text.includes(SECRET))).toEqual([]);
        }
        const shown = plans.flatMap(({ changes }) => changes).filter(({ rawActions }) => rawActions.includes("delete"));
        expect(shown.length).toBe(destroyed(plan).filter((address) => address !== "").length);
      }),
      { numRuns: name === "with secrets" ? 150 : 20, seed: 7 },
    );
  }, 60_000);
});

test("the secret is there to be found", () => {
  expect(JSON.stringify(BASES[0]).split(SECRET).length).toBeGreaterThan(7);
});
