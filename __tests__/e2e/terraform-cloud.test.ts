import { cdktfProject } from "../support/tfe/cdktf-project";
import type { Run, Workspace } from "../support/tfe/model";
import { oneResource, startRealCloud, writeStack, type RealCloud } from "../support/tfe/real-cloud";
import { ReviewedRun } from "../support/tfe/reviewed-run";
import { addState } from "../support/tfe/states";

// What `cdktf` and plain Terraform do with runs in Terraform Cloud, and what this project does instead. Both are real, as are the runs; the service is the
// emulator of __tests__/support/tfe, so this proves what clients make of its answers, and nothing about the service itself.
jest.setTimeout(180_000);

const NET = "acme-net";
const APP = "acme-app";
let cloud: RealCloud;
let net: Workspace;

beforeEach(async () => {
  cloud = await startRealCloud();
  cloud.emulator.store.addOrganization("acme-org");
  net = cloud.emulator.store.addWorkspace("acme-org", NET);
});
afterEach(() => cloud.stop());

const ours = (seconds = 0) => new ReviewedRun(cloud, NET, oneResource(seconds));
const statuses = () => [...cloud.emulator.store.runs.values()].map(({ status }) => status);
const calls = () => {
  const { overrides, cancels, discards, madeWorkspaces } = cloud.emulator.calls;
  return {
    overrides: overrides.length,
    cancels: cancels.length,
    discards: discards.length,
    made: madeWorkspaces.length,
  };
};
const NONE = { overrides: 0, cancels: 0, discards: 0, made: 0 };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const theRun = (wanted: (run: Run) => boolean) => cloud.emulator.lifecycle.reached(wanted);

/** The first run, while it is still pending. */
async function pendingRun(): Promise<Run> {
  while (cloud.emulator.store.runs.size === 0) await pause(20);
  await pause(300); // so that whoever made it watches it by now
  const [run] = cloud.emulator.store.runs.values();
  if (run === undefined) throw new Error("there is no run");
  return run;
}

describe("a workspace that is missing", () => {
  test("cdktf diff makes it, and does not tell changes from none", async () => {
    cloud.emulator.store.workspaces.clear();
    const { code } = await cdktfProject(cloud, { [NET]: oneResource() }).cdktf("diff", NET).ended;
    expect([code, calls().made, statuses()]).toEqual([0, 1, ["planned_and_finished"]]);
  });

  test("ours says how it is made, and makes none", async () => {
    cloud.emulator.store.workspaces.clear();
    const { problems } = await ours().survey();
    expect(problems.map(({ message, exitCode }) => [message, exitCode])).toEqual([
      ["there is no workspace acme-net in acme-org on app.terraform.io, or the token may not see it", 66],
    ]);
    expect(calls()).toEqual(NONE);
  });
});

describe("no terminal", () => {
  test("cdktf deploy crashes, and leaves a run that blocks the queue", async () => {
    const { code, output } = await cdktfProject(cloud, { [NET]: oneResource() }).cdktf("deploy", NET).ended;
    expect(output).toContain("Raw mode is not supported");
    expect([code, statuses(), net.currentRun]).toEqual([1, ["planned"], "run-0000000000000001"]);
  });

  test("ours plans, and applies just that plan", async () => {
    const run = ours();
    expect((await run.survey()).problems).toEqual([]);
    const planned = await run.plan();
    expect([planned.cli.ok, planned.cli.changes, planned.outcome.exitCode]).toEqual([true, true, 2]);
    const { cli, outcome } = await run.apply();
    expect([cli.ok, outcome.kind, outcome.exitCode]).toEqual([true, "applied", 0]);
    expect([statuses(), net.currentRun, calls()]).toEqual([["applied"], undefined, NONE]);
  });
});

