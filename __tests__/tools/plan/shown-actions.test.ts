import fc from "fast-check";
import {
  actionDigest,
  actionsOf,
  actionText,
  changesOutputs,
  noRemainder,
  notShown,
  type ShownAction,
} from "../../../tools/plan/shown-actions";

const shown = (address: string, actions: string, more: Partial<ShownAction> = {}): ShownAction => ({
  ...{ address, actions: actions.split(","), replacePaths: [], importing: false },
  ...more,
});
const change = (address: string, actions: string[], more: object = {}, inner: object = {}) => ({
  address,
  ...more,
  change: { actions, ...inner },
});

describe("actionsOf", () => {
  test("lists what changes something or the state, sorted, without any value", () => {
    const plan = {
      resource_changes: [
        change("b.x", ["update"], {}, { before: { a: "secret" }, after: { a: "other" } }),
        change("a.x", ["delete", "create"], {}, { replace_paths: [["engine"], ["a", 0]] }),
        change("a.x", ["delete"], { deposed: "00000001" }),
        change("c.none", ["no-op"]),
        change("data.c.read", ["read"]),
        change("c.moved", ["no-op"], { previous_address: "c.old" }),
        change("c.imported", ["no-op"], {}, { importing: { id: "i-1" } }),
        change("c.forgotten", ["forget"]),
        change("ephemeral.c.x", ["open"]),
      ],
      action_invocations: [{ address: "action.aws_lambda_invoke.x" }],
    };
    expect(actionsOf(plan)).toEqual([
      shown("a.x", "delete,create", { replacePaths: ['["a",0]', '["engine"]'] }),
      shown("a.x", "delete", { deposed: "00000001" }),
      shown("action.aws_lambda_invoke.x", "invoke"),
      shown("b.x", "update"),
      shown("c.forgotten", "forget"),
      shown("c.imported", "no-op", { importing: true }),
      shown("c.moved", "no-op", { previousAddress: "c.old" }),
    ]);
  });

  test("is empty for what is no plan", () => {
    expect(actionsOf({})).toEqual([]);
  });
});

describe("actionDigest", () => {
  const action = fc.record({
    address: fc.string(),
    actions: fc.array(fc.constantFrom("create", "delete", "update"), { minLength: 1, maxLength: 2 }),
    replacePaths: fc.array(fc.string()),
    importing: fc.boolean(),
  });

  test("is the same in every order", () => {
    fc.assert(
      fc.property(fc.array(action), (actions) => actionDigest(actions) === actionDigest([...actions].reverse())),
    );
  });

  test.each([
    ["address", shown("b", "create")],
    ["action", shown("a", "update")],
    ["deposed object", shown("a", "create", { deposed: "1" })],
    ["path that forces a replacement", shown("a", "create", { replacePaths: ["[]"] })],
    ["previous address", shown("a", "create", { previousAddress: "b" })],
    ["import", shown("a", "create", { importing: true })],
  ])("differs with another %s", (_what, other) => {
    expect(actionDigest([other])).not.toBe(actionDigest([shown("a", "create")]));
  });
});

describe("noRemainder", () => {
  const was = [
    shown("made", "create"),
    shown("changed", "update"),
    shown("anew", "delete,create", { replacePaths: ['["engine"]'] }),
    shown("first", "create,delete", { replacePaths: ['["engine"]'] }),
    shown("gone", "delete"),
    shown("moved", "update", { previousAddress: "old" }),
  ];

  test("lets through what was shown, as often as it takes", () => {
    expect(noRemainder(was, was)).toEqual([]);
    expect(noRemainder(was, was.slice(2))).toEqual([]);
  });

  test.each([
    ["an object that was half made", shown("made", "delete,create")],
    ["the creation after a deletion", shown("anew", "create")],
    ["an object that was half made anew", shown("anew", "delete,create")],
    ["the old object of a replacement", shown("first", "delete", { deposed: "00000001" })],
    ["the update of an object that is moved by now", shown("moved", "update")],
  ])("lets through %s", (_what, left) => {
    expect(noRemainder(was, [left])).toEqual([]);
  });

  test.each([
    ["another object", shown("other", "create")],
    ["a deletion of what was to be made", shown("made", "delete")],
    ["a replacement of what was to be changed", shown("changed", "delete,create")],
    ["a replacement for another reason", shown("anew", "delete,create", { replacePaths: ['["name"]'] })],
    ["a deletion instead of a replacement", shown("anew", "delete")],
    ["a creation of what was to go", shown("gone", "create")],
    ["an update of what was to be made", shown("made", "update")],
    ["the removal of something old that was not replaced", shown("changed", "delete", { deposed: "00000001" })],
  ])("stops at %s", (_what, left) => {
    expect(noRemainder(was, [left])).toEqual([left]);
  });
});

test("notShown compares everything but values", () => {
  const action = shown("a", "update");
  expect(notShown([action], [action, shown("a", "delete")])).toEqual([shown("a", "delete")]);
});

test("changesOutputs is about outputs that do change", () => {
  expect(changesOutputs({ output_changes: { a: { actions: ["no-op"] } } })).toBe(false);
  expect(changesOutputs({ output_changes: { a: { actions: ["no-op"] }, b: { actions: ["create"] } } })).toBe(true);
  expect(changesOutputs({})).toBe(false);
});

test.each([
  [shown("a", "delete,create"), "delete, create of a"],
  [shown("a", "delete", { deposed: "01" }), "delete of a (deposed 01)"],
  [shown("a", "no-op", { previousAddress: "b" }), "move of a (was b)"],
  [shown("a", "no-op", { importing: true }), "import of a"],
])("actionText of %j", (action, text) => {
  expect(actionText(action)).toBe(text);
});
