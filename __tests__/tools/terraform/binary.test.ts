import { join } from "node:path";
import { writeFile } from "../../../tools/files";
import { findTerraform, isOlder, onPath } from "../../../tools/terraform/binary";
import { Children } from "../../../tools/terraform/children";
import { temporaryFolder, writeProgram } from "../support/folder";

const folder = temporaryFolder();

/** A folder with a terraform that answers in that way. */
function terraform(name: string, script: string): string {
  writeProgram(join(folder, name, "terraform"), `#!/bin/sh\n${script}\n`);
  return join(folder, name);
}
const answering = (version: string) => `echo '{"terraform_version":"${version}"}'`;
const find = (environment: NodeJS.ProcessEnv) => findTerraform(new Children(), environment);

describe("findTerraform", () => {
  test("takes the first on the PATH", async () => {
    const PATH = [terraform("good", answering("1.11.4")), terraform("later", answering("1.12.0"))].join(":");
    expect(await find({ PATH })).toEqual({ path: join(folder, "good", "terraform"), version: "1.11.4" });
  });

  test("takes what TERRAFORM_BINARY_NAME names, a path or a name", async () => {
    const path = writeProgram(join(folder, "bin", "tf"), `#!/bin/sh\n${answering("1.11.0")}\n`);
    expect(await find({ PATH: "", TERRAFORM_BINARY_NAME: path })).toEqual({ path, version: "1.11.0" });
    expect(await find({ PATH: join(folder, "bin"), TERRAFORM_BINARY_NAME: "tf" })).toEqual({ path, version: "1.11.0" });
  });

  test("is not led astray by the user's CLI configuration", async () => {
    const script = `[ -z "$TF_CLI_CONFIG_FILE$TF_CLI_ARGS" ] && ${answering("1.11.4")}`;
    expect(
      await find({ PATH: `${terraform("strict", script)}:/bin`, TF_CLI_CONFIG_FILE: "/x", TF_CLI_ARGS: "-y" }),
    ).toMatchObject({
      version: "1.11.4",
    });
  });

  test.each([
    ["absent", () => "/nowhere", "terraform was not found on the PATH", /^install Terraform 1\.11\.0 or newer/],
    [
      "too old",
      () => terraform("old", answering("1.9.8")),
      /^Terraform must be 1\.11\.0 or newer, got 1\.9\.8 at /,
      /^install a newer/,
    ],
    [
      "something else",
      () => terraform("odd", "echo hello"),
      /terraform does not tell its version$/,
      /^install Terraform/,
    ],
  ])("says so when it is %s", async (_name, path, message, tryThis) => {
    const failure = find({ PATH: path() });
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toMatchObject({ exitCode: 66, tryThis: expect.stringMatching(tryThis) as string });
  });
});

describe("onPath", () => {
  test("passes over folders, files that are not executable and relative entries of the PATH", () => {
    writeFile(join(folder, "plain", "tool"), "");
    writeFile(join(folder, "nested", "tool", "file"), "");
    const path = writeProgram(join(folder, "tools", "tool"), "");
    const PATH = ["relative", join(folder, "plain"), join(folder, "nested"), join(folder, "tools")].join(":");
    expect(onPath("tool", { PATH })).toBe(path);
    expect(onPath("tool", {})).toBeUndefined();
  });
});

describe("isOlder", () => {
  test.each([
    ["1.9.9", "1.10.0", true],
    ["1.10.0", "1.10.0", false],
    ["1.10.0-beta1", "1.10.0", false],
    ["1.10.1", "1.10.0", false],
    ["2.0.0", "1.10.0", false],
    ["0.15.5", "1.10.0", true],
  ])("%s before %s is %s", (version, than, expected) => {
    expect(isOlder(version, than)).toBe(expected);
  });
});
