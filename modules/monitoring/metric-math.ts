/** A metric of CloudWatch. */
export interface Metric {
  /** Namespace, such as `AWS/ECS`. */
  readonly namespace: string;

  /** Its name there. */
  readonly metricName: string;

  /** What it is about: dimension, then value. */
  readonly dimensions: Readonly<Record<string, string>>;

  /** `Average`, `Sum`, `Minimum`, `Maximum`, or a percentile such as `p99`. */
  readonly statistic: string;
}

/** What a graph shows and an alarm looks at: one metric, or an expression over several. */
export interface Measure {
  /** The metrics; an expression calls them `m1`, `m2`, … */
  readonly metrics: readonly Metric[];

  /**
   * Metric math over the metrics.
   * @default - the first metric itself
   */
  readonly expression?: string;
}

/** The id of the metric at an index. */
export function metricId(index: number): string {
  return `m${index + 1}`;
}

/** One metric as it is; of several, the worst at any moment. A metric that is silent, such as that of an idle target group, counts as 0. */
export function worstOf(metrics: readonly Metric[]): Measure {
  if (metrics.length === 1) return { metrics };
  return { metrics, expression: `MAX([${filled(metrics, 0).join(", ")}])` };
}

/** One metric as it is; of several, their sum. */
export function sumOf(metrics: readonly Metric[]): Measure {
  if (metrics.length === 1) return { metrics };
  return { metrics, expression: filled(metrics, 0).join(" + ") };
}

/** How many of the whole the parts are, in percent. Without any of the whole there is no value, not 0. */
export function percentOf(parts: readonly Metric[], whole: readonly Metric[]): Measure {
  const [part, all] = [filled(parts, 0).join(" + "), filled(whole, parts.length).join(" + ")];
  return { metrics: [...parts, ...whole], expression: `100 * (${part}) / (${all})` };
}

function filled(metrics: readonly Metric[], from: number): string[] {
  return metrics.map((_, index) => `FILL(${metricId(from + index)}, 0)`); // a count without events has no data points
}
