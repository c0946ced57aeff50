import { benchJson, renderBench } from "../../../tools/bench/render";
import type { Row } from "../../../tools/bench/row";

const rows: Row[] = [
  {
    id: "synth-floor",
    what: "synth",
    measured: 1.234,
    unit: "×",
    limit: { atMost: 1.5 },
    detail: "0.5 s against 0.4 s",
  },
  { id: "memory", what: "memory", measured: 212.4, unit: "MB", limit: { atMost: 200 }, detail: "" },
  {
    id: "deploy",
    what: "deploy",
    measured: undefined,
    unit: "×",
    limit: { atMost: 1.4 },
    detail: "run npm start first",
  },
];

describe("renderBench", () => {
  test("is one table with the limits and the verdicts", () => {
    expect(renderBench(rows)).toBe(
      [
        "        measured  limit                   behind it",
        "synth   1.23×     ≤ 1.50×   pass          0.5 s against 0.4 s",
        "memory  212 MB    ≤ 200 MB  fail",
        "deploy  –         ≤ 1.40×   not measured  run npm start first",
        "",
      ].join("\n"),
    );
  });
});

describe("benchJson", () => {
  test("has the rows with their verdicts", () => {
    expect(JSON.parse(benchJson(rows))).toEqual([
      { ...rows[0], verdict: "pass" },
      { ...rows[1], verdict: "fail" },
      {
        id: "deploy",
        what: "deploy",
        unit: "×",
        limit: { atMost: 1.4 },
        detail: "run npm start first",
        verdict: "not measured",
      },
    ]);
  });
});
