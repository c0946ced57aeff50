import type { Checks, Run, Step } from "../../support/tfe/model";
import { addState } from "../../support/tfe/states";
import { StillCloud } from "../../support/tfe/still-cloud";
import { CloudClient } from "../../../tools/cloud/client";
import { classifyApply, classifyRun } from "../../../tools/cloud/classify";
import { watchRun } from "../../../tools/cloud/watch-run";

const place = { hostname: "app.terraform.io", organization: "acme-org", workspace: "acme-net" };
let cloud: StillCloud;
beforeEach(async () => {
  cloud = new StillCloud();
  await cloud.start();
});
afterEach(async () => {
  const { overrides, cancels, confirmations, madeWorkspaces } = cloud.emulator.calls;
  expect({ overrides, cancels, confirmations, madeWorkspaces }).toEqual({
    overrides: [],
    cancels: [],
    confirmations: [],
    madeWorkspaces: [],
  });
  await cloud.stop();
});

const wait = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

async function outcome(run: Run, client = cloud.client()) {
  const { kind, exitCode, status, message, url } = await classifyApply(client, run.id, place, { wait });
  expect(url).toBe(`https://app.terraform.io/app/acme-org/acme-net/runs/${run.id}`);
  return { kind, exitCode, status, message };
}

/** A saved plan that came to those statuses after it was saved. */
function after(...statuses: string[]): Run {
  const run = cloud.savedPlan(cloud.workspace());
  run.settled = false;
  for (const status of statuses) cloud.emulator.lifecycle.become(run, status);
  return run;
}

function scripted(checks: Checks, ...statuses: string[]): Run {
  const run = cloud.emulator.scripted(cloud.workspace("acme-net", { checks }), []);
  for (const status of statuses) cloud.emulator.lifecycle.become(run, status);
  return run;
}

