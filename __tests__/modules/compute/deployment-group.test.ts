import type { BlueGreenDeployment } from "../../../modules/compute/deployment-settings";
import { PermissionsBoundary } from "../../../modules/delivery/permissions-boundary";
import { allowsWithin, listOf, type PolicyStatement, statementsOf } from "../../support/iam";
import { context, policyOf, resources, synth } from "../../support/synth";
import { blueGreen } from "./example-blue-green";

const of = (deployment: Partial<BlueGreenDeployment> = {}) =>
  blueGreen({ deployment: { kind: "blue-green", ...deployment } });
const groups = (deployment: Partial<BlueGreenDeployment> = {}) =>
  resources(of(deployment), "aws_codedeploy_deployment_group");
const roleOf = (name: string) =>
  resources(blueGreen({ context: context({ permissionsBoundaryArn: "arn:boundary" }) }), "aws_iam_role").find(
    (role) => role["name"] === name,
  ) ?? {};

describe("DeploymentGroup", () => {
  test("shifts a tenth for five minutes, goes back by itself, and keeps the old tasks five minutes more", () => {
    expect(resources(of(), "aws_codedeploy_app")).toEqual([
      expect.objectContaining({ name: "acme-test-api", compute_platform: "ECS" }),
    ]);
    expect(groups()).toEqual([
      expect.objectContaining({
        app_name: expect.stringMatching(/^\$\{aws_codedeploy_app\..*\.name\}$/),
        deployment_group_name: "acme-test-api",
        service_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.api_blue-green_deployment_role_.*\.arn\}$/),
        deployment_config_name: "CodeDeployDefault.ECSCanary10Percent5Minutes",
        deployment_style: { deployment_type: "BLUE_GREEN", deployment_option: "WITH_TRAFFIC_CONTROL" },
        ecs_service: {
          cluster_name: "acme-test",
          service_name: expect.stringMatching(/^\$\{aws_ecs_service\..*\.name\}$/),
        },
        blue_green_deployment_config: {
          deployment_ready_option: { action_on_timeout: "CONTINUE_DEPLOYMENT" },
          terminate_blue_instances_on_deployment_success: {
            action: "TERMINATE",
            termination_wait_time_in_minutes: 5,
          },
        },
        load_balancer_info: {
          target_group_pair_info: {
            prod_traffic_route: { listener_arns: ["arn:listener"] },
            test_traffic_route: { listener_arns: ["arn:test-listener"] },
            target_group: [{ name: "acme-test-api-blue" }, { name: "acme-test-api-green" }],
          },
        },
        alarm_configuration: {
          enabled: true,
          alarms: [1, 2].map((): unknown => expect.stringMatching(/alarm_name/)),
        },
        auto_rollback_configuration: {
          enabled: true,
          events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
        },
        depends_on: [expect.stringMatching(/^aws_iam_role_policy\.api_blue-green_deployment_policy_/)],
      }),
    ]);
  });

  test("takes every choice", () => {
    expect(groups({ trafficShift: "AllAtOnce", waitMinutes: 0, readyWaitMinutes: 30 })).toEqual([
      expect.objectContaining({
        deployment_config_name: "CodeDeployDefault.ECSAllAtOnce",
        blue_green_deployment_config: {
          deployment_ready_option: { action_on_timeout: "STOP_DEPLOYMENT", wait_time_in_minutes: 30 },
          terminate_blue_instances_on_deployment_success: {
            action: "TERMINATE",
            termination_wait_time_in_minutes: 0,
          },
        },
      }),
    ]);
  });

  test("watches errors and unwell tasks of both colors together", () => {
    const watched = (metric_name: string, stat: string): unknown[] => [
      expect.objectContaining({ id: "both", expression: "FILL(blue, 0) + FILL(green, 0)", return_data: true }),
      ...["blue", "green"].map((id) => ({
        id,
        return_data: false,
        metric: {
          namespace: "AWS/ApplicationELB",
          metric_name,
          stat,
          period: 60,
          dimensions: {
            LoadBalancer: "app/acme/1",
            TargetGroup: expect.stringMatching(new RegExp(`_routing_${id}_\\w+\\.arn_suffix}$`)),
          },
        },
      })),
    ];
    const both = { comparison_operator: "GreaterThanOrEqualToThreshold", treat_missing_data: "notBreaching" };
    expect(resources(of(), "aws_cloudwatch_metric_alarm")).toEqual([
      expect.objectContaining({
        ...both,
        alarm_name: "acme-test-api-release-errors",
        threshold: 10,
        evaluation_periods: 1,
        metric_query: watched("HTTPCode_Target_5XX_Count", "Sum"),
      }),
      expect.objectContaining({
        ...both,
        alarm_name: "acme-test-api-release-unhealthy",
        threshold: 1,
        evaluation_periods: 3,
        metric_query: watched("UnHealthyHostCount", "Maximum"),
      }),
    ]);
  });

  test("takes thresholds, and waits for the grace period of a task", () => {
    const synthesized = blueGreen({
      deployment: { kind: "blue-green", alarms: { errorsPerMinute: 100, unhealthyTasks: 2 } },
      healthCheck: { gracePeriodSeconds: 301 },
    });
    expect(resources(synthesized, "aws_cloudwatch_metric_alarm")).toEqual([
      expect.objectContaining({ threshold: 100, evaluation_periods: 1 }),
      expect.objectContaining({ threshold: 2, evaluation_periods: 8 }),
    ]);
  });

  test("has a role that only CodeDeploy takes, for this account, within the boundary", () => {
    const role = roleOf("acme-test-api-codedeploy");
    expect(role).toMatchObject({ permissions_boundary: "arn:boundary" });
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "codedeploy.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
  });

  const statements = resources(blueGreen(), "aws_iam_role_policy")
    .filter(({ name }) => name === "release")
    .flatMap((policy) => policyOf(policy).Statement);
  const ecs = (resource: string) => `arn:aws:ecs:eu-west-3:123456789012:${resource}`;

  test("lets it change this service and its two rules, and hand over its two roles", () => {
    expect(statements).toEqual([
      {
        Effect: "Allow",
        Action: ["ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
        Resource: [ecs("service/acme-test/acme-test-api")],
      },
      {
        Effect: "Allow",
        Action: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet"],
        Resource: [ecs("task-set/acme-test/acme-test-api/*")],
      },
      {
        Effect: "Allow",
        Action: [
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups",
        ],
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: ["elasticloadbalancing:ModifyListener"],
        Resource: ["arn:listener", "arn:test-listener"],
      },
      {
        Effect: "Allow",
        Action: ["elasticloadbalancing:ModifyRule"],
        Resource: [expect.stringMatching(/routing_rule_\w+\.arn\}$/), expect.stringMatching(/test-rule_\w+\.arn\}$/)],
      },
      {
        Effect: "Allow",
        Action: ["cloudwatch:DescribeAlarms"],
        Resource: ["arn:aws:cloudwatch:eu-west-3:123456789012:alarm:*"],
      },
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: ["task", "execution"].map((role) => `arn:aws:iam::123456789012:role/acme-test-api-${role}`),
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    ]);
  });

  test("finds all of it inside the boundary of an environment with pipelines", () => {
    const boundary = statementsOf(
      synth((scope) => new PermissionsBoundary(scope, "boundary", { context: context(), areas: ["pipelines"] })),
    );
    const asked = { "aws:RequestedRegion": "eu-west-3", "iam:PassedToService": "ecs-tasks.amazonaws.com" };
    const held = (statements as PolicyStatement[]).flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) =>
        listOf(Resource)
          .filter((resource) => !allowsWithin(boundary, statements, { action, resource, context: asked }))
          .map((resource) => `${action} on ${resource}`),
      ),
    );
    expect(held).toEqual([]);
  });
});
