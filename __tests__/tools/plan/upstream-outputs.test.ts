import { upstreamOutputs, type Upstream } from "../../../tools/plan/upstream-outputs";
import type { Stack } from "../../../tools/plan/stack";

const state = (outputs: Record<string, { value: unknown; sensitive: boolean }>): NonNullable<Upstream["state"]> => ({
  ...{ serial: 1, lineage: "l", objects: 1, text: "" },
  outputs: new Map(Object.entries(outputs)),
});
const reader = { remoteStates: [{ id: "s", producer: "network", outputs: ["id"] }] };
const producers = new Map<string, Pick<Stack, "name" | "document" | "remoteStates">>([
  ["network", { name: "network", document: { output: { id: { value: "${aws_vpc.main.id}" } } }, remoteStates: [] }],
]);
const outputs = (upstream?: Upstream) =>
  upstreamOutputs(reader, new Map(upstream === undefined ? [] : [["network", upstream]]), producers)
    .get("network")
    ?.get("id");
const planned = (change: object) => ({ output_changes: { id: change } });
const vpc = expect.stringMatching(/^vpc-/) as unknown;

describe("upstreamOutputs", () => {
  test("leaves out a producer nothing is known of, so that its state is read as it is", () => {
    expect(upstreamOutputs(reader, new Map(), producers).size).toBe(0);
  });

  test.each<[string, Upstream, unknown]>([
    [
      "the state, where no plan changes it",
      { state: state({ id: { value: "vpc-1", sensitive: false } }) },
      { value: "vpc-1", sensitive: false, invented: false },
    ],
    [
      "the plan rather than the state",
      {
        state: state({ id: { value: "vpc-1", sensitive: false } }),
        plan: planned({ actions: ["update"], after: "vpc-2", after_unknown: false, after_sensitive: false }),
      },
      { value: "vpc-2", sensitive: false, invented: false },
    ],
    [
      "a placeholder where the plan does not know it",
      {
        state: state({ id: { value: "vpc-1", sensitive: false } }),
        plan: planned({ actions: ["update"], after_unknown: true, after_sensitive: false }),
      },
      { value: vpc, sensitive: false, invented: true },
    ],
    ["a placeholder where there is neither", {}, { value: vpc, sensitive: false, invented: true }],
    [
      "a placeholder where the plan takes it away",
      { state: state({ id: { value: "vpc-1", sensitive: false } }), plan: { output_changes: {} } },
      { value: vpc, sensitive: false, invented: true },
    ],
    [
      "a secret as a secret",
      { plan: planned({ actions: ["create"], after: "s", after_unknown: false, after_sensitive: true }) },
      { value: "s", sensitive: true, invented: false },
    ],
    [
      "what is known of an object, with the rest made up",
      {
        plan: planned({
          actions: ["create"],
          after: { a: 1, list: ["x", null] },
          after_unknown: { b: true, list: [false, true] },
          after_sensitive: false,
        }),
      },
      { value: { a: 1, b: "placeholder", list: ["x", "placeholder"] }, sensitive: false, invented: true },
    ],
  ])("gives %s", (_what, upstream, expected) => {
    expect(outputs(upstream)).toEqual(expected);
  });
});
