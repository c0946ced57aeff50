import { existsSync } from "node:fs";
import { join } from "node:path";
import { destroyCommand } from "../../../tools/cli/destroy";
import { sandboxCommand } from "../../../tools/cli/sandbox";
import { makeFolder, readJson } from "../../../tools/files";
import { runningEmulator, stopEmulator } from "../../../tools/sandbox/emulator";
import { sandboxPaths } from "../../../tools/sandbox/paths";
import type { Bundle } from "../../../tools/plan/bundle";
import { environmentProject, things } from "../support/environment-project";
import { temporaryFolder, writeProgram } from "../support/folder";
import { PYTHON } from "../support/project";
import { outputOf } from "../support/stacks";

const root = temporaryFolder();
const edge = { terraform: { required_providers: { cloudflare: { source: "cloudflare/cloudflare" } } } };
const sandbox = {
  ...sandboxCommand,
  name: "sandbox",
  commands: sandboxCommand.commands?.map((command) => ({ ...command, name: command.name.replace("run ", "") })),
};
const project = environmentProject(
  root,
  {
    network: { document: { resource: things({ vpc: 1 }), output: { id: { value: "${terraform_data.vpc.id}" } } } },
    app: {
      dependencies: ["network"],
      reads: ["network"],
      document: {
        resource: {
          terraform_data: { service: { input: outputOf("network", "id"), lifecycle: { prevent_destroy: true } } },
        },
      },
    },
    edge: { dependencies: ["app"], document: edge },
  },
  [destroyCommand, sandbox],
);
const bin = makeFolder(join(root, "bin"));
writeProgram(join(bin, "python3"), PYTHON);
const variables = { PATH: `${bin}:${process.env["PATH"] ?? ""}` };
const run = (command: string) => project.run(command, {}, variables);
const place = join(root, ".groundplan", "sandbox", "default", "staging");

afterAll(async () => {
  const paths = sandboxPaths(join(root, ".groundplan"));
  const emulator = runningEmulator(paths);
  if (emulator !== undefined) await stopEmulator(paths, emulator);
});

test("plan, apply and destroy work in the sandbox as they do in an account, with states and bundles of its own", async () => {
  const plan = await run("plan staging --sandbox");
  expect([plan.err, plan.code]).toEqual(["", 2]);
  expect(plan.out).toMatch(/the local AWS emulator is up at .*, and goes on running afterwards/);
  expect(plan.out).toContain(
    "edge  not planned: needs Cloudflare (cloudflare/cloudflare), which has no local emulator",
  );
  expect(plan.out).toContain("Next: npm run apply staging -- --sandbox");
  const bundle = readJson(join(place, "bundles", "plan", "bundle.json")) as Bundle;
  expect(bundle.stacks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "network planned",
    "app preview",
    "edge skipped",
  ]);
  expect(existsSync(join(root, ".groundplan", "plans"))).toBe(false);
  expect((await run("apply staging --yes")).code).toBe(7); // nothing is planned for the account

  const apply = await run("apply staging --sandbox --yes");
  expect([apply.err, apply.code]).toEqual(["", 0]);
  expect(existsSync(join(place, ".groundplan", "state", "app.tfstate"))).toBe(true);
  expect(existsSync(join(root, ".groundplan", "state", "app.tfstate"))).toBe(false);
  expect((await run("sandbox status")).out).toMatch(/network {2}1 resource[^]*app {2}1 resource/);
  expect((await run("plan staging --sandbox")).code).toBe(0);

  // Nothing is protected there: it is the emulator's memory.
  const destroy = await run("destroy staging --sandbox --yes");
  expect([destroy.err, destroy.code]).toEqual(["", 0]);
  expect((await run("sandbox status")).out).toContain("nothing is deployed");
}, 30_000);
