import { StillCloud } from "../../support/tfe/still-cloud";
import { addState } from "../../support/tfe/states";

let cloud: StillCloud;
beforeEach(async () => {
  cloud = new StillCloud();
  await cloud.start();
});
afterEach(() => cloud.stop());

describe("CloudClient", () => {
  test("reads what an organization is entitled to", async () => {
    expect([...((await cloud.client().entitlements("acme-org")) ?? [])].sort()).toEqual([
      "cost-estimation",
      "operations",
      "sentinel",
      "state-storage",
    ]);
    expect(await cloud.client().entitlements("other-org")).toBeUndefined();
  });

  test("reads a workspace", async () => {
    const workspace = cloud.workspace("acme-net", { terraformVersion: "1.11.0" });
    workspace.lock = {
      type: "teams",
      id: "team-1",
      name: "platform",
      reason: "maintenance",
      at: "2026-01-01T00:00:00Z",
    };
    const read = await cloud.client().workspace("acme-org", "acme-net");
    expect({ ...read, permissions: read?.permissions.has("can-queue-run") }).toEqual({
      id: workspace.id,
      name: "acme-net",
      executionMode: "remote",
      autoApply: false,
      allowsDestroy: true,
      terraformVersion: "1.11.0",
      workingDirectory: "",
      repository: undefined,
      locked: true,
      lockedBy: { kind: "team", name: "platform" },
      lockReason: "maintenance",
      currentRun: undefined,
      permissions: true,
    });
    expect(await cloud.client().workspace("acme-org", "absent")).toBeUndefined();
  });

  test("reads a run with its plan, its apply and its workspace", async () => {
    const run = cloud.savedPlan(cloud.workspace());
    const read = await cloud.client().run(run.id);
    expect(read).toMatchObject({
      id: run.id,
      status: "planned_and_saved",
      hasChanges: true,
      savePlan: true,
      planOnly: false,
      autoApply: false,
      can: { confirm: true, discard: true, cancel: false },
      plan: { id: run.plan.id, status: "finished", counts: { add: 0, change: 0, remove: 0, import: 0 } },
      workspace: { name: "acme-net", organization: "acme-org", locked: false },
    });
    expect(Object.keys(read?.at ?? {})).toEqual(["pending", "planning", "planned", "planned_and_saved"]);
    expect(await cloud.client().run("run-0")).toBeUndefined();
  });

  test("lists the saved plans that wait, and no other run", async () => {
    const workspace = cloud.workspace();
    const [waiting, discarded] = [cloud.savedPlan(workspace), cloud.savedPlan(workspace)];
    cloud.emulator.lifecycle.discard(discarded);
    cloud.emulator.scripted(workspace, []);
    expect((await cloud.client().savedPlans(workspace.id)).map(({ id }) => id)).toEqual([waiting.id]);
  });

  test("fetches a plan's JSON once it is ready, without showing its token at the address it is sent to", async () => {
    const run = cloud.savedPlan(cloud.workspace());
    run.plan.json = '{"format_version":"1.2"}';
    const client = cloud.client();
    expect(await client.planJson(run.plan.id)).toBeUndefined();
    expect(await client.planJson(run.plan.id)).toBe('{"format_version":"1.2"}');
    expect(cloud.emulator.calls.leaks).toEqual([]);
    expect(cloud.emulator.calls.to("GET", /^\/blobs\/json/).map(({ caller }) => caller)).toEqual([undefined]);
  });

  test.each([["organization" as const], ["user" as const]])(
    "says who may read a plan's JSON, to the token of a %s that may not",
    async (kind) => {
      const run = cloud.savedPlan(cloud.workspace());
      cloud.emulator.store.addCaller({ token: "other", kind, name: "bob", denied: ["can-update"] });
      await expect(cloud.client("other").planJson(run.plan.id)).rejects.toMatchObject({
        message: "the plan's JSON is not for this token",
        tryThis: "use a token with admin rights on the workspace; an organization's token will not do",
      });
    },
  );

  test("says that a token is not accepted, and never what it is", async () => {
    const error = (await cloud
      .client("s3cret-token")
      .entitlements("acme-org")
      .catch((caught: unknown) => caught)) as Error;
    expect(error).toMatchObject({
      message: "app.terraform.io does not accept the token",
      tryThis: "terraform login app.terraform.io",
      exitCode: 66,
    });
    expect(JSON.stringify([error, error.stack])).not.toContain("s3cret-token");
  });

  test("says what the service says about a refusal", async () => {
    const body = { errors: [{ title: "forbidden", detail: "the run is archived" }] };
    cloud.emulator.faults.add("GET", /runs/, { kind: "answer", status: 403, body });
    await expect(cloud.client().run("run-1")).rejects.toThrow(
      "app.terraform.io refuses that: HTTP 403, forbidden: the run is archived",
    );
  });

  test("does not take a page for an answer", async () => {
    cloud.emulator.faults.add("GET", /runs/, { kind: "answer", status: 200, body: "<html>" });
    await expect(cloud.client().run("run-1")).rejects.toThrow(
      "app.terraform.io answers with something that is no JSON",
    );
  });

  test("reads the present state", async () => {
    const workspace = cloud.workspace();
    expect(await cloud.client().currentState(workspace.id)).toBeUndefined();
    const state = addState(cloud.emulator.store, workspace, '{"serial":4,"lineage":"a"}', "run-7");
    expect(await cloud.client().currentState(workspace.id)).toEqual({
      id: state.id,
      serial: 4,
      createdAt: state.at,
      runId: "run-7",
    });
  });

  test("discards what waits, and says when it is past that", async () => {
    const run = cloud.savedPlan(cloud.workspace());
    expect([await cloud.client().discard(run.id), await cloud.client().discard(run.id)]).toEqual([true, false]);
    expect(run.status).toBe("discarded");
  });

  test("cancels a run that plans", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), []);
    cloud.emulator.lifecycle.become(run, "planning");
    const read = await cloud.client().run(run.id);
    expect(read && (await cloud.client().cancelPlan(read))).toBe(true);
    expect(run.status).toBe("canceled");
  });

  test("never cancels an apply", async () => {
    const run = cloud.savedPlan(cloud.workspace());
    cloud.emulator.lifecycle.become(run, "confirmed");
    cloud.emulator.lifecycle.become(run, "applying");
    const read = await cloud.client().run(run.id);
    expect(read?.can.cancel).toBe(true);
    expect(read && (await cloud.client().cancelPlan(read))).toBe(false);
    expect(cloud.emulator.calls.cancels).toEqual([]);
  });

  test("tells a policy that failed in a stage of tasks from a task", async () => {
    const workspace = cloud.workspace("acme-net", { checks: { tasks: "awaiting_override", tasksArePolicies: true } });
    const denied = cloud.emulator.scripted(workspace, []);
    workspace.checks.tasksArePolicies = false;
    const costly = cloud.emulator.scripted(workspace, []);
    for (const { tasks } of [denied, costly]) if (tasks !== undefined) tasks.status = "awaiting_override";
    const client = cloud.client();
    expect(await client.taskStages(denied.id)).toEqual([
      { id: denied.tasks?.id, status: "awaiting_override", policyFailed: true },
    ]);
    expect(await client.taskStages(costly.id)).toEqual([
      { id: costly.tasks?.id, status: "awaiting_override", policyFailed: false },
    ]);
  });
});
