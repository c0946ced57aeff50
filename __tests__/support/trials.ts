import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { System } from "../../envs/environment";
import { readStacks } from "../../tools/plan/stack";
import { noteTrial, type Trials } from "../../tools/systems/record";
import { environmentDigest, type SynthesizedSystem, trialKey } from "../../tools/systems/survey";
import { synthInto } from "./system";

const RECORD = join(__dirname, "..", "..", "docs", "systems", "record.json");

/** Whether tests that pass write down what they tried: `UPDATE_RECORD=1`. */
export const updatesRecord = process.env["UPDATE_RECORD"] === "1";

/** A system as it is synthesized when nothing is overridden. */
export function synthesizedSystem(system: System): SynthesizedSystem {
  const outdir = mkdtempSync(join(tmpdir(), "groundplan-survey-"));
  try {
    synthInto(join(outdir, "cdktf.out"), { system, environments: system.environments });
    const environments = system.environments.map(({ name, tier }) => ({ name, tier }));
    return { name: system.name, environments, stacks: readStacks(join(outdir, "cdktf.out")) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Writes down that an environment was tried, with the bytes it consists of now. */
export function noteTried(system: System, environment: string, kind: keyof Trials): void {
  const digest = environmentDigest(synthesizedSystem(system), environment);
  noteTrial(RECORD, trialKey(system.name, environment), kind, { digest, day: new Date().toISOString().slice(0, 10) });
}
