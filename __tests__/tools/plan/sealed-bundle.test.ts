import { bundleKey, open, seal } from "../../../tools/plan/sealed-bundle";

const KEY = "0123456789abcdef0123456789abcdef";
const files = new Map([
  ["bundle.json", Buffer.from("{}")],
  ["plans/prod-data.tfplan", Buffer.from([0, 1, 2, 255])],
]);
const sealed = () => seal(files, KEY, "default/prod");

describe("a sealed bundle", () => {
  test("opens to the same files", () => {
    expect(open(sealed(), KEY, "default/prod")).toEqual(files);
  });

  test("shows neither names nor contents", () => {
    const text = seal(new Map([["plans/x.tfplan", Buffer.from("hunter2hunter2")]]), KEY, "default/prod").toString(
      "latin1",
    );
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("tfplan");
  });

  test.each<[string, () => unknown, { message: string; exitCode: number }]>([
    [
      "with another key",
      () => open(sealed(), KEY.replace("0", "1"), "default/prod"),
      { message: "the sealed bundle does not open as one of default/prod", exitCode: 7 },
    ],
    [
      "as another environment's",
      () => open(sealed(), KEY, "default/staging"),
      { message: "the sealed bundle does not open as one of default/staging", exitCode: 7 },
    ],
    [
      "when a byte was changed",
      () => {
        const changed = sealed();
        changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
        return open(changed, KEY, "default/prod");
      },
      { message: "the sealed bundle does not open as one of default/prod", exitCode: 7 },
    ],
    [
      "that is none",
      () => open(Buffer.from("zip"), KEY, "x"),
      { message: "the file is no sealed bundle", exitCode: 64 },
    ],
    [
      "that leaves its folder",
      () => open(seal(new Map([["plans/../../x", Buffer.from("")]]), KEY, "x"), KEY, "x"),
      { message: 'the sealed bundle names a file outside of it: "plans/../../x"', exitCode: 7 },
    ],
    [
      "with an absolute name",
      () => open(seal(new Map([["/etc/x", Buffer.from("")]]), KEY, "x"), KEY, "x"),
      { message: 'the sealed bundle names a file outside of it: "/etc/x"', exitCode: 7 },
    ],
  ])("does not open %s", (_, act, expected) => {
    expect(act).toThrow(expect.objectContaining(expected) as Error);
  });
});

describe("bundleKey", () => {
  test("takes a long secret and refuses a short one", () => {
    expect(bundleKey({ GROUNDPLAN_BUNDLE_KEY: KEY })).toBe(KEY);
    expect(() => bundleKey({ GROUNDPLAN_BUNDLE_KEY: "short" })).toThrow(
      "GROUNDPLAN_BUNDLE_KEY must be a secret of at least 32 characters, got 5",
    );
    expect(() => bundleKey({})).toThrow(expect.objectContaining({ exitCode: 66 }) as Error);
  });
});
