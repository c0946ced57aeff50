import { digestOf } from "../../../tools/systems/digest";

const stack = (name: string, value: string) => ({ name, document: { output: { x: { value } } } });

describe("digestOf", () => {
  const digest = digestOf([stack("a", "1"), stack("b", "2")]);

  test("is 16 hex digits, whatever the order of the stacks", () => {
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(digestOf([stack("b", "2"), stack("a", "1")])).toBe(digest);
  });

  test.each([
    ["value", [stack("a", "1"), stack("b", "3")]],
    ["name", [stack("a", "1"), stack("c", "2")]],
    ["number of stacks", [stack("a", "1")]],
  ])("differs with another %s", (_what, stacks) => {
    expect(digestOf(stacks)).not.toBe(digest);
  });
});
