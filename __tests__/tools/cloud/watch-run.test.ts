import { outOfOrder, tooMany } from "../../support/tfe/behaviour";
import type { Step } from "../../support/tfe/model";
import { StillCloud } from "../../support/tfe/still-cloud";
import { CloudClient } from "../../../tools/cloud/client";
import { watchRun, type WatchOptions } from "../../../tools/cloud/watch-run";

let cloud: StillCloud;
beforeEach(async () => {
  cloud = new StillCloud();
  await cloud.start();
});
afterEach(() => cloud.stop());

/** Watches with a clock that only the pauses move. */
async function watch(
  id: string,
  options: Partial<WatchOptions> & Pick<WatchOptions, "until">,
  client = cloud.client(),
) {
  let now = 0;
  const statuses: string[] = [];
  const lines: string[] = [];
  const watched = await watchRun(client, id, {
    now: () => now,
    wait: async (milliseconds, signal) => {
      now += milliseconds;
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal?.throwIfAborted();
    },
    onStatus: (status) => statuses.push(status),
    onLine: ({ text }, phase) => lines.push(`${phase}: ${text}`),
    ...options,
  });
  return { ended: watched.ended, status: watched.run?.status, statuses, lines, seconds: now / 1000 };
}

const steps = (...statuses: string[]): Step[] => statuses.map((status) => ({ status }));
const withChanges: Step = { status: "planned", settled: true, then: (run) => (run.plan.hasChanges = true) };

describe("watchRun", () => {
  test("follows a run to the plan that may be confirmed, and prints its log", async () => {
    cloud.runner.planLog = '{"@message":"Plan: 1 to add, 0 to change, 0 to destroy."}\nünïcode\n';
    cloud.emulator.behaviour.chunkBytes = 7;
    const run = await cloud.begin(cloud.workspace());
    const { ended, statuses, lines } = await watch(run.id, { until: "planned" });
    expect({ ended, last: statuses.at(-1), lines }).toEqual({
      ended: "reached",
      last: "planned_and_saved",
      lines: ["plan: Plan: 1 to add, 0 to change, 0 to destroy.", "plan: ünïcode"],
    });
  });

  test("follows a run to its end, and prints both logs", async () => {
    const run = await cloud.begin(cloud.workspace(), { "auto-apply": true });
    const { ended, status, lines } = await watch(run.id, { until: "applied", limitSeconds: 600 });
    expect({ ended, status, lines }).toEqual({
      ended: "over",
      status: "applied",
      lines: ["plan: Terraform v1.11.4", "apply: Terraform v1.11.4"],
    });
  });

  test("reads logs that never say they are over", async () => {
    cloud.emulator.behaviour.endOfText = false;
    const run = await cloud.begin(cloud.workspace());
    expect(await watch(run.id, { until: "planned" })).toMatchObject({
      ended: "reached",
      lines: ["plan: Terraform v1.11.4"],
    });
  });

  test("trusts what may be done to a run, not the name of its status", async () => {
    const script = [
      ...steps("planning", "planned", "cost_estimating", "cost_estimated", "policy_checking"),
      withChanges,
    ];
    const run = cloud.emulator.scripted(cloud.workspace(), script);
    expect(await watch(run.id, { until: "planned" })).toMatchObject({
      ended: "reached",
      statuses: ["planning", "planned", "cost_estimating", "cost_estimated", "policy_checking", "planned"],
    });
  });

  test("takes a status that nobody knows for one that goes on", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), steps("planning", "reticulating", "applied"));
    expect(await watch(run.id, { until: "applied" })).toMatchObject({ ended: "over", status: "applied" });
  });

  test("ends at the limit, and leaves the run alone", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), steps("pending"));
    const { ended, seconds } = await watch(run.id, { until: "planned", limitSeconds: 60 });
    expect({ ended, seconds }).toEqual({ ended: "limit", seconds: 60 });
    expect([cloud.emulator.calls.cancels, cloud.emulator.calls.discards]).toEqual([[], []]);
  });

  test.each(["policy_override", "post_plan_awaiting_decision"])(
    "does not wait for a person when it is %s",
    async (status) => {
      const run = cloud.emulator.scripted(cloud.workspace(), steps("planning", status));
      expect(await watch(run.id, { until: "planned" })).toMatchObject({ ended: "waiting", status });
    },
  );

  test("waits for a person as long as it is told to, and goes on when they have decided", async () => {
    const undecided = steps("planning", ...Array<string>(6).fill("policy_override"));
    const decided = cloud.emulator.scripted(cloud.workspace(), [...undecided, withChanges]);
    expect(await watch(decided.id, { until: "planned", decisionSeconds: 120 })).toMatchObject({ ended: "reached" });
    const left = cloud.emulator.scripted(cloud.workspace(), undecided);
    const { ended, seconds } = await watch(left.id, { until: "planned", decisionSeconds: 30 });
    expect([ended, seconds >= 30 && seconds < 40]).toEqual(["waiting", true]);
  });

  test("reads the run, and never the list of runs", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), steps("planning", "planning", "errored"));
    await watch(run.id, { until: "planned" });
    const paths = new Set(cloud.emulator.calls.all.map(({ path }) => path));
    expect(paths).toEqual(new Set([`/api/v2/runs/${run.id}?include=plan,apply,workspace`]));
  });

  test("bears too many requests and a server that is out of order for a while", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), steps("planning", "applied"));
    cloud.emulator.faults.add("GET", /runs/, tooMany(1), 2);
    cloud.emulator.faults.add("GET", /runs/, outOfOrder(), 3);
    cloud.emulator.faults.add("GET", /runs/, { kind: "drop" });
    expect(await watch(run.id, { until: "applied" })).toMatchObject({ ended: "over", status: "applied" });
  });

  test("ends when the service does not answer any more, with the run as it was seen last", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), steps("confirmed", "applying"));
    const client = new CloudClient(cloud.client().connection, { ...cloud.sending, attempts: 2 });
    const onStatus = (status: string) => {
      if (status === "applying") cloud.emulator.faults.add("GET", /runs/, { kind: "drop" }, 100);
    };
    const watched = await watch(run.id, { until: "applied", onStatus }, client);
    expect(watched).toMatchObject({ ended: "unreachable", status: "applying" });
  });

  test("lets go when it is told to, and cancels nothing", async () => {
    const run = cloud.emulator.scripted(cloud.workspace(), steps("confirmed", "applying"));
    const controller = new AbortController();
    const onStatus = (status: string) => void (status === "applying" && controller.abort());
    const watched = await watch(run.id, { until: "applied", signal: controller.signal, onStatus });
    expect(watched).toMatchObject({ ended: "left", status: "applying" });
    expect(cloud.emulator.calls.cancels).toEqual([]);
  });

  test("fails for a run that is not there", async () => {
    await expect(watch("run-0", { until: "applied" })).rejects.toThrow("there is no run run-0 that the token may see");
  });
});
