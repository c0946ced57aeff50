import fc from "fast-check";
import { heights, reversed, waves, without, type Node } from "../../../tools/plan/waves";

/** `{ a: "b c" }` is a node `a` that depends on `b` and `c`. */
const graph = (edges: Record<string, string>): Node[] =>
  Object.entries(edges).map(([name, dependencies]) => ({
    name,
    dependencies: dependencies.split(" ").filter(Boolean),
  }));
const names = (nodes: readonly Node[]) => nodes.map((node) => node.name);

/** Graphs without a circle: a node depends on earlier ones only, and then all are shuffled. */
const acyclic = fc.array(fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), { maxLength: 12 }).chain((rows) => {
  const nodes = rows.map((row, index) => ({
    name: `n${index}`,
    dependencies: [...new Set(row.filter((other) => other < index).map((other) => `n${other}`))],
  }));
  return fc.shuffledSubarray(nodes, { minLength: nodes.length });
});

describe("waves", () => {
  test("put every stack right after all it depends on, in the given order", () => {
    const found = waves(graph({ app: "data edge", data: "network", edge: "network", network: "", shared: "" }));
    expect(found.map(names)).toEqual([["network", "shared"], ["data", "edge"], ["app"]]);
  });

  test("take a stack that is not given as there already", () => {
    expect(waves(graph({ app: "data" })).map(names)).toEqual([["app"]]);
  });

  test("name the stacks of a circle", () => {
    expect(() => waves(graph({ a: "", b: "a d", c: "b", d: "c" }))).toThrow(
      "stacks depend on each other in a circle: b -> d -> c -> b",
    );
    expect(() => waves(graph({ a: "a" }))).toThrow("stacks depend on each other in a circle: a -> a");
  });

  test("hold every node once, later than all it depends on, and no later than needed", () => {
    fc.assert(
      fc.property(acyclic, (nodes) => {
        const found = waves(nodes);
        const waveOf = new Map(found.flatMap((wave, index) => wave.map((node) => [node.name, index] as const)));
        expect(names(found.flat()).sort()).toEqual(names(nodes).sort());
        for (const { name, dependencies } of nodes) {
          expect(waveOf.get(name)).toBe(Math.max(-1, ...dependencies.map((other) => waveOf.get(other) ?? 0)) + 1);
        }
      }),
    );
  });
});

describe("without", () => {
  test("bends dependencies around what is left out", () => {
    const nodes = graph({ network: "", edge: "network", github: "edge", app: "edge github data", data: "network" });
    expect(without(nodes, ({ name }) => name !== "edge" && name !== "github")).toEqual(
      graph({ network: "", app: "network data", data: "network" }),
    );
  });

  test("keeps the order among the rest", () => {
    fc.assert(
      fc.property(acyclic, fc.func(fc.boolean()), (nodes, keep) => {
        const reaches = (all: readonly Node[], from: string, to: string): boolean =>
          all
            .find(({ name }) => name === from)
            ?.dependencies.some((other) => other === to || reaches(all, other, to)) ?? false;
        const rest = without(nodes, (node) => keep(node.name));
        for (const a of rest)
          for (const b of rest) expect(reaches(rest, a.name, b.name)).toBe(reaches(nodes, a.name, b.name));
      }),
      { numRuns: 50 },
    );
  });
});

describe("reversed", () => {
  test("turns every edge round, and twice is as before", () => {
    const nodes = graph({ app: "data", data: "network", network: "" });
    expect(reversed(nodes)).toEqual(graph({ app: "", data: "app", network: "data" }));
    expect(reversed(reversed(nodes))).toEqual(nodes);
  });
});

describe("heights", () => {
  test("count the longest way below a node", () => {
    const found = heights(graph({ shared: "", network: "", data: "network", app: "data shared" }));
    expect(Object.fromEntries(found)).toEqual({ app: 0, data: 1, shared: 1, network: 2 });
  });
});