describe("a run that somebody discards", () => {
  test("cdktf deploy takes it for done, and goes on with what depends on it", async () => {
    cloud.emulator.store.addWorkspace("acme-org", APP);
    addState(
      cloud.emulator.store,
      net,
      '{"version":4,"serial":1,"lineage":"a","outputs":{},"resources":[]}',
      undefined,
    );
    cloud.emulator.behaviour.holdPending = true;
    const project = cdktfProject(cloud, { [NET]: oneResource(), [APP]: oneResource() });
    const { ended } = project.cdktf("deploy", NET, APP, "--auto-approve");
    cloud.emulator.lifecycle.discard(await pendingRun());
    while (cloud.emulator.store.runs.size < 2) await pause(50);
    await pause(300);
    expect(statuses()).toEqual(["discarded", "pending"]);
    cloud.emulator.lifecycle.discard(await theRun(({ status }) => status === "pending"));
    await ended;
  });

  test("terraform apply -auto-approve exits with 0, and terraform plan too, as if there were no changes", async () => {
    const stack = writeStack(cloud.folder, NET, oneResource());
    await cloud.run(["init", "-input=false"], stack);
    cloud.emulator.behaviour.holdPending = true;
    const apply = cloud.run(["apply", "-auto-approve", "-input=false"], stack);
    cloud.emulator.lifecycle.discard(await pendingRun());
    expect((await apply).code).toBe(0);
    cloud.emulator.store.runs.clear();
    const plan = cloud.run(["plan", "-input=false", "-detailed-exitcode", "-out=tfplan"], stack);
    cloud.emulator.lifecycle.discard(await pendingRun());
    expect((await plan).code).toBe(0);
  });

  test("ours exits with 3 when it happens while the run is pending", async () => {
    cloud.emulator.behaviour.holdPending = true;
    const planned = ours().plan();
    cloud.emulator.lifecycle.discard(await pendingRun());
    const { cli, outcome } = await planned;
    expect([cli.ok, cli.changes]).toEqual([true, false]); // what the CLI says alone
    expect([outcome.kind, outcome.exitCode, outcome.message]).toEqual(["discarded", 3, "somebody has discarded it"]);
  });

  test("ours exits with 3 when it happens after the review", async () => {
    const run = ours();
    await run.plan();
    cloud.emulator.lifecycle.discard(await theRun(({ status }) => status === "planned_and_saved"));
    const { cli, outcome } = await run.apply();
    expect([cli.ok, outcome.kind, outcome.exitCode]).toEqual([false, "discarded", 3]);
  });
});

describe("a policy that fails softly", () => {
  beforeEach(() => (net.checks.policy = "soft_failed"));

  test("cdktf deploy overrides it and applies", async () => {
    const { code } = await cdktfProject(cloud, { [NET]: oneResource() }).cdktf("deploy", NET, "--auto-approve").ended;
    expect([code, statuses(), calls()]).toEqual([0, ["applied"], { ...NONE, overrides: 1 }]);
  });

  test("ours exits with 5, and overrides nothing", async () => {
    const { cli, outcome } = await ours().plan();
    expect([cli.ok, outcome.kind, outcome.exitCode, outcome.status]).toEqual([false, "policy", 5, "policy_override"]);
    expect(calls()).toEqual(NONE);
  });

  test("ours exits with 5 too when it fails hard, and not as if the plan had failed", async () => {
    net.checks.policy = "hard_failed";
    const { outcome } = await ours().plan();
    expect([outcome.kind, outcome.exitCode, outcome.status]).toEqual(["policy", 5, "errored"]);
  });
});

