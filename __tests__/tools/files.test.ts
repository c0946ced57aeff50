import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { explained, makeFolder, readJson, readText, writeFile, writeJson } from "../../tools/files";
import { UserError } from "../../tools/user-error";
import { temporaryFolder } from "./support/folder";

const folder = temporaryFolder();
const failing = (code: string) => Object.assign(new Error(`${code}: boom`), { code });

describe("writeFile", () => {
  test("makes the folders above and leaves no temporary file", () => {
    writeFile(join(folder, "a", "b", "file"), "text");
    expect(readText(join(folder, "a", "b", "file"))).toBe("text");
    expect(readdirSync(join(folder, "a", "b"))).toEqual(["file"]);
  });

  test("gives a new file the mode that was asked for", () => {
    writeFile(join(folder, "secret"), "text", 0o600);
    expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
  });

  test("says so when a file stands where a folder belongs, and leaves it alone", () => {
    writeFile(join(folder, "file"), "text");
    const path = join(folder, "file", "below");
    expect(() => writeFile(path, "")).toThrow(`${path} cannot be made, a file stands where a folder belongs`);
    expect(readText(join(folder, "file"))).toBe("text");
  });
});

describe("reading", () => {
  test("tells a missing file from an empty one", () => {
    writeFile(join(folder, "empty"), "");
    expect([readText(join(folder, "empty")), readText(join(folder, "missing"))]).toEqual(["", undefined]);
  });

  test("gives JSON back as it was written", () => {
    writeJson(join(folder, "value.json"), { a: [1, null] });
    expect(readJson(join(folder, "value.json"))).toEqual({ a: [1, null] });
    expect(readJson(join(folder, "missing.json"))).toBeUndefined();
  });

  test("names a file that is no JSON", () => {
    writeFile(join(folder, "cut.json"), '{"a":');
    expect(() => readJson(join(folder, "cut.json"))).toThrow(`${join(folder, "cut.json")} is not valid JSON`);
  });

  test("names a folder that stands where a file belongs", () => {
    makeFolder(join(folder, "folder.json"));
    expect(() => readJson(join(folder, "folder.json"))).toThrow(
      `${join(folder, "folder.json")} is a folder, not a file`,
    );
    expect(existsSync(join(folder, "folder.json"))).toBe(true);
  });
});

describe("explained", () => {
  test.each([
    ["ENOSPC", "no space left on the disk while writing /a/b", "free some space and run the command again"],
    ["EDQUOT", "no space left on the disk while writing /a/b", "free some space and run the command again"],
    ["EACCES", "/a/b may not be read or written by this user", "make /a writable, then run the command again"],
    ["EPERM", "/a/b may not be read or written by this user", "make /a writable, then run the command again"],
    ["EROFS", "/a/b may not be read or written by this user", "make /a writable, then run the command again"],
  ])("says what %s means and what to do", (code, message, tryThis) => {
    const error = explained(failing(code), "/a/b");
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message, tryThis, exitCode: 66 });
  });

  test("passes on what only a programmer can mend", () => {
    const error = failing("EMFILE");
    expect(explained(error, "/a/b")).toBe(error);
  });
});
