import fc from "fast-check";
import type { Node } from "../../../tools/plan/waves";
import { schedule } from "../../../tools/sandbox/schedule";

const graph = (edges: Record<string, string>): Node[] =>
  Object.entries(edges).map(([name, dependencies]) => ({
    name,
    dependencies: dependencies.split(" ").filter(Boolean),
  }));
const chain = graph({ network: "", data: "network", app: "data", shared: "", report: "shared" });
const later = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("schedule", () => {
  test("starts a node as soon as its own upstreams are done, not when a wave is", async () => {
    const events: string[] = [];
    await schedule({
      nodes: graph({ slow: "", quick: "", after: "quick" }),
      limit: 9,
      stopped: () => false,
      run: async ({ name }) => {
        events.push(`${name} starts`);
        for (let turn = 0; turn < (name === "slow" ? 5 : 1); turn += 1) await later();
        events.push(`${name} ends`);
        return true;
      },
    });
    expect(events.indexOf("after starts")).toBeLessThan(events.indexOf("slow ends"));
  });

  test("blocks what depends on a failure, and nothing else", async () => {
    const blocked: string[] = [];
    const fates = await schedule({
      nodes: chain,
      limit: 1,
      stopped: () => false,
      run: ({ name }) => Promise.resolve(name !== "network"),
      onBlocked: ({ name }, by) => blocked.push(`${name} by ${by}`),
    });
    expect(Object.fromEntries(fates)).toEqual({
      network: "failed",
      data: "blocked",
      app: "blocked",
      shared: "done",
      report: "done",
    });
    expect(blocked).toEqual(["data by network", "app by data"]);
  });

  test("starts nothing more once it is stopped, and calls nothing blocked that was canceled", async () => {
    let stopped = false;
    const started: string[] = [];
    const onBlocked = jest.fn();
    const fates = await schedule({
      nodes: chain,
      limit: 1,
      stopped: () => stopped,
      run: ({ name }) => {
        started.push(name);
        stopped = true;
        return Promise.resolve(false);
      },
      onBlocked,
    });
    expect(started).toEqual(["network"]);
    expect(new Set(fates.values())).toEqual(new Set(["canceled"]));
    expect(onBlocked).not.toHaveBeenCalled();
  });

  test("throws what a run throws, after the others have ended", async () => {
    const ended: string[] = [];
    const run = schedule({
      nodes: graph({ a: "", b: "", c: "a" }),
      limit: 9,
      stopped: () => false,
      run: async ({ name }) => {
        if (name === "a") throw new Error("boom");
        await later();
        ended.push(name);
        return true;
      },
    });
    await expect(run).rejects.toThrow("boom");
    expect(ended).toEqual(["b"]);
  });

  test("runs every node once, after all it depends on, never more than the limit at once", async () => {
    const graphs = fc.array(fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), { maxLength: 10 }).map((rows) =>
      rows.map((row, index) => ({
        name: `n${index}`,
        dependencies: row.filter((other) => other < index).map((other) => `n${other}`),
      })),
    );
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (nodes, limit) => {
        const done = new Set<string>();
        let running = 0;
        const fates = await schedule({
          nodes,
          limit,
          stopped: () => false,
          run: async ({ name, dependencies }) => {
            running += 1;
            expect(running).toBeLessThanOrEqual(limit);
            expect(dependencies.filter((other) => !done.has(other))).toEqual([]);
            expect(done.has(name)).toBe(false);
            await later();
            done.add(name);
            running -= 1;
            return true;
          },
        });
        expect(fates.size).toBe(nodes.length);
        expect(done.size).toBe(nodes.length);
      }),
    );
  });
});
