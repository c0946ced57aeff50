import { StopSchedule, type StopScheduleProps } from "../../../modules/compute/stop-schedule";
import { context, policyOf, resources, synth } from "../../support/synth";

const offHours = { stop: "0 20 ? * MON-FRI *", start: "0 7 ? * MON-FRI *", timezone: "Europe/Paris" };
const schedule = (props: Partial<StopScheduleProps> = {}) =>
  synth(
    (scope) =>
      new StopSchedule(scope, "off-hours", {
        context: context({ permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary" }),
        name: "api",
        offHours,
        instanceIds: ["i-1", "i-2"],
        ...props,
      }),
  );
const all = (type: string, props: Partial<StopScheduleProps> = {}) => resources(schedule(props), type);

describe(StopSchedule, () => {
  test("stops and starts instances at the times given, in their time zone", () => {
    const shared = {
      flexible_time_window: { mode: "OFF" },
      schedule_expression_timezone: "Europe/Paris",
    };
    expect(all("aws_scheduler_schedule")).toEqual([
      expect.objectContaining({
        ...shared,
        name: "acme-test-api-instances-start",
        schedule_expression: "cron(0 7 ? * MON-FRI *)",
        target: expect.objectContaining({
          arn: "arn:aws:scheduler:::aws-sdk:ec2:startInstances",
          input: '{"InstanceIds":["i-1","i-2"]}',
        }),
      }),
      expect.objectContaining({
        ...shared,
        name: "acme-test-api-instances-stop",
        schedule_expression: "cron(0 20 ? * MON-FRI *)",
        target: expect.objectContaining({
          arn: "arn:aws:scheduler:::aws-sdk:ec2:stopInstances",
          input: '{"InstanceIds":["i-1","i-2"]}',
        }),
      }),
    ]);
  });

  test("stops and starts each database by a call of its own", () => {
    const props = { instanceIds: [], databaseIdentifiers: ["acme-test-database", "acme-test-other"] };
    expect(
      Object.fromEntries(
        all("aws_scheduler_schedule", props).map(({ name, target }) => [name, (target as { input: string }).input]),
      ),
    ).toEqual({
      "acme-test-api-database-stop": '{"DbInstanceIdentifier":"acme-test-database"}',
      "acme-test-api-database-start": '{"DbInstanceIdentifier":"acme-test-database"}',
      "acme-test-api-database-2-stop": '{"DbInstanceIdentifier":"acme-test-other"}',
      "acme-test-api-database-2-start": '{"DbInstanceIdentifier":"acme-test-other"}',
    });
  });

  test("may start and stop exactly these", () => {
    const [policy = {}] = all("aws_iam_role_policy", { databaseIdentifiers: ["acme-test-database"] });
    expect(policyOf(policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["ec2:StopInstances", "ec2:StartInstances"],
        Resource: [1, 2].map((number) => `arn:aws:ec2:eu-west-3:123456789012:instance/i-${number}`),
      },
      {
        Effect: "Allow",
        Action: ["rds:StopDBInstance", "rds:StartDBInstance"],
        Resource: ["arn:aws:rds:eu-west-3:123456789012:db:acme-test-database"],
      },
    ]);
  });

  test("has a role that only the scheduler of this account assumes, within the boundary", () => {
    const [role = {}] = all("aws_iam_role");
    expect(role).toMatchObject({
      name: "acme-test-api-off-hours",
      permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
    });
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:scheduler:eu-west-3:123456789012:schedule-group/default" },
        },
      },
    ]);
  });

  test.each<[Partial<StopScheduleProps>, string]>([
    [{ instanceIds: [] }, "instanceIds or databaseIdentifiers must be given, got none"],
    [
      { offHours: { ...offHours, start: offHours.stop } },
      'offHours.start must be another time than stop, got "0 20 ? * MON-FRI *"',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => schedule(props)).toThrow(`test/off-hours: ${message}`);
  });
});
