import { type Metric, metricId, percentOf, sumOf, worstOf } from "../../../modules/monitoring/metric-math";

const metric = (metricName: string): Metric => ({
  namespace: "AWS/ApplicationELB",
  metricName,
  dimensions: { TargetGroup: metricName },
  statistic: "Sum",
});
const [a, b, c, d] = [metric("a"), metric("b"), metric("c"), metric("d")];

describe("metric math", () => {
  test("counts the metrics from one", () => {
    expect([0, 1, 9].map(metricId)).toEqual(["m1", "m2", "m10"]);
  });

  test.each([
    ["the worst", worstOf, "MAX([FILL(m1, 0), FILL(m2, 0)])"],
    ["the sum", sumOf, "FILL(m1, 0) + FILL(m2, 0)"],
  ])("%s of one metric is that metric, and of several an expression in which silence is 0", (_name, of, expression) => {
    expect(of([a])).toEqual({ metrics: [a] });
    expect(of([a, b])).toEqual({ metrics: [a, b], expression });
  });

  test("a share is that of all parts in all of the whole", () => {
    expect(percentOf([a], [c])).toEqual({ metrics: [a, c], expression: "100 * (FILL(m1, 0)) / (FILL(m2, 0))" });
    expect(percentOf([a, b], [c, d])).toEqual({
      metrics: [a, b, c, d],
      expression: "100 * (FILL(m1, 0) + FILL(m2, 0)) / (FILL(m3, 0) + FILL(m4, 0))",
    });
  });
});
