import { benchCommand, exitCodeOf } from "../../../tools/bench/command";
import type { Row } from "../../../tools/bench/row";

const row = (measured: number | undefined): Row => ({
  id: "memory",
  what: "memory",
  measured,
  unit: "MB",
  limit: { atMost: 200 },
  detail: "",
});

describe("benchCommand", () => {
  test.each([
    ["1", undefined],
    ["99", undefined],
    ["0", "must be a number from 1 to 99"],
    ["100", "must be a number from 1 to 99"],
    ["1.5", "must be a number from 1 to 99"],
    ["many", "must be a number from 1 to 99"],
  ])("--rounds %s", (value, problem) => {
    expect(benchCommand.flags?.["rounds"]?.problem?.(value)).toBe(problem);
  });
});

describe("exitCodeOf", () => {
  test.each([
    ["all limits kept", [row(100), row(200)], 0],
    ["something not measured", [row(100), row(undefined)], 0],
    ["a limit missed", [row(100), row(201)], 1],
  ])("%s", (_name, rows, code) => {
    expect(exitCodeOf(rows)).toBe(code);
  });
});
