import { existsSync } from "node:fs";
import { join } from "node:path";
import { readText, writeFile } from "../../../tools/files";
import { readState } from "../../../tools/plan/state-file";
import type { Stack } from "../../../tools/plan/stack";
import { deploy, type Activity } from "../../../tools/sandbox/deploy";
import { destroy } from "../../../tools/sandbox/destroy";
import { stateFile, statesIn } from "../../../tools/sandbox/paths";
import { planAgain } from "../../../tools/sandbox/second-plan";
import { criticalPath } from "../../../tools/sandbox/timing";
import { Children } from "../../../tools/terraform/children";
import { setUpTerraform } from "../../../tools/terraform/setup";
import { temporaryFolder } from "../support/folder";
import { outputOf, slowResource, writeStacks, type StackSketch } from "../support/stacks";

// The real Terraform, with the resource that is built into it: no provider, no network, no emulator.

const folder = temporaryFolder();
const accountId = "123456789012";
let count = 0;

/** Stacks in a folder of their own, and what is done to them. */
async function sandbox(sketches: Readonly<Record<string, StackSketch>>) {
  const root = join(folder, `sandbox-${(count += 1)}`);
  const stacks = writeStacks(join(root, "cdktf.out"), sketches);
  const paths = { states: join(root, ".groundplan", "state") };
  const children = new Children();
  const user = { PATH: process.env["PATH"], HOME: root };
  const { terraform, environment } = await setUpTerraform({
    children,
    environment: user,
    folder: join(root, "terraform"),
    needs: [],
  });
  const activities: Activity[] = [];
  const common = { terraform, environment, onActivity: (activity: Activity) => activities.push(activity) };
  return {
    root,
    paths,
    children,
    activities,
    deploy: (chosen: readonly Stack[] = stacks) => deploy({ ...common, stacks: chosen, paths, accountId }),
    destroy: () => destroy({ ...common, stacks, paths, accountId }),
    planAgain: () => planAgain({ ...common, stacks }),
    state: (stack: string) => readState(stateFile(paths, stack)),
  };
}

const data = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { input: name }]));
const output = (value: string) => ({ x: { value, sensitive: true } });
const fates = ({ outcomes }: { outcomes: ReadonlyArray<{ stack: string; fate: string }> }) =>
  Object.fromEntries(outcomes.map(({ stack, fate }) => [stack, fate]));

/** network ← data ← app, with values handed on, and shared beside them. */
const system: Readonly<Record<string, StackSketch>> = {
  app: {
    dependencies: ["data"],
    reads: ["data"],
    document: { resource: { terraform_data: { app: { input: `app of ${outputOf("data", "x")}` } } } },
  },
  data: {
    dependencies: ["network"],
    reads: ["network"],
    document: {
      resource: { terraform_data: { db: { input: `db in ${outputOf("network", "x")}` } } },
      output: output("${terraform_data.db.output}"),
    },
  },
  network: { document: { resource: { terraform_data: data("vpc") }, output: output("${terraform_data.vpc.output}") } },
  shared: { document: { resource: { terraform_data: data("a", "b") } } },
};

