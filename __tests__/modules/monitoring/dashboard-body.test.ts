import type { AlarmDefinition, Graph } from "../../../modules/monitoring/alarm-definition";
import {
  COLUMNS,
  dashboardBody,
  type DashboardContent,
  type Widget,
  widgetsOf,
} from "../../../modules/monitoring/dashboard-body";

const graph = (title = "Service api: requests"): Graph => ({
  title,
  unit: "count",
  periodSeconds: 60,
  metrics: [{ namespace: "AWS/ECS", metricName: "A", dimensions: { One: "1", Two: "2" }, statistic: "Sum" }],
});
const alarm: AlarmDefinition = {
  ...graph("Service api: requests that fail"),
  expression: "100 * m1",
  check: "errors",
  side: "above",
  threshold: 1,
  missing: "notBreaching",
  look: "Look.",
};
const content = (overrides: Partial<DashboardContent> = {}): DashboardContent => ({
  region: "eu-west-3",
  alarmArns: [],
  sections: [],
  ...overrides,
});
const place = ({ type, x, y, width, height }: Widget) => [type, x, y, width, height];
const many = (count: number) => Array.from({ length: count }, (_, index) => graph(`${index}`));
const arns = (count: number) => Array.from({ length: count }, (_, index) => `arn-${index}`);

describe("widgetsOf", () => {
  test("shows the state of all alarms first, then a heading and its graphs", () => {
    const [state, heading, plain, guarded] = widgetsOf(
      content({ alarmArns: ["arn-1"], sections: [{ title: "Service api", graphs: [graph(), alarm] }] }),
    );
    expect(state).toEqual({
      type: "alarm",
      x: 0,
      y: 0,
      width: 24,
      height: 2,
      properties: { title: "Alarms", alarms: ["arn-1"] },
    });
    expect(heading).toEqual({
      type: "text",
      x: 0,
      y: 2,
      width: 24,
      height: 1,
      properties: { markdown: "## Service api" },
    });
    expect(plain).toEqual({
      type: "metric",
      x: 0,
      y: 3,
      width: 6,
      height: 6,
      properties: {
        title: "Service api: requests",
        view: "timeSeries",
        region: "eu-west-3",
        period: 60,
        metrics: [["AWS/ECS", "A", "One", "1", "Two", "2", { id: "m1", stat: "Sum" }]],
        yAxis: { left: { label: "count", showUnits: false, min: 0 } },
        legend: { position: "hidden" },
      },
    });
    expect(guarded).toMatchObject({
      x: 6,
      y: 3,
      properties: {
        metrics: [
          [{ id: "value", expression: "100 * m1", label: "Service api: requests that fail", region: "eu-west-3" }],
          ["AWS/ECS", "A", "One", "1", "Two", "2", { id: "m1", stat: "Sum", visible: false }],
        ],
        annotations: { horizontal: [{ label: "alarm", value: 1, fill: "above" }] },
      },
    });
  });

  test("puts four graphs in a row, and each part below the one before", () => {
    const sections = [
      { title: "A", graphs: many(5) },
      { title: "B", graphs: many(4) },
      { title: "C", graphs: many(1) },
    ];
    expect(widgetsOf(content({ sections })).map(place)).toEqual([
      ["text", 0, 0, 24, 1],
      ["metric", 0, 1, 6, 6],
      ["metric", 6, 1, 6, 6],
      ["metric", 12, 1, 6, 6],
      ["metric", 18, 1, 6, 6],
      ["metric", 0, 7, 6, 6],
      ["text", 0, 13, 24, 1],
      ["metric", 0, 14, 6, 6],
      ["metric", 6, 14, 6, 6],
      ["metric", 12, 14, 6, 6],
      ["metric", 18, 14, 6, 6],
      ["text", 0, 20, 24, 1],
      ["metric", 0, 21, 6, 6],
    ]);
  });

  test.each([
    [0, []],
    [6, [["alarm", 0, 0, 24, 2]]],
    [7, [["alarm", 0, 0, 24, 3]]],
    [100, [["alarm", 0, 0, 24, 18]]],
    [
      101,
      [
        ["alarm", 0, 0, 24, 18],
        ["alarm", 0, 18, 24, 2],
      ],
    ],
  ])("gives %d alarms the rows they need, 100 to a widget", (count, places) => {
    expect(widgetsOf(content({ alarmArns: arns(count) })).map(place)).toEqual(places);
  });

  test("leaves out a part without graphs", () => {
    expect(widgetsOf(content({ sections: [{ title: "A", graphs: [] }] }))).toEqual([]);
  });

  test("never lays one widget over another, or over the edge", () => {
    for (let count = 1; count <= 13; count += 1) {
      const sections = [
        { title: "A", graphs: many(count) },
        { title: "B", graphs: many(14 - count) },
      ];
      const widgets = widgetsOf(content({ alarmArns: arns(count * 9), sections }));
      const cells = widgets.flatMap(({ x, y, width, height }) =>
        Array.from({ length: width * height }, (_, cell) => [x + (cell % width), y + Math.floor(cell / width)].join()),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(widgets.filter(({ x, width }) => x + width > COLUMNS)).toEqual([]);
    }
  });
});

describe("dashboardBody", () => {
  test("is the widgets as JSON", () => {
    const given = content({ alarmArns: ["arn-1"] });
    expect(JSON.parse(dashboardBody(given))).toEqual({ widgets: widgetsOf(given) });
  });
});
