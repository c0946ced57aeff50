import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readText, writeFile, writeJson } from "../../../tools/files";
import { Children } from "../../../tools/terraform/children";
import { hashesIn, LockFiles, lockedVersions, lockEntries } from "../../../tools/terraform/lock-files";
import { setUpTerraform } from "../../../tools/terraform/setup";
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

describe("LockFiles with committed entries", () => {
  const block = (...hashes: string[]) =>
    `provider "registry.terraform.io/hashicorp/aws" {\n  version = "1.0.0"\n  hashes = [\n${hashes.map((hash) => `    "${hash}",\n`).join("")}  ]\n}\n`;
  let count = 0;
  const fresh = () => {
    const place = join(folder, `committed-${(count += 1)}`);
    const stack = join(place, "stack");
    const locks = new LockFiles(join(place, "seen"), join(place, "stacks", "locks"));
    const commit = (text: string) => writeFile(join(place, "stacks", "locks", "hashicorp-aws-1.0.0.hcl"), text);
    return { stack, locks, commit, path: join(stack, ".terraform.lock.hcl") };
  };

  test("gives every stack what is committed, also one that has an older lock file", () => {
    const { stack, locks, commit, path } = fresh();
    commit(block("h1:linux=", "zh:all"));
    writeFile(path, block("h1:other="));
    locks.compose(stack, [aws]);
    expect(readText(path)).toBe(block("h1:linux=", "zh:all"));
  });

  test("leaves a lock file alone that has all of it and more", () => {
    const { stack, locks, commit, path } = fresh();
    commit(block("zh:all"));
    writeFile(path, block("h1:mac=", "zh:all"));
    locks.compose(stack, [aws]);
    expect(readText(path)).toBe(block("h1:mac=", "zh:all"));
  });

  test("prefers what this machine has seen only if it has all that is committed", () => {
    const { stack, locks, commit, path } = fresh();
    writeFile(path, block("h1:mac=", "zh:all"));
    locks.remember(stack, [aws]);
    commit(block("zh:all"));
    writeFile(path, "");
    locks.compose(stack, [aws]);
    expect(readText(path)).toBe(block("h1:mac=", "zh:all"));
    commit(block("zh:more"));
    locks.compose(stack, [aws]);
    expect(readText(path)).toBe(block("zh:more"));
  });

  test("distrusts what only this machine knows, and never what is committed", () => {
    const { stack, locks, commit, path } = fresh();
    writeFile(path, block("h1:mine="));
    expect(locks.distrust(stack, [aws])).toBe(true);
    expect(readText(path)).toBeUndefined();
    commit(block("h1:linux="));
    locks.compose(stack, [aws]);
    expect(locks.distrust(stack, [aws])).toBe(false);
    expect(readText(path)).toBe(block("h1:linux="));
  });

  test("names the providers of which nothing is committed", () => {
    const { locks, commit } = fresh();
    commit(block("zh:all"));
    expect(locks.uncommitted([other, aws, other, { ...aws, version: "2.0.0" }])).toEqual([
      "example.com/acme/other",
      "hashicorp/aws",
    ]);
    expect(locks.uncommitted([aws])).toEqual([]);
  });

  test("reads versions and hashes", () => {
    expect([...lockedVersions(`${awsEntry}\n${otherEntry}`)]).toEqual([
      ["hashicorp/aws", "1.0.0"],
      ["example.com/acme/other", "1.0.0"],
    ]);
    expect([...hashesIn(block("h1:a/b+c=", "zh:01"))]).toEqual(["h1:a/b+c=", "zh:01"]);
  });
});

describe("the committed entries", () => {
  const place = join("stacks", "locks");
  const files = readdirSync(place);

  test.each(files)("%s is one block, of the version that its name says, for every platform", (file) => {
    const text = readText(join(place, file)) ?? "";
    const [[source = "", block = ""] = [], ...more] = [...lockEntries(text)];
    expect(more).toEqual([]);
    expect(block).toBe(text);
    expect(file).toBe(`${source.replaceAll("/", "-")}-${lockedVersions(text).get(source)}.hcl`);
    // The registry's own list; without it, only the platforms of the h1 hashes could be used.
    expect([...hashesIn(text)].filter((hash) => hash.startsWith("zh:")).length).toBeGreaterThan(5);
    expect([...hashesIn(text)].filter((hash) => !/^(h1:[A-Za-z0-9+/]{43}=|zh:[0-9a-f]{64})$/.test(hash))).toEqual([]);
  });

  test("hold for the AWS provider at hand", async () => {
    const environment = { PATH: process.env["PATH"], HOME: folder };
    const document = { terraform: { required_providers: { aws: { source: "aws", version: "5.100.0" } } } };
    const providers = [{ source: "hashicorp/aws", version: "5.100.0" }];
    const { terraform } = await setUpTerraform({
      ...{ children: new Children(), environment, needs: providers },
      folder: join(folder, "terraform"),
      committedLocks: place,
    });
    const stack = { folder: join(folder, "stack"), document, providers };
    writeJson(join(stack.folder, "cdk.tf.json"), document);
    expect(await terraform.ready(stack)).toMatchObject({ ok: true, diagnostics: [] });
    expect(readText(join(stack.folder, ".terraform.lock.hcl"))).toBe(
      readText(join(place, "hashicorp-aws-5.100.0.hcl")),
    );
  }, 60_000);
});
