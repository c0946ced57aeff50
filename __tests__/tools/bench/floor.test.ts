import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { filesBelow, floorProgram } from "../../../tools/bench/floor";

describe("floorProgram", () => {
  const folder = mkdtempSync(join(tmpdir(), "groundplan-floor-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("loads cdktf and writes the same files, byte for byte", () => {
    const files = { "manifest.json": '{ "a": "ä\\u2028 ${TfToken[1]}" }\n', "stacks/staging-app/cdk.tf.json": "" };
    const cdktf = join(folder, "node_modules/cdktf/index.js");
    mkdirSync(dirname(cdktf), { recursive: true });
    writeFileSync(cdktf, "console.log('cdktf is loaded');");
    writeFileSync(join(folder, "floor.cjs"), floorProgram(files));

    const output = execFileSync(process.execPath, [join(folder, "floor.cjs"), join(folder, "out")], {
      encoding: "utf8",
    });
    expect(output).toBe("cdktf is loaded\n");
    expect(filesBelow(join(folder, "out"))).toEqual(files);
  });
});