describe("classifyApply", () => {
  test.each<[string[], object]>([
    [["confirmed", "applying", "applied"], { kind: "applied", exitCode: 0, message: "it is applied" }],
    [["discarded"], { kind: "discarded", exitCode: 3, message: "somebody has discarded it" }],
    [["canceled"], { kind: "canceled", exitCode: 4, message: "somebody has cancelled it; nothing was applied" }],
    [
      ["confirmed", "applying", "canceled"],
      {
        kind: "canceled",
        exitCode: 4,
        message: "somebody has cancelled it while it was applied: a part of it is done",
      },
    ],
    [["applying", "force_canceled"], { kind: "canceled", exitCode: 4 }],
    [
      ["policy_override"],
      { kind: "policy", exitCode: 5, message: "a policy denies it, unless somebody overrides it there" },
    ],
    [["policy_soft_failed"], { kind: "policy", exitCode: 5, message: "a policy denies it" }],
    [
      ["confirmed", "applying", "errored"],
      { kind: "failed", exitCode: 1, message: "its apply has failed: a part of it is done" },
    ],
    [["errored"], { kind: "failed", exitCode: 1, message: "its plan has failed" }],
    [["planned_and_finished"], { kind: "no-changes", exitCode: 0, message: "there is nothing to apply" }],
    [["planned_and_saved"], { kind: "stale", exitCode: 7, message: "its plan can no longer be applied" }],
    [["planning"], { kind: "stale", exitCode: 7, message: "it is planning, so nothing of it was reviewed" }],
    ...["confirmed", "queuing_apply", "apply_queued", "pre_apply_running", "applying", "post_apply_running"].map(
      (status): [string[], object] => [
        [status],
        { kind: "detached", exitCode: 75, message: "the apply goes on there" },
      ],
    ),
    [
      ["confirmed", "reticulating"],
      { kind: "detached", exitCode: 75, message: 'it is confirmed, and its status "reticulating" is not known here' },
    ],
    [
      ["reticulating"],
      {
        kind: "failed",
        exitCode: 1,
        message: 'its status "reticulating" is not known here, and did not change in time',
      },
    ],
  ])("after %j it is %j", async (statuses, expected) => {
    expect(await outcome(after(...statuses))).toMatchObject({ ...expected, status: statuses.at(-1) });
  });

  test("a plan that still waits was not confirmed", async () => {
    const run = cloud.savedPlan(cloud.workspace());
    expect(await outcome(run)).toMatchObject({
      kind: "waiting",
      exitCode: 6,
      message: "it waits for somebody to confirm it",
    });
  });

  test("a plan whose workspace is locked waits for whoever holds the lock", async () => {
    const workspace = cloud.workspace();
    const run = cloud.savedPlan(workspace);
    workspace.lock = { type: "users", id: "user-bob", name: "bob", reason: "", at: "" };
    expect(await outcome(run)).toMatchObject({
      kind: "waiting",
      exitCode: 6,
      message: "it cannot be applied while bob holds the lock of the workspace",
    });
  });

  test("a plan that was discarded because the state has changed is stale, and not discarded by a person", async () => {
    const workspace = cloud.workspace();
    const run = cloud.savedPlan(workspace);
    await new Promise((resolve) => setTimeout(resolve, 5));
    addState(cloud.emulator.store, workspace, '{"serial":2,"lineage":"a"}', "run-of-another");
    cloud.emulator.lifecycle.discard(run);
    expect(await outcome(run)).toMatchObject({
      kind: "stale",
      exitCode: 7,
      message: "it is discarded, because the state has changed since it was planned",
    });
  });

  test("a plan that was discarded while the state stayed as it was is discarded by a person", async () => {
    const workspace = cloud.workspace();
    addState(cloud.emulator.store, workspace, '{"serial":2,"lineage":"a"}', "run-of-another");
    await new Promise((resolve) => setTimeout(resolve, 5));
    const run = cloud.savedPlan(workspace);
    cloud.emulator.lifecycle.discard(run);
    expect(await outcome(run)).toMatchObject({ kind: "discarded", exitCode: 3 });
  });

  test("says when the state has changed again after an apply", async () => {
    const run = after("confirmed", "applying", "applied");
    const workspace = cloud.emulator.store.workspaces.get(run.workspace);
    if (workspace === undefined) throw new Error("no workspace");
    addState(cloud.emulator.store, workspace, '{"serial":1,"lineage":"a"}', run.id);
    expect(await outcome(run)).toMatchObject({ kind: "applied", message: "it is applied" });
    addState(cloud.emulator.store, workspace, '{"serial":2,"lineage":"a"}', "run-of-another");
    expect(await outcome(run)).toMatchObject({
      kind: "applied",
      exitCode: 0,
      message: "it is applied, and the state has changed again since",
    });
  });

  test("a policy that failed hard is told from a plan that failed", async () => {
    const run = scripted({ policy: "hard_failed" }, "planned", "policy_checking", "errored");
    if (run.policy !== undefined) run.policy.status = "hard_failed";
    expect(await outcome(run)).toMatchObject({ kind: "policy", exitCode: 5, message: "a policy denies it" });
  });

  test.each([
    [true, { kind: "policy", exitCode: 5, message: "a policy denies it" }],
    [false, { kind: "failed", exitCode: 1, message: "a task after the plan has failed" }],
  ])("of tasks that failed after the plan (policies: %j) it says %j", async (tasksArePolicies, expected) => {
    const run = scripted({ tasks: "failed", tasksArePolicies }, "planned", "post_plan_running", "errored");
    if (run.tasks !== undefined) run.tasks.status = "failed";
    expect(await outcome(run)).toMatchObject(expected);
  });

  test.each([
    [true, { kind: "policy", exitCode: 5, message: "a policy denies it, unless somebody overrides it there" }],
    [false, { kind: "waiting", exitCode: 6, message: "a task after the plan waits for somebody's decision" }],
  ])("of tasks that wait for a decision (policies: %j) it says %j", async (tasksArePolicies, expected) => {
    const checks = { tasks: "awaiting_override", tasksArePolicies } as const;
    const run = scripted(checks, "planned", "post_plan_running", "post_plan_awaiting_decision");
    if (run.tasks !== undefined) run.tasks.status = "awaiting_override";
    expect(await outcome(run)).toMatchObject(expected);
  });

  test("waits for an apply that is under way, as long as it is told to", async () => {
    const run = cloud.savedPlan(cloud.workspace());
    run.settled = false;
    const script: Step[] = ["confirmed", "applying", "applying", "applied"].map((status) => ({ status }));
    run.script.push(...script);
    const patient = await classifyApply(cloud.client(), run.id, place, { wait, patienceSeconds: 60 });
    expect(patient).toMatchObject({ kind: "applied", exitCode: 0 });
  });

  test("is detached where the service does not answer", async () => {
    const run = cloud.savedPlan(cloud.workspace());
    cloud.emulator.faults.add("GET", /runs/, { kind: "drop" }, 99);
    const client = new CloudClient(cloud.client().connection, { ...cloud.sending, attempts: 2 });
    expect(await outcome(run, client)).toEqual({
      kind: "detached",
      exitCode: 75,
      status: "",
      message: "app.terraform.io does not answer, so nothing is known of it",
    });
  });

  test("is detached where the service answers no more while it is asked for the details", async () => {
    const run = scripted({}, "planned", "errored");
    cloud.emulator.faults.add("GET", /policy-checks/, { kind: "drop" }, 99);
    const client = new CloudClient(cloud.client().connection, { ...cloud.sending, attempts: 2 });
    expect(await outcome(run, client)).toMatchObject({ kind: "detached", exitCode: 75 });
  });
});

describe("classifyRun", () => {
  const watched = async (run: Run, limitSeconds = 0) => {
    const client = cloud.client();
    const options = { until: "planned", limitSeconds, wait } as const;
    const { kind, exitCode, message } = await classifyRun(client, run.id, await watchRun(client, run.id, options), {
      place,
      goal: "planned",
    });
    return { kind, exitCode, message };
  };

  test("a plan with changes is what was wanted", async () => {
    expect(await watched(cloud.savedPlan(cloud.workspace()))).toEqual({
      kind: "changes",
      exitCode: 2,
      message: "it plans changes",
    });
  });

  test("a plan that may only look has changes too", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), [], { "plan-only": true });
    run.plan.hasChanges = true;
    cloud.emulator.lifecycle.become(run, "planned_and_finished");
    expect(await watched(run)).toMatchObject({ kind: "changes", exitCode: 2 });
  });

  test("a run that is stuck has failed, and says where it is stuck", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), []);
    expect(await watched(run)).toEqual({ kind: "failed", exitCode: 1, message: "it is still pending" });
  });

  test("a run that was discarded before it was planned is discarded", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), []);
    cloud.emulator.lifecycle.discard(run);
    expect(run.plan.status).toBe("unreachable");
    expect(await watched(run)).toMatchObject({ kind: "discarded", exitCode: 3 });
  });
});
