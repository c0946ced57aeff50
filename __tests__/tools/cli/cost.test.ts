import { join } from "node:path";
import { costCommand } from "../../../tools/cli/cost";
import { main } from "../../../tools/cli/main";
import { temporaryFolder } from "../support/folder";
import { sandboxProject } from "../support/project";
import { recordingTerminal } from "../support/terminal";

const folder = temporaryFolder();
const project = sandboxProject(join(folder, "project"), {
  "staging-data": {
    document: {
      provider: { aws: [{ region: "eu-west-3", default_tags: [{ tags: { Environment: "staging" } }] }] },
      resource: { aws_secretsmanager_secret: { s: { "//": { metadata: { path: "staging-data/cache/secret" } } } } },
    },
  },
});

async function run(...argv: string[]) {
  const { terminal, written } = recordingTerminal();
  const root = { name: "", summary: "", commands: [costCommand] };
  const code = await main(root, argv, { terminal, environment: project.environment, folder: project.root });
  return { code, ...written };
}

describe("npm run cost", () => {
  test("synthesizes and prints the estimate, whatever the sandbox holds", async () => {
    const { code, out, err } = await run("cost");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("staging: $0.40 a month (1 stack)\n  staging-data  cache/secret  secret  $0.40\n");
  });

  test("prints JSON and nothing else", async () => {
    const { code, out } = await run("cost", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({ name: "staging", estimate: expect.objectContaining({ usdPerMonth: 0.4 }) }),
    ]);
  });

  test("fails with the words of a synth that fails", async () => {
    const { code, err } = await run("cost", "--env", "Prod");
    expect([code, err]).toEqual([
      64,
      expect.stringContaining('--env must be lower-case letters, digits and hyphens, got "Prod"'),
    ]);
    project.failSynth("envs/staging.ts: region must be given");
    expect(await run("cost")).toEqual({ code: 66, out: "", err: expect.stringContaining("region must be given") });
  });
});
