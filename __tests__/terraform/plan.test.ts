import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systems } from "../../envs";
import type { System } from "../../envs/environment";
import { planOffline } from "../../tools/plan/offline";
import type { StackPlan } from "../../tools/plan/preview";
import { readStacks, type Stack } from "../../tools/plan/stack";
import { resourcesIn } from "../../tools/systems/survey";
import { updatesRecord, noteTried } from "../support/trials";
import { synthInto } from "../support/system";

// The real terraform and the real AWS provider, without a network or an account: upstream values are placeholders. A plan begins with the same walk
// as `terraform validate`, deprecation warnings included, so each stack starts the provider once.
const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), "groundplan-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The bootstrap stack is made where some state is in S3; the local state of these plans needs none. */
const synthesized = (system: System): Array<readonly [string, Stack[]]> => {
  const outdir = join(folder, system.name, "cdktf.out");
  const bootstrap = join(folder, system.name, "bootstrap");
  synthInto(outdir, { system, environments: system.environments, stateOverride: { kind: "local" } });
  synthInto(bootstrap, { system, environments: system.environments });
  const needsAwsAlone = ({ providers }: Stack) => providers.every(({ source }) => source === "hashicorp/aws");
  return [
    [outdir, readStacks(outdir).filter(needsAwsAlone)],
    [bootstrap, readStacks(bootstrap).filter(({ name }) => name === "bootstrap")],
  ];
};

describe.each(Object.values(systems))("system $name", (system: System) => {
  const parts = synthesized(system);
  const expected = parts.flatMap(([, stacks]) => stacks);
  const plans = new Map<string, StackPlan>();

  beforeAll(async () => {
    for (const [outdir, stacks] of parts) {
      const names = stacks.map(({ name }) => name);
      if (names.length === 0) continue;
      const found = await planOffline({
        outdir,
        folder: join(folder, system.name),
        select: ({ name }) => names.includes(name),
        validate: false,
        json: false,
      });
      for (const plan of found) plans.set(plan.stack, plan);
    }
  }, 15 * MINUTES);

  if (expected.length === 0) {
    test("has nothing that needs AWS alone", () => {
      expect(system.environments.every(({ network }) => network === undefined)).toBe(true);
    });
    return;
  }

  test.each(expected.map(({ name }) => name))(
    "%s is valid and can be planned, without a deprecation warning",
    (name) => {
      const plan = plans.get(name);
      expect({ status: plan?.status, problems: plan?.problems, warnings: plan?.warnings }).toEqual({
        status: "changes",
        problems: [],
        warnings: [],
      });
    },
  );

  test.each(expected)("$name would create everything it declares, and nothing else", (stack) => {
    const declared = resourcesIn(stack);
    expect(plans.get(stack.name)?.counts).toEqual({ add: declared, change: 0, remove: 0, import: 0 });
  });

  if (updatesRecord) {
    test("is noted as planned", () => {
      const failed = [...plans.values()].filter(({ status, warnings }) => status !== "changes" || warnings.length > 0);
      expect(failed).toEqual([]);
      for (const { name } of system.environments) noteTried(system, name, "planned");
    });
  }
});
