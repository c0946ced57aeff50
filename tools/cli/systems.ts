import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { readText, writeFile } from "../files";
import { readStacks } from "../plan/stack";
import { synthesize } from "../plan/synth";
import { pages } from "../systems/pages";
import { readRecord } from "../systems/record";
import { survey, type SynthesizedSystem } from "../systems/survey";
import { listSystems } from "../systems/system-list";
import { SURVEY_NOTE, surveyTable } from "../systems/table";
import type { Command } from "./command";
import { withSession, type Session } from "./session";
import { plural } from "./text";

/** What was tried with which bytes, kept with the project so that its readers see it. */
const RECORD = "docs/systems/record.json";

/** `npm run systems`: every environment of every system, what it consists of, what was tried with it, and what it costs. */
export const systemsCommand: Command = {
  name: "run systems",
  summary: "Shows every system and environment: resources, what was tried, monthly cost",
  details: [
    "Synthesizes all of them; needs no account. What was planned and deployed is read from docs/systems/record.json.",
    "`UPDATE_RECORD=1 npm test` and `UPDATE_RECORD=1 npm run test:systems` try them and write that record.",
  ],
  flags: { write: { summary: "writes the table into the README, and the pages and pictures below docs/systems" } },
  examples: ["npm run systems", "npm run systems -- --write"],
  run: (invocation) =>
    withSession(invocation, { command: "npm run systems", exclusive: false }, async (session) => {
      const { root, say } = session;
      const systems = await synthesizeAll(session, invocation.environment);
      const rows = survey(systems, readRecord(join(root, RECORD)));
      surveyTable(rows).forEach((line) => say(line));
      say();
      say(SURVEY_NOTE.replaceAll("`", ""));
      if (invocation.flags["write"] !== true) return ExitCode.fine;
      const changed = (await pages(root, systems, rows)).filter(
        ({ path, text }) => readText(join(root, path)) !== text,
      );
      changed.forEach(({ path, text }) => writeFile(join(root, path), text));
      say();
      say(changed.length === 0 ? "Every page is as it should be." : `${plural(changed.length, "file")} written:`);
      changed.forEach(({ path }) => say(`  ${path}`));
      return ExitCode.fine;
    }),
};

async function synthesizeAll(session: Session, environment: NodeJS.ProcessEnv): Promise<SynthesizedSystem[]> {
  const { children, root } = session;
  const systems: SynthesizedSystem[] = [];
  for (const system of await listSystems({ children, root, environment })) {
    const outdir = join(root, ".groundplan", "systems", system.name, "cdktf.out");
    const environments = system.environments.map(({ name }) => name);
    await synthesize({ children, root, environment, system: system.name, environments, outdir });
    systems.push({ ...system, stacks: readStacks(outdir) });
  }
  return systems;
}
