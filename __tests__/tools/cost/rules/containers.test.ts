import { costs, lines } from "../../support/cost";
import { temporaryFolder } from "../../support/folder";

const folder = temporaryFolder();
const task = { family: "acme-api", cpu: "256", memory: "512" };
const service = {
  name: "acme-api",
  desired_count: 2,
  launch_type: "FARGATE",
  task_definition: "${aws_ecs_task_definition.t.arn}",
};
const target = {
  resource_id: "service/acme/acme-api",
  scalable_dimension: "ecs:service:DesiredCount",
  min_capacity: 1,
  max_capacity: 3,
};
const system = (overrides: object = {}, ofTask: object = {}, more: Parameters<typeof costs>[1] = {}) => ({
  aws_ecs_service: { s: { ...service, ...overrides } },
  aws_ecs_task_definition: { t: { ...task, ...ofTask } },
  ...more,
});
const spread = (spot: number, onDemand: number) => ({
  launch_type: undefined,
  capacity_provider_strategy: [
    { capacity_provider: "FARGATE_SPOT", weight: spot },
    { capacity_provider: "FARGATE", weight: onDemand },
  ],
});

describe("fargateService", () => {
  test("pays for CPU and memory of its tasks", () => {
    expect(costs(folder, system())).toEqual([
      "Fargate, CPU: 730 h × 2 tasks × 0.25 vCPU × $0.04048 = $14.78",
      "Fargate, memory: 730 h × 2 tasks × 0.5 GB × $0.004445 = $3.24",
    ]);
  });

  test("pays for the least it scales to, and shows the most", () => {
    const [cpu] = lines(folder, system({}, {}, { aws_appautoscaling_target: { a: target } }));
    expect(cpu?.usdPerMonth).toBeCloseTo(730 * 0.25 * 0.04048, 10);
    expect(cpu?.usdPerMonthAtMost).toBeCloseTo(730 * 0.25 * 0.04048 * 3, 10);
  });

  test("is cheaper on ARM, and marked on Spot", () => {
    expect(costs(folder, system({}, { runtime_platform: { cpu_architecture: "ARM64" } }))[0]).toBe(
      "Fargate on ARM, CPU: 730 h × 2 tasks × 0.25 vCPU × $0.03238 = $11.82",
    );
    expect(lines(folder, system(spread(1, 0)))[0]).toMatchObject({
      what: "Fargate Spot, CPU",
      item: "Fargate Spot x86",
      note: "the price of Spot floats",
    });
  });

  test("is split by weight", () => {
    expect(costs(folder, system(spread(1, 3))).map((line) => line.split(" × ").slice(0, 2).join(" × "))).toEqual([
      "Fargate Spot, CPU: 730 h × 0.5 tasks",
      "Fargate Spot, memory: 730 h × 0.5 tasks",
      "Fargate, CPU: 730 h × 1.5 tasks",
      "Fargate, memory: 730 h × 1.5 tasks",
    ]);
  });

  test("pays for the public address of each task", () => {
    expect(costs(folder, system({ network_configuration: { assign_public_ip: true } }))).toContain(
      "public IPv4 of each task: 730 h × 2 tasks × $0.005 = $7.30",
    );
  });

  test("pays for part of the month under a schedule", () => {
    const action = (schedule: string, capacity: number) => ({
      resource_id: target.resource_id,
      scalable_dimension: target.scalable_dimension,
      schedule,
      scalable_target_action: { min_capacity: capacity, max_capacity: capacity * 3 },
    });
    const [cpu] = lines(
      folder,
      system(
        {},
        {},
        {
          aws_appautoscaling_target: { a: target },
          aws_appautoscaling_scheduled_action: {
            stop: action("cron(0 20 ? * * *)", 0),
            start: action("cron(0 8 ? * * *)", 1),
          },
        },
      ),
    );
    expect(cpu?.usdPerMonth).toBeCloseTo((730 / 2) * 0.25 * 0.04048, 10);
    expect(cpu?.note).toBe("runs 50 % of the time (cron(0 20 ? * * *), cron(0 8 ? * * *))");
  });

  test("pays nothing itself on instances of its own", () => {
    expect(costs(folder, system({ launch_type: "EC2" }))).toEqual([]);
  });
});

describe("fargateTask", () => {
  test("depends on usage if no service keeps it running", () => {
    const found = lines(folder, { aws_ecs_task_definition: { migration: task } });
    expect(found.map(({ what, usdPerMonth }) => [what, usdPerMonth])).toEqual([
      ["CPU while the task runs", "depends on usage"],
      ["memory while the task runs", "depends on usage"],
    ]);
  });
});

describe("appRunnerService", () => {
  const scaling = { min_size: 2, max_size: 4 };
  test.each([
    [{ memory: "1024", cpu: "512" }, "730 h × 1 instance × 1 GB × $0.007 = $5.11"],
    [{ memory: "3 GB", cpu: "1 vCPU" }, "730 h × 1 instance × 3 GB × $0.007 = $15.33"],
    [undefined, "730 h × 1 instance × 2 GB × $0.007 = $10.22"],
  ])("pays for the memory it keeps ready, %j", (instance_configuration, sum) => {
    expect(costs(folder, { aws_apprunner_service: { a: { instance_configuration } } })).toEqual([
      `memory of the instances kept ready: ${sum}`,
    ]);
  });

  test("keeps as many ready as its scaling says", () => {
    const [line] = lines(folder, {
      aws_apprunner_service: {
        a: { auto_scaling_configuration_arn: "${aws_apprunner_auto_scaling_configuration_version.s.arn}" },
      },
      aws_apprunner_auto_scaling_configuration_version: { s: scaling },
    });
    expect(line?.usdPerMonth).toBeCloseTo(730 * 2 * 2 * 0.007, 10);
    expect(line?.usdPerMonthAtMost).toBeCloseTo(730 * 4 * 2 * 0.007, 10);
  });
});
