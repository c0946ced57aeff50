import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readText } from "../../../tools/files";
import { buildProgram, start } from "../support/cli-program";
import { environmentProject } from "../support/environment-project";
import { temporaryFolder } from "../support/folder";
import { outputOf, type StackSketch } from "../support/stacks";

const folder = temporaryFolder();
let program = "";
let count = 0;
beforeAll(async () => {
  program = await buildProgram(folder);
}, 60_000);

/** Two resources one after the other, the second of which waits for a file to appear. */
function waiting(gate: string): StackSketch {
  const command = `touch ${gate}.begun; while ! test -e ${gate}.open; do sleep 0.05; done`;
  return {
    document: {
      resource: {
        terraform_data: {
          quick: { input: 1 },
          slow: { input: 1, depends_on: ["terraform_data.quick"], provisioner: [{ "local-exec": { command } }] },
          last: { input: 1, depends_on: ["terraform_data.slow"] },
        },
      },
      output: { id: { value: "${terraform_data.last.id}" } },
    },
  };
}

function fresh() {
  count += 1;
  const gate = join(folder, `gate-${count}`);
  const project = environmentProject(join(folder, String(count)), {
    network: waiting(gate),
    app: {
      dependencies: ["network"],
      reads: ["network"],
      document: { resource: { terraform_data: { x: { input: outputOf("network", "id") } } } },
    },
  });
  return {
    ...project,
    begun: () => until(() => existsSync(`${gate}.begun`)),
    open: () => writeFileSync(`${gate}.open`, ""),
    start: (command: string) => start(program, command, { cwd: project.root, env: project.environment }),
  };
}

const names = (state: Record<string, unknown> | undefined) =>
  ((state?.["resources"] as Array<{ name: string }> | undefined) ?? []).map(({ name }) => name);

describe("an interrupted apply", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "ends in good order on %s, says what is left, and goes on",
    async (signal) => {
      const project = fresh();
      await project.run("plan staging");
      const apply = project.start("apply staging --yes");
      await project.begun();
      apply.signal(signal);
      expect(await apply.ended).toBe(4);
      expect(apply.written.err).toContain("Interrupted: waiting for what runs to end in good order");
      expect(apply.written.out).toContain("app  not begun");
      expect(apply.written.out).toContain("Go on with: npm run apply staging");
      expect(names(project.state("network"))).toEqual(["quick", "slow"]); // slow is tainted
      expect(project.bundle().stacks[0]?.applied?.outcome).toBe("interrupted");
      project.open();
      const resumed = await project.run("apply staging --yes");
      expect(resumed.out).toContain("network was interrupted at");
      expect([resumed.code, resumed.err]).toEqual([0, ""]);
      expect(names(project.state("network"))).toEqual(["last", "quick", "slow"]);
      expect((await project.run("plan staging")).code).toBe(0);
    },
  );

  test("goes on after the program was killed, whose Terraform ends in good order by itself", async () => {
    const project = fresh();
    await project.run("plan staging");
    const apply = project.start("apply staging --yes");
    await project.begun();
    apply.signal("SIGKILL");
    await apply.ended;
    expect(project.bundle().stacks[0]?.applied?.outcome).toBe("begun");
    project.open(); // Terraform itself was left behind, and ends
    const terraformIsDone = () => names(project.state("network")).includes("last");
    await until(terraformIsDone);
    await sleep(200);
    const resumed = await project.run("apply staging --yes");
    expect([resumed.code, resumed.err]).toEqual([0, ""]);
    expect((await project.run("plan staging")).code).toBe(0);
  });

  test("lets nobody else in meanwhile", async () => {
    const project = fresh();
    await project.run("plan staging");
    const apply = project.start("apply staging --yes");
    await project.begun();
    for (const command of ["plan staging", "apply staging --yes"]) {
      const { code, err } = await project.run(command);
      expect(err).toContain(`another run is at work here: npm run apply staging (process ${apply.pid})`);
      expect(code).toBe(1);
    }
    project.open();
    expect(await apply.ended).toBe(0);
  });

  test("says who locks a state, since when and how to end it, and loses nothing", async () => {
    const project = fresh();
    await project.run("plan staging");
    const apply = project.start("apply staging --yes");
    await project.begun();
    // The same state from another checkout, of which this machine's lock knows nothing.
    const lock = join(project.root, ".groundplan", "work", "default", "staging", "lock.json");
    writeFileSync(lock, "");
    const other = await project.run("plan staging --lock-timeout 0");
    expect(other.code).toBe(1);
    expect(other.out).toMatch(/Error acquiring the state lock/);
    expect(other.out).toMatch(/held by .+ since .+, for OperationTypeApply, lock [0-9a-f-]{36}/);
    project.open();
    await apply.ended;
  });
});

describe("an interrupted plan", () => {
  test("leaves nothing that could be applied", async () => {
    const project = fresh();
    await project.run("plan staging");
    const gate = join(folder, "data");
    project.synthesize({
      network: {
        document: {
          data: { terraform_remote_state: { x: { backend: "local", config: { path: `${gate}.fifo` } } } },
          resource: { terraform_data: { x: { input: "${data.terraform_remote_state.x.outputs.id}" } } },
        },
      },
    });
    const { execFileSync } = await import("node:child_process");
    execFileSync("mkfifo", [`${gate}.fifo`]); // so that the plan waits
    const plan = project.start("plan staging");
    await until(() => plan.written.out.includes("synthesized"));
    await sleep(1500);
    plan.signal("SIGINT");
    await sleep(600);
    plan.signal("SIGINT");
    expect(await plan.ended).toBe(4);
    expect(project.bundle()).toMatchObject({ complete: false, stacks: [] });
    expect(readdirSync(join(project.paths().folder, "plans"))).toEqual([]);
    expect(readText(project.paths().review("html"))).toBeUndefined();
    const { code, err } = await project.run("apply staging --yes");
    expect(err).toContain("it is incomplete: the planning was interrupted");
    expect(code).toBe(7);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !condition(); tries += 1) await sleep(20);
  expect(condition()).toBe(true);
}
