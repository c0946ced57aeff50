import { runningHours } from "../../../tools/cost/running-hours";
import { Synthesized } from "../../../tools/plan/synthesized";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();
const ARN = "arn:aws:scheduler:::aws-sdk:";

function hours(type: string, config: object, schedules: Readonly<Record<string, object>> = {}) {
  const system = new Synthesized(
    awsStacks(folder, { "prod-one": { [type]: { it: { ...config } }, aws_scheduler_schedule: schedules as never } }),
  );
  const [resource] = system.ofType(type);
  return resource && runningHours(resource, system);
}
const schedule = (action: string, expression: string, input: object, more: object = {}) => ({
  schedule_expression: expression,
  target: { arn: `${ARN}${action}`, input: JSON.stringify(input) },
  ...more,
});
const instance = { InstanceIds: ["${aws_instance.it.id}"] };
const nights = [
  schedule("ec2:stopInstances", "cron(0 20 ? * MON-FRI *)", instance),
  schedule("ec2:startInstances", "cron(0 8 ? * MON-FRI *)", instance),
] as const;

describe("runningHours", () => {
  test("is the whole month without a schedule", () => {
    expect(hours("aws_instance", {})).toEqual({ hours: 730 });
  });

  test("is the share of the week between start and stop", () => {
    const result = hours("aws_instance", {}, { stop: nights[0], start: nights[1] });
    expect(result?.hours).toBeCloseTo((730 * 60) / 168, 10);
    expect(result?.note).toMatch(/^runs 36 % of the time/);
  });

  test("knows a database by its identifier", () => {
    const input = { DbInstanceIdentifier: "acme-db" };
    const schedules = {
      stop: schedule("rds:stopDBInstance", "cron(0 12 ? * * *)", input),
      start: schedule("rds:startDBInstance", "cron(0 6 ? * * *)", input),
    };
    expect(hours("aws_db_instance", { identifier: "acme-db" }, schedules)?.hours).toBeCloseTo(730 / 4, 10);
    expect(hours("aws_db_instance", { identifier: "acme-db-2" }, schedules)).toEqual({ hours: 730 });
  });

  test.each([
    ["a tag says so", { tags: { Schedule: "on-demand" } }, {}],
    ["it is stopped and never started", {}, { stop: nights[0] }],
  ])("is a stated number of hours if %s", (_name, config, schedules) => {
    expect(hours("aws_instance", config, schedules)).toEqual({
      hours: 10,
      note: "stopped until it is needed, assumed to run 10 h a month",
    });
  });

  test("is the whole month, and says so, where there is no weekly pattern", () => {
    const schedules = { stop: nights[0], start: { ...nights[1], schedule_expression: "rate(1 day)" } };
    expect(hours("aws_instance", {}, schedules)).toEqual({
      hours: 730,
      note: "its schedule has no weekly pattern (cron(0 20 ? * MON-FRI *), rate(1 day)); counted as always running",
    });
  });

  test("ignores a schedule that is switched off, or does something else", () => {
    const schedules = {
      off: { ...nights[0], state: "DISABLED" },
      other: schedule("ec2:rebootInstances", "cron(0 20 ? * * *)", instance),
    };
    expect(hours("aws_instance", {}, schedules)).toEqual({ hours: 730 });
  });
});
