import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systems } from "../../envs";
import type { System } from "../../envs/environment";
import { planOffline } from "../../tools/plan/offline";
import type { StackPlan } from "../../tools/plan/preview";
import { synthInto } from "../support/system";
import type { Synthesized } from "../support/synth";

// The real terraform and the real AWS provider, without a network or an account: upstream values are placeholders.
const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), "groundplan-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

const AWS_STACKS = ["delivery", "network", "data", "app"];

describe.each(Object.values(systems))("system $name", (system: System) => {
  const outdir = join(folder, system.name, "cdktf.out");
  const plans = new Map<string, StackPlan>();

  beforeAll(async () => {
    synthInto(outdir, { system, environments: system.environments, stateOverride: { kind: "local" } });
    for (const plan of await planOffline({ outdir, folder: join(folder, system.name) })) plans.set(plan.stack, plan);
    const bootstrap = join(folder, system.name, "bootstrap");
    synthInto(bootstrap, { system, environments: system.environments });
    const select = ({ name }: { name: string }) => name === "bootstrap";
    for (const plan of await planOffline({ outdir: bootstrap, folder: join(folder, system.name), select }))
      plans.set(plan.stack, plan);
  }, 10 * MINUTES);

  const expected = [
    "bootstrap",
    "shared",
    ...system.environments.flatMap(({ name }) => AWS_STACKS.map((stack) => `${name}-${stack}`)),
  ];

  test.each(expected)("%s is valid and can be planned, without a deprecation warning", (name) => {
    const plan = plans.get(name);
    expect({ status: plan?.status, problems: plan?.problems, warnings: plan?.warnings }).toEqual({
      status: "changes",
      problems: [],
      warnings: [],
    });
  });

  test.each(expected)("%s would create everything it declares, and nothing else", (name) => {
    const stack = join(
      name === "bootstrap" ? join(folder, system.name, "bootstrap") : outdir,
      "stacks",
      name,
      "cdk.tf.json",
    );
    const { resource = {} } = JSON.parse(readFileSync(stack, "utf8")) as Synthesized;
    const declared = Object.values(resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
    expect(plans.get(name)?.counts).toEqual({ add: declared, change: 0, remove: 0, import: 0 });
  });
});
