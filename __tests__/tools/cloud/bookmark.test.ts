import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bookmarkIn, readBookmark } from "../../../tools/cloud/bookmark";

const WRITTEN = '{"remote_plan_format":1,"run_id":"run-CZcmD7eagjhyX0vN","hostname":"app.terraform.io"}';

describe("readBookmark", () => {
  test("reads what Terraform writes", () => {
    const folder = mkdtempSync(join(tmpdir(), "groundplan-bookmark-"));
    const file = join(folder, "tfplan");
    writeFileSync(file, WRITTEN);
    expect(readBookmark(file)).toEqual({ runId: "run-CZcmD7eagjhyX0vN", hostname: "app.terraform.io" });
    rmSync(folder, { recursive: true });
  });

  test("is undefined where there is no file", () => {
    expect(readBookmark("/nowhere/tfplan")).toBeUndefined();
  });
});

describe("bookmarkIn", () => {
  test.each([
    ["a plan itself", "PK\u0003\u0004…"],
    ["nothing", ""],
    ["what was cut short", WRITTEN.slice(0, 40)],
    ["another format", WRITTEN.replace(":1,", ":2,")],
    ["no run", WRITTEN.replace("run-C", "plan-C")],
    ["no host", WRITTEN.replace("app.terraform.io", "")],
    ["a list", "[1]"],
    ["something larger than a bookmark ever is", `{"remote_plan_format":1${" ".repeat(5000)}}`],
  ])("is undefined for %s", (_name, contents) => {
    expect(bookmarkIn(contents)).toBeUndefined();
  });
});