describe("deploy", () => {
  test("hands values from stack to stack, leaves nothing to change, and is destroyed without a rest", async () => {
    const one = await sandbox(system);
    const result = await one.deploy();
    expect(fates(result)).toEqual({ app: "done", data: "done", network: "done", shared: "done" });
    expect(result.outcomes.map(({ stack, counts }) => [stack, counts?.add])).toEqual([
      ["app", 1],
      ["data", 1],
      ["network", 1],
      ["shared", 2],
    ]);
    expect(one.state("app")?.instances[0]?.attributes).toMatchObject({ output: { value: "app of db in vpc" } });

    const second = await one.planAgain();
    expect(second.map(({ changes, problems }) => [changes, problems])).toEqual([
      [[], []],
      [[], []],
      [[], []],
      [[], []],
    ]);
    expect(fates(await one.deploy())).toEqual({ app: "done", data: "done", network: "done", shared: "done" });

    const order: string[] = [];
    one.activities.length = 0;
    const destruction = await one.destroy();
    for (const activity of one.activities)
      if (activity.kind === "phase" && activity.phase === "destroying") order.push(activity.stack);
    expect(destruction).toMatchObject({ remaining: new Map(), canceled: false });
    expect(order.indexOf("app")).toBeLessThan(order.indexOf("data"));
    expect(order.indexOf("data")).toBeLessThan(order.indexOf("network"));
    expect(statesIn(one.paths)).toEqual([]);
  });

  test("shows what would still change", async () => {
    const one = await sandbox({
      network: { document: { resource: { terraform_data: { vpc: { input: "${timestamp()}" } } } } },
    });
    await one.deploy();
    expect(await one.planAgain()).toEqual([{ stack: "network", changes: ["update terraform_data.vpc"], problems: [] }]);
  });

  test("keeps the results of others when one fails, and goes on from there", async () => {
    const flag = join(folder, "may-succeed");
    const fragile = { input: "x", provisioner: [{ "local-exec": { command: `test -e ${flag}` } }] };
    const one = await sandbox({
      ...system,
      data: {
        ...system["data"],
        document: { resource: { terraform_data: { db: fragile } }, output: output("${terraform_data.db.output}") },
      },
    });
    const result = await one.deploy();
    expect(fates(result)).toEqual({ app: "blocked", data: "failed", network: "done", shared: "done" });
    expect(result.outcomes.find(({ stack }) => stack === "data")?.problems).toMatchObject([
      { stack: "data", address: "terraform_data.db", summary: "local-exec provisioner error" },
    ]);
    writeFile(flag, "");
    expect(fates(await one.deploy())).toEqual({ app: "done", data: "done", network: "done", shared: "done" });
  });

  test("runs stacks that do not depend on each other side by side, and records the times", async () => {
    const one = await sandbox({
      left: { document: { resource: { terraform_data: { slow: slowResource(1) } } } },
      right: { document: { resource: { terraform_data: { slow: slowResource(1) } } } },
      after: {
        dependencies: ["left", "right"],
        document: {
          resource: {
            terraform_data: { first: slowResource(0.5), second: slowResource(0.5, "${terraform_data.first.id}") },
          },
        },
      },
    });
    const { timings } = await one.deploy();
    const spans = timings.stacks.map(({ apply }) => apply ?? { start: 0, seconds: 0 });
    const [left, right] = [spans[0], spans[1]];
    expect(timings.stacks.map(({ name, dependencies }) => [name, dependencies])).toEqual([
      ["left", []],
      ["right", []],
      ["after", ["left", "right"]],
    ]);
    expect(Math.abs((left?.start ?? 0) - (right?.start ?? 9))).toBeLessThan(1);
    const path = criticalPath(timings);
    expect(path.stacks.at(-1)).toMatchObject({
      stack: "after",
      resources: ["terraform_data.first", "terraform_data.second"],
    });
    expect(path.seconds).toBeGreaterThanOrEqual(2);
    expect(timings.wallSeconds).toBeLessThan(path.seconds * 2.5);
  });

  test("makes folders ready ahead of their turn", async () => {
    const one = await sandbox({
      first: { document: { resource: { terraform_data: { slow: slowResource(1) } } } },
      second: { dependencies: ["first"], document: { resource: { terraform_data: data("x") } } },
    });
    const { timings } = await one.deploy();
    const [first, second] = timings.stacks;
    expect(second?.init?.start).toBeLessThan((first?.apply?.start ?? 0) + (first?.apply?.seconds ?? 0));
  });

  test("leaves out what has no emulator, and says why", async () => {
    const foreign = { terraform: { required_providers: { cloudflare: { source: "cloudflare/cloudflare" } } } };
    const one = await sandbox({
      edge: { document: foreign },
      app: { dependencies: ["edge"], document: { resource: { terraform_data: data("x") } } },
    });
    const result = await one.deploy();
    expect(fates(result)).toEqual({ app: "done" });
    expect(result.obstacles.map(({ stack }) => stack)).toEqual(["edge"]);
    expect(existsSync(join(one.root, "cdktf.out", "stacks", "edge", ".terraform"))).toBe(false);
  });

  test("reports a configuration Terraform refuses", async () => {
    const one = await sandbox({ broken: { document: { resource: { terraform_data: { x: { inptu: 1 } } } } } });
    const { outcomes } = await one.deploy();
    expect(outcomes).toMatchObject([
      { fate: "failed", problems: [{ stack: "broken", summary: "Extraneous JSON object property" }] },
    ]);
  });

  test("ends in good order when it is interrupted, with a state that the next run goes on from", async () => {
    const one = await sandbox({
      first: { document: { resource: { terraform_data: { quick: { input: 1 }, slow: slowResource(30) } } } },
      second: { dependencies: ["first"], document: { resource: { terraform_data: data("x") } } },
    });
    const running = one.deploy();
    while (
      !one.activities.some(
        (each) => each.kind === "terraform" && each.event.kind === "started" && each.event.address.endsWith("slow"),
      )
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    one.children.interrupt();
    const result = await running;
    expect(result.canceled).toBe(true);
    expect(fates(result)).toEqual({ first: "canceled", second: "canceled" });
    expect(
      one
        .state("first")
        ?.instances.map(({ address }) => address)
        .sort(),
    ).toEqual(["terraform_data.quick", "terraform_data.slow"]);
    expect(existsSync(join(one.paths.states, ".first.tfstate.lock.info"))).toBe(false);
  });
});

describe("destroy", () => {
  test("destroys what is protected from an accident, since this is a sandbox", async () => {
    const lifecycle = { prevent_destroy: true };
    const one = await sandbox({
      shared: { document: { resource: { terraform_data: { bucket: { input: 1, lifecycle } } } } },
    });
    await one.deploy();
    expect(await one.destroy()).toMatchObject({ outcomes: [{ fate: "done" }], remaining: new Map() });
  });

  test("names what is left when it fails, and keeps that state", async () => {
    const stuck = { input: 1, provisioner: [{ "local-exec": { when: "destroy", command: "exit 1" } }] };
    const one = await sandbox({
      network: { document: { resource: { terraform_data: { vpc: stuck } } } },
      app: { dependencies: ["network"], document: { resource: { terraform_data: data("x") } } },
    });
    await one.deploy();
    const result = await one.destroy();
    expect(fates(result)).toEqual({ network: "failed", app: "done" });
    expect(result.remaining).toEqual(new Map([["network", ["terraform_data.vpc"]]]));
    expect(statesIn(one.paths)).toEqual(["network"]);
    expect(readText(stateFile(one.paths, "network"))).toContain("terraform_data");
  });
});
