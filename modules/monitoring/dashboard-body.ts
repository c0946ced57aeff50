import type { AlarmDefinition, Graph } from "./alarm-definition";
import { type Metric, metricId } from "./metric-math";

/** One part of a dashboard: what it is about, and its graphs. */
export interface DashboardSection {
  /** Heading. */
  readonly title: string;

  /** Graphs, in their order. */
  readonly graphs: ReadonlyArray<Graph | AlarmDefinition>;
}

/** What a dashboard shows. */
export interface DashboardContent {
  /** Region of its metrics. */
  readonly region: string;

  /** ARNs of the alarms whose state it shows first. */
  readonly alarmArns: readonly string[];

  /** Its parts, from top to bottom. */
  readonly sections: readonly DashboardSection[];
}

/** A widget in its place. Source of its members: CloudWatch API reference, dashboard body structure, read in 2026-11. */
export interface Widget {
  /** `alarm`, `text` or `metric`. */
  readonly type: string;

  /** Column of its left edge, 0 to 23. */
  readonly x: number;

  /** Row of its upper edge. */
  readonly y: number;

  /** Columns it takes. */
  readonly width: number;

  /** Rows it takes. */
  readonly height: number;

  /** What it shows. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Columns of a dashboard. */
export const COLUMNS = 24;
const GRAPH = { width: 6, height: 6 };
const GRAPHS_IN_A_ROW = COLUMNS / GRAPH.width;
/** Alarms one widget takes. Source: as above. */
const ALARMS_IN_A_WIDGET = 100;
/** Alarms that fit beside each other over the whole width. */
const ALARMS_IN_A_ROW = 6;

/** The dashboard as CloudWatch takes it: the state of all alarms, then part by part a heading and its graphs, four in a row. */
export function dashboardBody(content: DashboardContent): string {
  return JSON.stringify({ widgets: widgetsOf(content) });
}

/** The widgets of a dashboard, each in its place. */
export function widgetsOf({ region, alarmArns, sections }: DashboardContent): Widget[] {
  const blocks = [
    ...chunks(alarmArns, ALARMS_IN_A_WIDGET).map(alarmBlock),
    ...sections.flatMap(({ title, graphs }) => (graphs.length > 0 ? [sectionBlock(title, graphs, region)] : [])),
  ];
  let top = 0;
  return blocks.flatMap(({ widgets, height }) => {
    const placed = widgets.map((widget) => ({ ...widget, y: top + widget.y }));
    top += height;
    return placed;
  });
}

/** Widgets that keep together, their rows counted from the block's own. */
interface Block {
  readonly widgets: readonly Widget[];
  readonly height: number;
}

function alarmBlock(alarms: readonly string[]): Block {
  const height = 1 + Math.ceil(alarms.length / ALARMS_IN_A_ROW);
  const properties = { title: "Alarms", alarms };
  return { widgets: [{ type: "alarm", x: 0, y: 0, width: COLUMNS, height, properties }], height };
}

function sectionBlock(title: string, graphs: DashboardSection["graphs"], region: string): Block {
  const heading = { type: "text", x: 0, y: 0, width: COLUMNS, height: 1, properties: { markdown: `## ${title}` } };
  const below = graphs.map((graph, index) => ({
    type: "metric",
    x: (index % GRAPHS_IN_A_ROW) * GRAPH.width,
    y: heading.height + Math.floor(index / GRAPHS_IN_A_ROW) * GRAPH.height,
    ...GRAPH,
    properties: graphProperties(graph, region),
  }));
  const rows = Math.ceil(graphs.length / GRAPHS_IN_A_ROW);
  return { widgets: [heading, ...below], height: heading.height + rows * GRAPH.height };
}

function graphProperties(graph: Graph | AlarmDefinition, region: string): Record<string, unknown> {
  return {
    title: graph.title,
    view: "timeSeries",
    region,
    period: graph.periodSeconds,
    metrics: [
      ...(graph.expression === undefined
        ? []
        : [[{ id: "value", expression: graph.expression, label: graph.title, region }]]),
      ...graph.metrics.map((metric, index) => metricLine(metric, index, graph.expression === undefined)),
    ],
    yAxis: { left: { label: graph.unit, showUnits: false, min: 0 } },
    legend: { position: "hidden" },
    ...("threshold" in graph && {
      annotations: { horizontal: [{ label: "alarm", value: graph.threshold, fill: graph.side }] },
    }),
  };
}

function metricLine({ namespace, metricName, dimensions, statistic }: Metric, index: number, visible: boolean) {
  return [
    namespace,
    metricName,
    ...Object.entries(dimensions).flat(),
    { id: metricId(index), stat: statistic, ...(!visible && { visible }) },
  ];
}

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
