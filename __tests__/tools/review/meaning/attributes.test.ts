import fc from "fast-check";
import { attributesOf } from "../../../../tools/review/meaning/attributes";
import type { AttributeChange } from "../../../../tools/review/review";
import { created, destroyed, kept, planOf, replaced, updated, type ChangeSketch } from "../../../support/plan-json";

function read(sketch: ChangeSketch) {
  const [change] = planOf([sketch]).changes;
  if (change === undefined) throw new Error("no change was read");
  return attributesOf(change);
}

/** Attributes in a line each: what happens, path, both sides; `!` for one that forces the replacement. */
function lines(sketch: ChangeSketch): string[] {
  const side = (shown: AttributeChange["before"]) => shown?.text ?? "-";
  return read(sketch).attributes.map(
    ({ kind, path, before, after, forcesReplacement }) =>
      `${forcesReplacement ? "! " : ""}${kind} ${path}: ${side(before)} → ${side(after)}`,
  );
}

const A = "aws_a.a";
const statement = (action: unknown, more: object = {}) => ({ Effect: "Allow", Action: action, Resource: "*", ...more });
const policy = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

describe("attributesOf", () => {
  test("says what differs, with both sides, and counts what does not", () => {
    expect(read(updated(A, { a: 1, b: "x", c: true, d: null }, { a: 2, b: "x", c: true, d: null }))).toEqual({
      attributes: [
        {
          path: "a",
          kind: "change",
          before: { kind: "value", text: "1" },
          after: { kind: "value", text: "2" },
          forcesReplacement: false,
        },
      ],
      unchanged: 2,
    });
  });

  test.each<[string, ChangeSketch, readonly string[]]>([
    ["what comes and what goes", updated(A, { a: null, b: 1 }, { a: 1, b: null }), ["add a: - → 1", "remove b: 1 → -"]],
    ["what is only on one side", updated(A, { b: 1 }, { a: 1 }), ["add a: - → 1", "remove b: 1 → -"]],
    [
      "what is inside of objects",
      updated(A, { tags: { "a b": 1, c: 1 } }, { tags: { "a b": 2, c: 1 } }),
      ['change tags["a b"]: 1 → 2'],
    ],
    [
      "what is inside of blocks",
      updated(A, { x: [{ y: [{ z: 1 }] }] }, { x: [{ y: [{ z: 2 }] }] }),
      ["change x[0].y[0].z: 1 → 2"],
    ],
    ["one put in at the front", updated(A, { x: ["a", "b"] }, { x: ["z", "a", "b"] }), ['add x[0]: - → "z"']],
    [
      "one taken away, by its own index",
      updated(A, { x: ["a", "b", "c"] }, { x: ["a", "c"] }),
      ['remove x[1]: "b" → -'],
    ],
    [
      "another order, as a whole",
      updated(A, { x: ["a", "b"] }, { x: ["b", "a"] }),
      ['change x: ["a", "b"] → ["b", "a"]'],
    ],
    ["a value of another kind", updated(A, { x: [] }, { x: "a" }), ['change x: [] → "a"']],
    ["nothing that becomes empty", updated(A, { x: null }, { x: [] }), ["add x: - → []"]],
    [
      "what is known after apply, behind what is known",
      updated(A, { a: 1, b: 1 }, { b: 2 }, { after_unknown: { a: true } }),
      ["change b: 1 → 2", "change a: 1 → (known after apply)"],
    ],
    [
      "what is known after apply, inside",
      updated(A, { x: [{ y: 1, z: 1 }] }, { x: [{ z: 1 }] }, { after_unknown: { x: [{ y: true }] } }),
      ["change x[0].y: 1 → (known after apply)"],
    ],
    [
      "what is masked",
      updated(A, { a: "x" }, { a: "y" }, { before_sensitive: { a: true }, after_sensitive: { a: true } }),
      ["change a: (sensitive) → (sensitive)"],
    ],
    [
      "a mark that comes",
      updated(A, { a: "x" }, { a: "x" }, { before_sensitive: {}, after_sensitive: { a: true } }),
      ["sensitivity a: (sensitive, unchanged) → (sensitive, unchanged)"],
    ],
    [
      "what forces a replacement, first",
      replaced(A, { a: 1, b: 1 }, { a: 2, b: 2 }, { replace_paths: [["b"]] }),
      ["! change b: 1 → 2", "change a: 1 → 2"],
    ],
    [
      "what is above of what forces it",
      replaced(A, { x: null }, { x: [{ y: 1 }] }, { replace_paths: [["x", 0, "y"]] }),
      ["! add x: - → [{ y: 1 }]"],
    ],
    [
      "what is below of what forces it, at another index",
      replaced(A, { x: [{ y: 1 }, { y: 5 }] }, { x: [{ y: 1 }, { y: 6 }] }, { replace_paths: [["x", 0]] }),
      ["! change x[1].y: 5 → 6"],
    ],
    [
      "a document inside of a text",
      updated(A, { doc: '{"a":{"b":[1,2]}}' }, { doc: '{"a":{"b":[1,3]}}' }),
      ["change doc › a.b[1]: 2 → 3"],
    ],
    [
      "a list inside of a text",
      updated(A, { doc: '[{"name":"a","image":"x"}]' }, { doc: '[{"name":"b","image":"x"},{"name":"a","image":"y"}]' }),
      ['add doc › [0]: - → { name: "b", image: "x" }', 'change doc › [1].image: "x" → "y"'],
    ],
    [
      "a document that forces a replacement",
      replaced(A, { doc: '{"a":1}' }, { doc: '{"a":2}' }, { replace_paths: [["doc"]] }),
      ["! change doc › a: 1 → 2"],
    ],
    [
      "a document of another kind",
      updated(A, { doc: '{"a":1}' }, { doc: "[1]" }),
      ["change doc › (all): { a: 1 } → [1]"],
    ],
    [
      "a text that is no document any more",
      updated(A, { doc: '{"a":1}' }, { doc: "x" }),
      ['change doc: "{\\"a\\":1}" → "x"'],
    ],
    [
      "long numbers inside of a text",
      updated(A, { doc: '{"a":9007199254740993}' }, { doc: '{"a":9007199254740992}' }),
      ["change doc › a: 9007199254740993 → 9007199254740992"],
    ],
    [
      "a key like a prototype's",
      updated(A, { tags: {} }, { tags: { constructor: "x" } }),
      ['add tags.constructor: - → "x"'],
    ],
    ["nothing of what stays", kept(A, { a: 1 }), []],
  ])("shows %s", (_, sketch, expected) => {
    expect(lines(sketch)).toEqual(expected);
  });

  test("shows text of several lines by its lines", () => {
    expect(read(updated(A, { script: "a\nb\n" }, { script: "a\nc\n" })).attributes).toEqual([
      {
        path: "script",
        kind: "change",
        before: { kind: "value", text: '"a\\nb\\n"' },
        after: { kind: "value", text: '"a\\nc\\n"' },
        forcesReplacement: false,
        hunk: [
          { op: " ", text: "a" },
          { op: "-", text: "b" },
          { op: "+", text: "c" },
        ],
      },
    ]);
  });

  test.each([
    ["an empty text becomes null", { a: "", b: 1 }, { a: null, b: 2 }, ["b"]],
    ["an empty list is no longer there", { a: [], b: 1 }, { b: 2 }, ["b"]],
    ["an empty block becomes an empty text inside a block", { a: { x: {} }, b: 1 }, { a: { x: "" }, b: 2 }, ["b"]],
    ["nothing else changes", { a: "", b: 1 }, { a: null, b: 1 }, ["a"]],
    ["a switch is no longer set", { a: false, b: 1 }, { a: null, b: 2 }, ["a", "b"]],
    ["a number is no longer set", { a: 0, b: 1 }, { a: null, b: 2 }, ["a", "b"]],
    ["a text is emptied", { a: "x", b: 1 }, { a: "", b: 2 }, ["a", "b"]],
  ])("shows what tells something where %s", (_, before, after, paths) => {
    expect(
      read(updated(A, before, after))
        .attributes.map(({ path }) => path)
        .sort(),
    ).toEqual(paths);
  });

  test.each<[string, string, string, readonly string[]]>([
    [
      "newly allows",
      policy(statement("s3:Get*")),
      policy(statement("s3:*")),
      ["allows s3:* on everything, which it did not"],
    ],
    [
      "no longer allows",
      policy(statement("s3:*")),
      policy(statement("s3:Get*")),
      ["no longer allows s3:* on everything"],
    ],
    [
      "is only written otherwise, and says so",
      policy(statement(["a:b"], { Sid: "X" })),
      policy(statement(["a:b"], { Sid: "Y" })),
      ["allows and denies what it did before"],
    ],
    [
      "is not known whole",
      policy(statement("s3:Get*")),
      policy(statement("s3:Get*", { Resource: "(masked)" })),
      [
        "no longer allows s3:get* on everything",
        "part of it is known only after apply, or is masked, and cannot be judged",
      ],
    ],
  ])("says what a policy %s, before its parts", (_, before, after, meaning) => {
    const { attributes } = read(updated(A, { policy: before, a: 1 }, { policy: after, a: 2 }));
    expect(attributes[0]).toMatchObject({ path: "policy", kind: "change", meaning });
    expect(attributes.slice(1).map(({ path }) => path)).toContain("a");
    expect(attributes.slice(1).filter(({ path }) => path.startsWith("policy › "))).not.toEqual([]);
  });

  test("shows that a secret inside of a document differs, and nothing of it", () => {
    const [before, after] = ["one-secret", "two-secrets"].map((value) =>
      JSON.stringify([{ name: "api", environment: [{ name: "DB_PASSWORD", value }] }]),
    );
    expect(lines(updated(A, { doc: before }, { doc: after }))).toEqual([
      'change doc › [0].environment[0].value: "(masked, may have changed)" → "(masked, may have changed)"',
    ]);
  });

  test("says of a document that is only written otherwise that it says the same", () => {
    const [before, after] = ['{"a":1,"b":[2]}', '{ "b": [2], "a": 1 }'];
    expect(read(updated(A, { doc: before, n: 1 }, { doc: after, n: 2 })).attributes).toEqual([
      expect.objectContaining({ path: "doc", meaning: ["says the same, written in another order or form"] }),
      expect.objectContaining({ path: "n" }),
    ]);
  });

  test("shows of a new object what is set, policies first and what comes later last", () => {
    const text = policy(statement("s3:*"));
    const sketch = created(A, { a: 1, b: null, c: [], d: {}, e: false, policy: text }, { after_unknown: { z: true } });
    expect(lines(sketch)).toEqual([
      `add policy: - → ${JSON.stringify(text)}`,
      "add a: - → 1",
      "add e: - → false",
      "add z: - → (known after apply)",
    ]);
    expect(read(sketch).attributes[0]?.meaning).toEqual(["allows s3:* on everything, which it did not"]);
  });

  test.each<[string, ChangeSketch]>([
    ["is destroyed", destroyed(A, { name: "n", id: "i", engine: "", other: "x", tags: {}, arn: null })],
    ["is let go of", { ...destroyed(A, { name: "n", id: "i", engine: "", other: "x" }), actions: ["forget"] }],
  ])("shows of an object that %s by what it is known", (_, sketch) => {
    expect(lines(sketch)).toEqual(['remove id: "i" → -', 'remove name: "n" → -', 'remove engine: "" → -']);
  });

  test("shows two hundred, counts the others, and says whether one of them forces the replacement", () => {
    const side = (value: number, number: number) =>
      Object.fromEntries(Array.from({ length: number }, (_, index) => [`a${index}`, value]));
    expect(lines(updated(A, side(1, 200), side(2, 200)))).toHaveLength(200);
    const all = lines(updated(A, side(1, 203), side(2, 203)));
    expect([all.length, all.at(-1)]).toEqual([201, "change and 3 more: - → -"]);
    const forcing = replaced(A, side(1, 203), side(2, 203), {
      replace_paths: Object.keys(side(1, 203)).map((key) => [key]),
    });
    expect(lines(forcing).at(-1)).toBe("! change and 3 more: - → -");
  });

  test("finds something wherever two values differ, and nothing where they do not", () => {
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<unknown>(true, false, 0, 1, "a", "b", '{"a":1}', '["a"]'),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b", "name"), tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(lines(updated(A, { x: before }, { x: after })).length > 0).toBe(
          JSON.stringify(sorted(before)) !== JSON.stringify(sorted(after)),
        );
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

/** A value with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, inner]) => [key, sorted(inner)]) };
}
