import type { FargateServiceProps } from "../../../modules/compute/fargate-service";
import { resources } from "../../support/synth";
import { service } from "./example-service";

const of = (type: string, props: Partial<FargateServiceProps> = {}) =>
  resources(service(props), `aws_appautoscaling_${type}`);
const scaled = {
  service_namespace: expect.stringMatching(/^\$\{aws_appautoscaling_target\..*\.service_namespace\}$/),
  scalable_dimension: expect.stringMatching(/^\$\{aws_appautoscaling_target\..*\.scalable_dimension\}$/),
  resource_id: expect.stringMatching(/^\$\{aws_appautoscaling_target\..*\.resource_id\}$/),
};

describe("ServiceScaling", () => {
  test("holds the service between 2 and 4 tasks", () => {
    const [target, ...others] = of("target");
    expect(others).toEqual([]);
    expect(target).toMatchObject({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: expect.stringMatching(/^service\/acme-test\/\$\{aws_ecs_service\.api_rolling_service_\w+\.name\}$/),
      min_capacity: 2,
      max_capacity: 4,
    });
    expect(target).not.toHaveProperty("lifecycle");
  });

  test("scales on 60 % CPU and nothing else", () => {
    expect(of("policy")).toEqual([
      expect.objectContaining({
        ...scaled,
        name: expect.stringMatching(/^\$\{aws_ecs_service\..*\.name\}-cpu$/),
        policy_type: "TargetTrackingScaling",
        target_tracking_scaling_policy_configuration: {
          target_value: 60,
          scale_out_cooldown: 60,
          scale_in_cooldown: 300,
          predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
        },
      }),
    ]);
    expect(of("scheduled_action")).toEqual([]);
  });

  test("scales on memory and requests too when chosen", () => {
    const scaling = {
      cpuPercent: 50,
      memoryPercent: 70,
      requestsPerTarget: 500,
      scaleOutCooldownSeconds: 0,
      scaleInCooldownSeconds: 600,
    };
    const configurations = of("policy", { scaling }).map((one) => one["target_tracking_scaling_policy_configuration"]);
    const cooldowns = { scale_out_cooldown: 0, scale_in_cooldown: 600 };
    expect(configurations).toEqual([
      {
        ...cooldowns,
        target_value: 50,
        predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
      },
      {
        ...cooldowns,
        target_value: 70,
        predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageMemoryUtilization" },
      },
      {
        ...cooldowns,
        target_value: 500,
        predefined_metric_specification: {
          predefined_metric_type: "ALBRequestCountPerTarget",
          resource_label: expect.stringMatching(/^app\/acme\/1\/\$\{aws_lb_target_group\..*\.arn_suffix\}$/),
        },
      },
    ]);
  });

  test("is there for a fixed number of tasks as well", () => {
    expect(of("target", { minTasks: 3, maxTasks: 3 })).toEqual([
      expect.objectContaining({ min_capacity: 3, max_capacity: 3 }),
    ]);
  });

  test("stops and starts the service at its off hours, and leaves the limits to them", () => {
    const offHours = { stop: "0 20 ? * MON-FRI *", start: "0 7 ? * MON-FRI *", timezone: "Europe/Paris" };
    const props = { offHours, minTasks: 1, maxTasks: 3 };
    const actions = of("scheduled_action", props);
    expect(actions).toEqual([
      expect.objectContaining({
        ...scaled,
        name: expect.stringMatching(/-start$/),
        schedule: "cron(0 7 ? * MON-FRI *)",
        timezone: "Europe/Paris",
        scalable_target_action: { min_capacity: "1", max_capacity: "3" },
      }),
      expect.objectContaining({
        ...scaled,
        name: expect.stringMatching(/-stop$/),
        schedule: "cron(0 20 ? * MON-FRI *)",
        timezone: "Europe/Paris",
        scalable_target_action: { min_capacity: "0", max_capacity: "0" },
      }),
    ]);
    expect(of("target", props)).toEqual([
      expect.objectContaining({ lifecycle: { ignore_changes: ["min_capacity", "max_capacity"] } }),
    ]);
  });
});
