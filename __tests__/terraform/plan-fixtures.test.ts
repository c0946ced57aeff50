import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { objectOf } from "../../tools/json";
import { FIXTURES, keptPlan, madePlan, SITUATIONS } from "../support/plan-fixtures";

// The plans that the review is tested with are what the real Terraform makes of our configurations today. UPDATE_GOLDEN=1 keeps them anew.
const update = process.env["UPDATE_GOLDEN"] === "1";
jest.setTimeout(60_000);

/** What a plan says will happen; the rest of its JSON differs between versions of Terraform. */
function essence(json: string): unknown {
  const plan = objectOf(JSON.parse(json));
  const changes = (key: string) =>
    ((plan[key] ?? []) as ReadonlyArray<Record<string, unknown>>).map((entry) => {
      const { actions, before, after, after_unknown, replace_paths, importing } = objectOf(entry["change"]);
      const { address, previous_address, deposed, action_reason } = entry;
      return {
        address,
        previous_address,
        deposed,
        action_reason,
        actions,
        before,
        after,
        after_unknown,
        replace_paths,
        importing,
      };
    });
  const checks = ((plan["checks"] ?? []) as ReadonlyArray<Record<string, unknown>>)
    .map(({ address, status }) => `${String(objectOf(address)["to_display"])} ${String(status)}`)
    .sort();
  const { errored, complete, applyable, output_changes } = plan;
  return {
    changes: changes("resource_changes"),
    drift: changes("resource_drift"),
    checks,
    errored,
    complete,
    applyable,
    output_changes,
  };
}

test.each(SITUATIONS)("Terraform plans the situation $name as it is kept", (situation) => {
  const made = madePlan(situation);
  if (update) writeFileSync(join(FIXTURES, situation.name, "plan.json"), made);
  expect(essence(made)).toEqual(essence(keptPlan(situation.name)));
});
