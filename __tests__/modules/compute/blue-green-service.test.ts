import { resources } from "../../support/synth";
import { blueGreen } from "./example-blue-green";

const services = (props: Parameters<typeof blueGreen>[0] = {}) => resources(blueGreen(props), "aws_ecs_service");

describe("BlueGreenService", () => {
  test("leaves its releases to CodeDeploy", () => {
    expect(services()).toEqual([
      expect.objectContaining({
        name: "acme-test-api",
        cluster: "acme-test",
        desired_count: 2,
        deployment_controller: { type: "CODE_DEPLOY" },
        launch_type: "FARGATE",
        health_check_grace_period_seconds: 60,
        enable_execute_command: false,
        enable_ecs_managed_tags: true,
        propagate_tags: "SERVICE",
        wait_for_steady_state: false,
        force_delete: true,
        network_configuration: {
          subnets: ["subnet-a", "subnet-b"],
          security_groups: [expect.stringMatching(/^\$\{aws_security_group\.api_network_group_\w+\.id\}$/)],
          assign_public_ip: false,
        },
        lifecycle: { ignore_changes: ["desired_count", "load_balancer", "task_definition"] },
      }),
    ]);
  });

  test("has nothing that ECS refuses beside CodeDeploy", () => {
    const [one] = services();
    for (const refused of [
      "availability_zone_rebalancing",
      "capacity_provider_strategy",
      "deployment_circuit_breaker",
      "deployment_maximum_percent",
      "deployment_minimum_healthy_percent",
      "force_new_deployment",
    ]) {
      expect(one).not.toHaveProperty(refused);
    }
  });

  test("begins with blue, once both listeners lead to its target groups and its roles have their policies", () => {
    const statement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] };
    expect(services({ taskStatements: [statement] })).toEqual([
      expect.objectContaining({
        load_balancer: [
          {
            container_name: "api",
            container_port: 3000,
            target_group_arn: expect.stringMatching(/_routing_blue_\w+\.arn\}$/),
          },
        ],
        depends_on: [
          expect.stringMatching(/^aws_iam_role_policy\.api_roles_execution-policy_/),
          expect.stringMatching(/^aws_iam_role_policy\.api_roles_task-policy_/),
          expect.stringMatching(/^aws_lb_listener_rule\.api_blue-green_routing_rule_/),
          expect.stringMatching(/^aws_lb_listener_rule\.api_blue-green_routing_test-rule_/),
        ],
      }),
    ]);
  });

  test("takes every choice", () => {
    const chosen = { minTasks: 0, exec: true, assignPublicIp: true, healthCheck: { gracePeriodSeconds: 0 } };
    expect(services(chosen)).toEqual([
      expect.objectContaining({
        desired_count: 0,
        enable_execute_command: true,
        health_check_grace_period_seconds: 0,
        network_configuration: expect.objectContaining({ assign_public_ip: true }),
      }),
    ]);
  });
});
