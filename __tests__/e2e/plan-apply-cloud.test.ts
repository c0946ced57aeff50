import { readFileSync } from "node:fs";
import { join } from "node:path";
import { driftCommand } from "../../tools/cli/drift";
import { destroyCommand } from "../../tools/cli/destroy";
import type { Workspace } from "../support/tfe/model";
import { startRealCloud, writeStack, type RealCloud } from "../support/tfe/real-cloud";
import { buildProgram, start } from "../tools/support/cli-program";
import { environmentProject } from "../tools/support/environment-project";
import { temporaryFolder } from "../tools/support/folder";
import type { StackSketch } from "../tools/support/stacks";

// Plan and apply of stacks whose state and runs are in Terraform Cloud. Terraform and the runs are real; the service is the emulator of
// __tests__/support/tfe, so this proves what we make of its answers, and nothing about the service itself.
jest.setTimeout(240_000);

const folder = temporaryFolder();
let program = "";
let cloud: RealCloud;
let network: Workspace;
let count = 0;

beforeAll(async () => {
  program = await buildProgram(folder);
}, 60_000);
beforeEach(async () => {
  cloud = await startRealCloud();
  cloud.emulator.store.addOrganization("acme-org");
  network = cloud.emulator.store.addWorkspace("acme-org", "network");
  const app = cloud.emulator.store.addWorkspace("acme-org", "app");
  network.consumers.add(app.id);
});
afterEach(() => cloud.stop());

function stack(name: string, document: Readonly<Record<string, unknown>>, more: StackSketch = {}): StackSketch {
  const terraform = { backend: undefined, cloud: { organization: "acme-org", workspaces: { name } } };
  return { ...more, document: { terraform, ...document } };
}

function system(cidr = "10.0.0.0/16", seconds = 0): Readonly<Record<string, StackSketch>> {
  const state = { backend: "remote", config: { organization: "acme-org", workspaces: { name: "network" } } };
  const provisioner = seconds === 0 ? undefined : [{ "local-exec": { command: `sleep ${seconds}` } }];
  return {
    network: stack("network", {
      resource: { terraform_data: { vpc: { input: cidr, provisioner } } },
      output: { id: { value: "${terraform_data.vpc.id}" } },
    }),
    app: stack(
      "app",
      {
        data: { terraform_remote_state: { network: state } },
        resource: { terraform_data: { service: { input: "${data.terraform_remote_state.network.outputs.id}" } } },
      },
      { dependencies: ["network"] },
    ),
  };
}

function project(sketches = system()) {
  const made = environmentProject(join(folder, String((count += 1))), sketches, [driftCommand, destroyCommand]);
  const environment = { ...cloud.environment };
  return {
    ...made,
    run: (command: string) => made.run(command, {}, environment),
    start: (command: string) => start(program, command, { cwd: made.root, env: environment }),
  };
}