describe("a task that waits for a decision", () => {
  test("cdktf deploy waits on a prompt that it does not know", async () => {
    net.checks.tasks = "awaiting_override";
    const running = cdktfProject(cloud, { [NET]: oneResource() }).cdktf("deploy", NET, "--auto-approve");
    await theRun(({ status }) => status === "post_plan_awaiting_decision");
    const ended = await Promise.race([running.ended, pause(12_000).then(() => undefined)]);
    expect(ended).toBeUndefined();
    running.signal("SIGTERM");
    expect((await running.ended).output).toContain("Only 'override' will be accepted to override.");
  });

  test.each([
    [false, "waiting", 6, "a task after the plan waits for somebody's decision"],
    [true, "policy", 5, "a policy denies it, unless somebody overrides it there"],
  ])("ours does not wait (policies: %j), and exits as %s", async (tasksArePolicies, kind, exitCode, message) => {
    net.checks = { tasks: "awaiting_override", tasksArePolicies };
    const { outcome } = await ours().plan();
    expect([outcome.kind, outcome.exitCode, outcome.message]).toEqual([kind, exitCode, message]);
    expect(calls()).toEqual(NONE);
  });
});

describe("parallelism", () => {
  test("cdktf passes on a flag that Terraform refuses", async () => {
    const project = cdktfProject(cloud, { [NET]: oneResource() });
    const { code, output } = await project.cdktf("deploy", NET, "--auto-approve", "--terraform-parallelism", "30")
      .ended;
    expect([code, statuses()]).toEqual([1, []]);
    expect(output).toContain("Custom parallelism values are currently not supported");
  });
});

describe("an interruption during the apply", () => {
  test("cdktf deploy cancels the run: a part of it is applied", async () => {
    const running = cdktfProject(cloud, { [NET]: oneResource(4) }).cdktf("deploy", NET, "--auto-approve");
    await theRun(({ status }) => status === "applying");
    await pause(1500);
    running.signal("SIGTERM");
    await running.ended;
    await theRun(({ status }) => status === "canceled");
    expect(calls()).toEqual({ ...NONE, cancels: 1 });
  });

  test("ours lets go with 75; the run ends as it was reviewed, and is found so afterwards", async () => {
    const run = ours(3);
    await run.plan();
    const applied = run.apply();
    await theRun(({ status }) => status === "applying");
    await pause(1200);
    run.children.interrupt();
    const { cli, outcome } = await applied;
    expect([cli.canceled, outcome.kind, outcome.exitCode, outcome.status]).toEqual([true, "detached", 75, "applying"]);
    expect(await run.outcome(30)).toMatchObject({ kind: "applied", exitCode: 0 });
    expect([statuses(), calls()]).toEqual([["applied"], NONE]);
  });
});

describe("what happens between the plan and the apply", () => {
  test("ours exits with 7 when another run has changed the state", async () => {
    const run = ours();
    await run.plan();
    const other = writeStack(cloud.folder, NET, oneResource());
    await cloud.run(["init", "-input=false"], other);
    await cloud.run(["plan", "-input=false", "-out=other"], other);
    expect((await cloud.run(["apply", "-input=false", "other"], other)).code).toBe(0);
    const { cli, outcome } = await run.apply();
    expect(cli.diagnostics.map(({ summary, detail }) => `${summary} ${detail}`).join()).toContain(
      "Saved plan is discarded",
    );
    expect([outcome.kind, outcome.exitCode]).toEqual(["stale", 7]);
  });

  test("ours is content when somebody else has applied just that plan", async () => {
    const run = ours();
    await run.plan();
    cloud.emulator.lifecycle.confirm(await theRun(({ status }) => status === "planned_and_saved"));
    await theRun(({ status }) => status === "applied");
    const { cli, outcome } = await run.apply();
    expect([cli.ok, outcome.kind, outcome.exitCode]).toEqual([false, "applied", 0]);
  });

  test("ours exits with 6 while somebody holds the lock, and applies afterwards", async () => {
    const run = ours();
    await run.plan();
    net.lock = { type: "users", id: "user-bob", name: "bob", reason: "maintenance", at: "2026-01-01T00:00:00Z" };
    const { cli, outcome } = await run.apply();
    expect([cli.ok, outcome.exitCode, outcome.message]).toEqual([
      false,
      6,
      "it cannot be applied while bob holds the lock of the workspace",
    ]);
    net.lock = undefined;
    expect((await run.apply()).outcome).toMatchObject({ kind: "applied", exitCode: 0 });
  });
});
