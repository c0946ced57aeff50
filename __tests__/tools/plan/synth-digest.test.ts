import { join } from "node:path";
import { writeFile } from "../../../tools/files";
import { differences, fileDigest, synthDigest } from "../../../tools/plan/synth-digest";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();
const stack = (document: Record<string, unknown>, at = folder) => ({ document, folder: at });

describe("synthDigest", () => {
  test("does not mind the order of keys, nor remarks of synth at any depth", () => {
    const one = { resource: { a: { b: { "//": { metadata: 1 }, x: 1, y: 2 } } } };
    const other = { "//": { version: "2" }, resource: { a: { b: { y: 2, x: 1 } } } };
    expect(synthDigest(stack(one))).toBe(synthDigest(stack(other)));
  });

  test.each([
    ["a value", { a: 2 }],
    ["a key", { b: 1 }],
    ["a type", { a: "1" }],
    ["the order of a list", { a: 1, list: [2, 1] }],
  ])("differs with %s", (_what, other) => {
    expect(synthDigest(stack(other))).not.toBe(synthDigest(stack({ a: 1, list: [1, 2] })));
  });

  test("covers assets, by name and by contents", () => {
    const place = (name: string, contents: string) => {
      const at = join(folder, `${name}-${contents}`);
      writeFile(join(at, "assets", "x", name), contents);
      return synthDigest(stack({}, at));
    };
    const digests = [synthDigest(stack({})), place("a", "1"), place("a", "2"), place("b", "1")];
    expect(new Set(digests).size).toBe(4);
  });
});

test("differences names what differs, and nothing that synth remarks on", () => {
  const before = { resource: { aws_vpc: { a: { "//": 1, x: 1 }, b: {} } }, output: { o: { value: 1 } } };
  const after = { resource: { aws_vpc: { a: { "//": 2, x: 2 } }, aws_eip: { c: {} } }, output: { o: { value: 1 } } };
  expect(differences(before, after)).toEqual(["resource.aws_eip.c", "resource.aws_vpc.a", "resource.aws_vpc.b"]);
  expect(differences(before, before)).toEqual([]);
});

test("fileDigest is undefined for a file that is not there", () => {
  writeFile(join(folder, "file"), "abc");
  expect(fileDigest(join(folder, "file"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(fileDigest(join(folder, "nothing"))).toBeUndefined();
});
