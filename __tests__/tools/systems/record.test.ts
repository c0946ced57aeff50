import { readFileSync } from "node:fs";
import { join } from "node:path";
import { noteTrial, readRecord, standing } from "../../../tools/systems/record";
import { temporaryFolder } from "../support/folder";

const file = join(temporaryFolder(), "record.json");
const trial = (digest: string) => ({ digest, day: "2026-11-25" });

describe("the record", () => {
  test("is empty before anything was tried", () => {
    expect(readRecord(file)).toEqual({});
  });

  test("keeps each trial, sorted, and the newest of a kind", () => {
    noteTrial(file, "web/prod", "planned", trial("a"));
    noteTrial(file, "api/prod", "deployed", trial("b"));
    noteTrial(file, "web/prod", "deployed", trial("c"));
    noteTrial(file, "web/prod", "planned", trial("d"));
    expect(readRecord(file)).toEqual({
      "api/prod": { deployed: trial("b") },
      "web/prod": { planned: trial("d"), deployed: trial("c") },
    });
    expect(Object.keys(JSON.parse(readFileSync(file, "utf8")) as object)).toEqual(["api/prod", "web/prod"]);
  });
});

test.each([
  [undefined, "never"],
  [trial("now"), "as it is"],
  [trial("before"), "before a change"],
])("standing of %j against now is %s", (tried, expected) => {
  expect(standing(tried, "now")).toBe(expected);
});
