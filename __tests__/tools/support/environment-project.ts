import { rmSync } from "node:fs";
import { join } from "node:path";
import { applyCommand } from "../../../tools/cli/apply";
import type { Command } from "../../../tools/cli/command";
import { main } from "../../../tools/cli/main";
import { planCommand } from "../../../tools/cli/plan";
import type { Terminal } from "../../../tools/cli/terminal";
import { makeFolder, readJson, writeFile } from "../../../tools/files";
import { bundlePaths, type Bundle } from "../../../tools/plan/bundle";
import { recordingTerminal } from "./terminal";
import { writeStacks, type StackSketch } from "./stacks";

/** Stands for synth: copies the stacks of the test, and lists its environments. */
const SYNTH = `
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
if (process.argv.includes("--systems")) {
  const environments = [{ name: "staging", tier: "staging" }, { name: "prod", tier: "prod" }];
  console.log(JSON.stringify([{ name: "default", environments }]));
} else {
  cpSync(join("synth", process.env.GROUNDPLAN_ENV), process.env.CDKTF_OUTDIR, { recursive: true });
}
`;

type Sketches = Readonly<Record<string, StackSketch>>;

/** A project below a folder, whose stacks need no provider, with the commands that plan and apply it. */
export function environmentProject(root: string, sketches: Sketches, more: readonly Command[] = []) {
  writeFile(join(root, "tools", "run.mjs"), SYNTH);
  const commands = { name: "", summary: "", commands: [planCommand, applyCommand, ...more] };
  const synthesize = (next: Sketches, environment = "staging") => {
    rmSync(join(root, "synth", environment), { recursive: true, force: true });
    writeStacks(join(root, "synth", environment), next);
  };
  synthesize(sketches);
  const environment = { PATH: process.env["PATH"], HOME: makeFolder(join(root, "home")) };
  return {
    root,
    environment,
    /** Changes what synth writes from now on. */
    synthesize,
    /** Runs a command as it is typed, and says what it wrote. */
    run: async (command: string, overrides: Partial<Terminal> = {}, variables: NodeJS.ProcessEnv = {}) => {
      const { terminal, written } = recordingTerminal(overrides);
      const code = await main(commands, command.split(" "), {
        ...{ terminal, folder: root },
        environment: { ...environment, ...variables },
      });
      return { code, ...written };
    },
    paths: (environment = "staging") => bundlePaths(join(root, ".groundplan", "plans", "default", environment)),
    bundle: (environment = "staging") =>
      readJson(join(root, ".groundplan", "plans", "default", environment, "bundle.json")) as Bundle,
    /** A stack's state, as Terraform wrote it. */
    state: (stack: string) =>
      readJson(join(root, ".groundplan", "state", `${stack}.tfstate`)) as Record<string, unknown> | undefined,
  };
}

/** Resources that are built into Terraform, with the inputs given. */
export function things(inputs: Readonly<Record<string, unknown>>) {
  const resources = Object.entries(inputs).map(([name, input]) => [name, { input }]);
  return { terraform_data: Object.fromEntries(resources) as Record<string, { input: unknown }> };
}
