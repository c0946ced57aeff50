import { alarmDefinitions, alarmThing, graphsOf } from "../../../modules/monitoring/subject-alarm-definitions";
import type { Subject } from "../../../modules/monitoring/subjects";
import { thresholdsOf } from "../../../modules/monitoring/thresholds";
import { EVERY_SUBJECT } from "./every-subject";

const thresholds = thresholdsOf();

describe("alarmDefinitions", () => {
  test.each(EVERY_SUBJECT.map((subject) => [subject.kind, subject] as const))(
    "of a %s say what to look at",
    (_kind, subject) => {
      const alarms = alarmDefinitions(subject, thresholds);
      expect(alarms.length).toBeGreaterThan(0);
      expect(alarms.filter(({ look, title }) => !/^Look .+\.$/.test(look) || !title.includes(subject.name))).toEqual(
        [],
      );
    },
  );

  test("have names of their own, also where a service and a database are called the same", () => {
    const names = EVERY_SUBJECT.map((subject): Subject => ({ ...subject, name: "main" })).flatMap((subject) =>
      alarmDefinitions(subject, thresholds).map((alarm) => alarmThing(subject, alarm)),
    );
    expect(names).toContain("service-main-cpu");
    expect(names).toContain("database-instance-main-cpu");
    expect(new Set(names).size).toBe(names.length);
  });

  test("never ask an alarm for more metrics than it takes, and call each by its place", () => {
    for (const { metrics, expression = "m1" } of EVERY_SUBJECT.flatMap((subject) =>
      alarmDefinitions(subject, thresholds),
    )) {
      expect(metrics.length).toBeGreaterThanOrEqual(1);
      expect(metrics.length).toBeLessThanOrEqual(10);
      const ids = [...expression.matchAll(/\bm(\d+)\b/g)].map(([, index]) => Number(index));
      expect(ids).toEqual(metrics.map((_, index) => index + 1));
    }
  });
});

describe("graphsOf", () => {
  test.each(EVERY_SUBJECT.map((subject) => [subject.kind, subject] as const))(
    "of a %s has one for each alarm, after what goes on",
    (kind, subject) => {
      const alarms = alarmDefinitions(subject, thresholds);
      const traffic = ["service", "load-balancer", "app-runner"].includes(kind) ? 1 : 0;
      const graphs = graphsOf(subject, thresholds);
      expect(graphs).toHaveLength(alarms.length + traffic);
      expect(graphs.slice(traffic)).toEqual(alarms);
    },
  );
});