const statuses = () => [...cloud.emulator.store.runs.values()].map(({ status }) => status);
const calls = () => {
  const { overrides, cancels, madeWorkspaces } = cloud.emulator.calls;
  return { overrides: overrides.length, cancels: cancels.length, made: madeWorkspaces.length };
};
const NONE = { overrides: 0, cancels: 0, made: 0 };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("in Terraform Cloud", () => {
  test("what was planned is applied, the preview after what it reads, and then nothing is left to do", async () => {
    const { run, bundle, paths } = project();
    const plan = await run("plan staging");
    expect([plan.err, plan.code]).toEqual(["", 2]);
    expect(bundle().stacks).toMatchObject([
      {
        name: "network",
        status: "planned",
        backend: "cloud",
        run: { hostname: "app.terraform.io" },
        actions: [{ address: "terraform_data.vpc" }],
      },
      { name: "app", status: "preview", placeholders: ["network"] },
    ]);
    expect(readFileSync(paths().plan("network"), "utf8")).toContain("remote_plan_format");
    expect(statuses()).toEqual(["planned_and_saved"]);
    const apply = await run("apply staging --yes");
    expect([apply.err, apply.code]).toEqual(["", 0]);
    expect(statuses()).toEqual(["applied", "applied"]);
    expect((await run("plan staging")).code).toBe(0);
    expect((await run("drift staging")).code).toBe(0);
    expect(calls()).toEqual(NONE);
  });

  test("an interrupted apply is left with 75, goes on there, and is found done", async () => {
    const { run, start: begin, bundle } = project(system("10.0.0.0/16", 4));
    await run("plan staging");
    const apply = begin("apply staging --yes");
    await cloud.emulator.lifecycle.reached(({ status }) => status === "applying");
    await pause(1200);
    apply.signal("SIGTERM");
    expect(await apply.ended).toBe(75);
    expect(apply.written.out).toMatch(/https:\/\/app\.terraform\.io\/app\/acme-org\/network\/runs\/run-/);
    expect(apply.written.out).toContain("Go on with: npm run apply staging");
    expect(bundle().stacks[0]?.applied?.outcome).toBe("detached");
    expect(calls()).toEqual(NONE);
    const resumed = await run("apply staging --yes");
    expect([resumed.err, resumed.code]).toEqual(["", 0]);
    expect(statuses()).toEqual(["applied", "applied"]);
    expect(calls()).toEqual(NONE);
  });

  test("a plan is stale once somebody else has applied something", async () => {
    const { run } = project();
    await run("plan staging");
    const other = writeStack(cloud.folder, "network", { resource: { terraform_data: { other: {} } } });
    await cloud.run(["init", "-input=false"], other);
    await cloud.run(["plan", "-input=false", "-out=other"], other);
    await cloud.run(["apply", "-input=false", "other"], other);
    const { code, err } = await run("apply staging --yes");
    expect(err).toContain("network: its state has changed since the plan");
    expect(code).toBe(7);
  });

  test.each([
    ["a policy denies", 5, () => (network.checks.policy = "soft_failed")],
    ["a policy denies for good", 5, () => (network.checks.policy = "hard_failed")],
    [
      "a task awaits a decision on",
      6,
      () => (network.checks = { tasks: "awaiting_override", tasksArePolicies: false }),
    ],
  ])("a plan that %s exits with %d, and overrides nothing", async (_what, expected, arrange) => {
    arrange();
    const { run } = project();
    const { code, out } = await run("plan staging");
    expect(out).toContain("/runs/run-");
    expect(code).toBe(expected);
    expect(calls()).toEqual(NONE);
    expect((await run("apply staging --yes")).code).not.toBe(0);
    expect(calls()).toEqual(NONE);
  });

  test("a plan that somebody discards meanwhile is no plan without changes", async () => {
    cloud.emulator.behaviour.holdPending = true;
    const { run } = project();
    const planning = run("plan staging --stack network");
    while (cloud.emulator.store.runs.size === 0) await pause(20);
    await pause(300);
    const [pending] = cloud.emulator.store.runs.values();
    if (pending !== undefined) cloud.emulator.lifecycle.discard(pending);
    expect((await planning).code).toBe(3);
  });

  test("an interrupted plan takes its run back", async () => {
    cloud.emulator.behaviour.holdPending = true;
    const { start: begin } = project();
    const plan = begin("plan staging");
    while (cloud.emulator.store.runs.size === 0) await pause(20);
    await pause(500);
    plan.signal("SIGINT");
    expect(await plan.ended).toBe(4);
    expect(statuses()).toEqual(["canceled"]);
  });

  test("somebody's lock stops the apply with 6, and it goes through afterwards", async () => {
    const { run } = project();
    await run("plan staging");
    network.lock = { type: "users", id: "user-bob", name: "bob", reason: "maintenance", at: "2026-01-01T00:00:00Z" };
    const locked = await run("apply staging --yes");
    expect([6, 66]).toContain(locked.code);
    expect(`${locked.out}${locked.err}`).toContain("bob");
    network.lock = undefined;
    const { code, err } = await run("apply staging --yes");
    expect([err, code]).toEqual(["", 0]);
  });

  test("a missing workspace is named before anything is done, and not made", async () => {
    cloud.emulator.store.workspaces.clear();
    const { run } = project();
    const { code, err } = await run("plan staging");
    expect(err).toContain("there is no workspace network in acme-org");
    expect(code).toBe(66);
    expect(calls()).toEqual(NONE);
  });

  test("destroys what was planned to go", async () => {
    const { run } = project();
    await run("plan staging");
    await run("apply staging --yes");
    const { code, err } = await run("destroy staging --yes --stack network,app");
    expect([err, code]).toEqual(["", 0]);
    expect(calls()).toEqual(NONE);
  });
});
