import { join } from "node:path";
import { readText, writeFile } from "../../../tools/files";
import { LockFiles, lockEntries } from "../../../tools/terraform/lock-files";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();
const entry = (host: string, source: string) =>
  `provider "${host}/${source}" {\n  version = "1.0.0"\n  hashes = [\n    "h1:x=",\n  ]\n}\n`;
const aws = { source: "hashicorp/aws", version: "1.0.0" };
const other = { source: "example.com/acme/other", version: "1.0.0" };
const awsEntry = entry("registry.terraform.io", "hashicorp/aws");
const otherEntry = entry("example.com", "acme/other");
const file = (stack: string) => join(folder, stack, ".terraform.lock.hcl");

describe("lockEntries", () => {
  test("are found by source, without the public registry's host", () => {
    expect([...lockEntries(`# comment\n\n${awsEntry}\n${otherEntry}`)]).toEqual([
      ["hashicorp/aws", awsEntry],
      ["example.com/acme/other", otherEntry],
    ]);
  });
});

describe("LockFiles", () => {
  test("gives a new stack the entries it needs and no others", () => {
    const locks = new LockFiles(join(folder, "locks"));
    writeFile(file("network"), `${awsEntry}\n${otherEntry}`);
    locks.remember(join(folder, "network"), [aws, other]);
    expect(locks.offer(join(folder, "data"), [aws])).toBe(true);
    expect(readText(file("data"))).toBe(awsEntry);
    expect(locks.offer(join(folder, "app"), [aws, other])).toBe(true);
    expect(readText(file("app"))).toBe(`${awsEntry}\n${otherEntry}`);
  });

  test("leaves a stack's own lock file alone, and offers nothing for a version it does not know", () => {
    const locks = new LockFiles(join(folder, "locks"));
    writeFile(file("own"), "# own\n");
    expect(locks.offer(join(folder, "own"), [aws])).toBe(false);
    expect(readText(file("own"))).toBe("# own\n");
    expect(locks.offer(join(folder, "newer"), [{ ...aws, version: "2.0.0" }])).toBe(false);
    expect(readText(file("newer"))).toBeUndefined();
  });
});
