import type { Measure } from "./metric-math";

/** A graph of a dashboard. */
export interface Graph extends Measure {
  /** What it shows. */
  readonly title: string;

  /** Unit of its values. */
  readonly unit: Unit;

  /** How far its points are apart: as often as AWS measures. */
  readonly periodSeconds: 60 | 300 | 3600;
}

/** An alarm, and the graph that shows how near it is. */
export interface AlarmDefinition extends Graph {
  /** Last part of the alarm's name; a subject has one of each. */
  readonly check: string;

  /** On which side of the threshold the alarm is. */
  readonly side: "above" | "below";

  /** The value that is still fine. */
  readonly threshold: number;

  /** What silence means: `breaching` where something that runs always reports, `notBreaching` where there may be nothing to count. */
  readonly missing: "breaching" | "notBreaching";

  /** What to look at first, in a sentence. */
  readonly look: string;
}

/** Unit of a graph's values. */
export type Unit = keyof typeof SHOWN;

const SHOWN = {
  percent: (value: number) => `${value} %`,
  seconds: (value: number) => `${value} s`,
  milliseconds: (value: number) => `${value} ms`,
  count: (value: number) => `${value}`,
  bytes: (value: number) => `${Math.round((value / 1024 ** 3) * 10) / 10} GiB`,
} as const;

/** The alarm in words, as a mail brings it. */
export function alarmDescription({ title, side, threshold, unit, look }: AlarmDefinition): string {
  return `${title} ${side} ${SHOWN[unit](threshold)}. ${look}`;
}

/**
 * How many points an alarm looks at, and how many of them have to be on its side: three fifths, so that neither one bad minute nor one
 * good minute decides.
 */
export function evaluation(periodSeconds: number, minutes: number): { readonly points: number; readonly bad: number } {
  const points = Math.max(1, Math.ceil((minutes * 60) / periodSeconds));
  return { points, bad: Math.ceil((points * 3) / 5) };
}

/** The alarm of a threshold, or none where it is `false`. */
export function given(threshold: number | false, define: (threshold: number) => AlarmDefinition): AlarmDefinition[] {
  return threshold === false ? [] : [define(threshold)];
}
