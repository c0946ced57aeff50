import type { FargateServiceProps } from "../../../modules/compute/fargate-service";
import { resources } from "../../support/synth";
import { service, web, worker } from "./example-service";

const services = (props: Partial<FargateServiceProps> = {}, base = web) =>
  resources(service(props, base), "aws_ecs_service");

describe("RollingService", () => {
  test("replaces tasks without loss, rolls back by itself, and spreads over zones", () => {
    expect(services()).toEqual([
      expect.objectContaining({
        name: "acme-test-api",
        cluster: "acme-test",
        desired_count: 2,
        deployment_minimum_healthy_percent: 100,
        deployment_maximum_percent: 200,
        deployment_circuit_breaker: { enable: true, rollback: true },
        availability_zone_rebalancing: "ENABLED",
        capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 100 }],
        health_check_grace_period_seconds: 60,
        enable_execute_command: false,
        enable_ecs_managed_tags: true,
        propagate_tags: "SERVICE",
        wait_for_steady_state: false,
      }),
    ]);
  });

  test("runs in the given subnets, without public addresses, in its own security group", () => {
    expect(services()).toEqual([
      expect.objectContaining({
        network_configuration: {
          subnets: ["subnet-a", "subnet-b"],
          security_groups: [expect.stringMatching(/^\$\{aws_security_group\.api_network_group_\w+\.id\}$/)],
          assign_public_ip: false,
        },
      }),
    ]);
  });

  test("has public addresses only when told to", () => {
    expect(services({ assignPublicIp: true })).toEqual([
      expect.objectContaining({ network_configuration: expect.objectContaining({ assign_public_ip: true }) }),
    ]);
  });

  test("leaves revision and number of tasks to the pipeline and the scaling", () => {
    expect(services()).toEqual([
      expect.objectContaining({
        task_definition: expect.stringMatching(/^\$\{aws_ecs_task_definition\.api_task_definition_\w+\.arn\}$/),
        lifecycle: { ignore_changes: ["desired_count", "task_definition"] },
      }),
    ]);
  });

  test("follows the revision of this stack with releases by terraform", () => {
    expect(services({ releases: "terraform" })).toEqual([
      expect.objectContaining({
        task_definition: expect.stringMatching(/^\$\{aws_ecs_task_definition\.api_task_definition_\w+\.arn\}$/),
        lifecycle: { ignore_changes: ["desired_count"] },
      }),
    ]);
  });

  test("sends requests to the main container, once the listener leads to its target group", () => {
    expect(services()).toEqual([
      expect.objectContaining({
        load_balancer: [
          {
            container_name: "api",
            container_port: 3000,
            target_group_arn: expect.stringMatching(/^\$\{aws_lb_target_group\..*\.arn\}$/),
          },
        ],
        depends_on: expect.arrayContaining([expect.stringMatching(/^aws_lb_listener_rule\.api_routing_rule_/)]),
      }),
    ]);
  });

  test("waits for the policies of its roles", () => {
    const statement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] };
    const [one] = services({ taskStatements: [statement] }, worker);
    expect(one?.["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.api_roles_execution-policy_/),
      expect.stringMatching(/^aws_iam_role_policy\.api_roles_task-policy_/),
    ]);
  });

  test("has neither load balancer nor grace period as a worker", () => {
    const [one] = services({}, worker);
    expect(one).not.toHaveProperty("load_balancer");
    expect(one).not.toHaveProperty("health_check_grace_period_seconds");
  });

  test("is updated in place when its Spot share changes", () => {
    expect(services({ spotShare: 70, minTasks: 0, exec: true, healthCheck: { gracePeriodSeconds: 0 } })).toEqual([
      expect.objectContaining({
        force_new_deployment: true,
        desired_count: 0,
        enable_execute_command: true,
        health_check_grace_period_seconds: 0,
        capacity_provider_strategy: [
          { capacity_provider: "FARGATE", weight: 30, base: 1 },
          { capacity_provider: "FARGATE_SPOT", weight: 70 },
        ],
      }),
    ]);
  });
});
