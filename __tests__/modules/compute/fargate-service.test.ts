import { TerraformOutput } from "cdktf";
import { blueGreenNames } from "../../../modules/compute/blue-green-names";
import { FargateService } from "../../../modules/compute/fargate-service";
import { serviceNames } from "../../../modules/compute/service-names";
import { context, resources, synth } from "../../support/synth";
import { blueGreen, blueGreenWeb } from "./example-blue-green";
import { service, web, worker } from "./example-service";

describe("FargateService", () => {
  test("keeps its logs a year, and after its own end", () => {
    expect(resources(service(), "aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ name: "/ecs/acme-test-api", retention_in_days: 365, skip_destroy: true }),
    ]);
  });

  test("keeps them as long as chosen, and drops them where all may be destroyed", () => {
    const synthesized = service({ logRetentionDays: 14, context: context({ destroyable: true }) });
    expect(resources(synthesized, "aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ retention_in_days: 14, skip_destroy: false }),
    ]);
  });

  test("is the same for an explicit undefined", () => {
    const nothing = {
      cpuUnits: undefined,
      user: undefined,
      healthCheck: undefined,
      scaling: undefined,
      exec: undefined,
    };
    const connections = { assignPublicIp: undefined, secretSources: undefined, connections: undefined };
    expect(service({ ...nothing, ...connections })).toEqual(service());
  });

  test("has a load balancer's resources only with routing", () => {
    const types = Object.keys(service({}, worker).resource ?? {});
    expect(Object.keys(service().resource ?? {}).filter((type) => !types.includes(type))).toEqual([
      "aws_lb_listener_rule",
      "aws_lb_target_group",
      "aws_vpc_security_group_ingress_rule",
    ]);
  });

  test("is not reached without routing, even with a load balancer and a port", () => {
    const synthesized = service({ loadBalancer: web.loadBalancer, port: 3000 }, worker);
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([]);
    expect(resources(synthesized, "aws_lb_target_group")).toEqual([]);
  });

  test("has the names another stack can work out", () => {
    const names = serviceNames(context(), "api");
    const named = (type: string) => resources(service(), type).map(({ name, family }) => name ?? family);
    expect(named("aws_ecs_service")).toEqual([names.service]);
    expect(named("aws_ecs_task_definition")).toEqual([names.family]);
    expect(named("aws_iam_role")).toEqual([names.executionRole, names.taskRole]);
    expect(named("aws_cloudwatch_log_group")).toEqual([names.logGroup]);
    expect(named("aws_security_group")).toEqual([names.securityGroup]);
    expect(named("aws_lb_target_group")).toEqual([names.targetGroup]);
  });

  test("offers what alarms and deploy roles need", () => {
    const { output } = synth((scope) => {
      const made = new FargateService(scope, "api", web);
      expect(made).toMatchObject({ clusterName: "acme-test", taskFamily: "acme-test-api", containerName: "api" });
      const { serviceName, securityGroupId, targetGroupArn, targetGroupArnSuffix } = made;
      const { logGroupName, taskRoleArn, executionRoleArn } = made;
      const tokens = { serviceName, securityGroupId, targetGroupArn, targetGroupArnSuffix, logGroupName };
      for (const [field, value] of Object.entries({ ...tokens, taskRoleArn, executionRoleArn })) {
        new TerraformOutput(scope, field, { value });
      }
    });
    const valued = (pattern: RegExp) => ({ value: expect.stringMatching(pattern) as string });
    expect(output).toEqual({
      serviceName: valued(/^\$\{aws_ecs_service\..*\.name\}$/),
      securityGroupId: valued(/^\$\{aws_security_group\..*\.id\}$/),
      targetGroupArn: valued(/^\$\{aws_lb_target_group\..*\.arn\}$/),
      targetGroupArnSuffix: valued(/^\$\{aws_lb_target_group\..*\.arn_suffix\}$/),
      logGroupName: valued(/^\$\{aws_cloudwatch_log_group\..*\.name\}$/),
      taskRoleArn: valued(/^\$\{aws_iam_role\.api_roles_task_.*\.arn\}$/),
      executionRoleArn: valued(/^\$\{aws_iam_role\.api_roles_execution_.*\.arn\}$/),
    });
  });

  test("has no target group to offer as a worker", () => {
    synth((scope) => {
      const made = new FargateService(scope, "api", worker);
      expect([made.targetGroupArn, made.targetGroupArnSuffix]).toEqual([undefined, undefined]);
    });
  });

  test("has the names another stack can work out when CodeDeploy releases it", () => {
    const names = blueGreenNames(context(), "api");
    const synthesized = blueGreen();
    const named = (type: string, attribute = "name") => resources(synthesized, type).map((one) => one[attribute]);
    expect(named("aws_lb_target_group")).toEqual([names.blueTargetGroup, names.greenTargetGroup]);
    expect(named("aws_codedeploy_app")).toEqual([names.codeDeployApplication]);
    expect(named("aws_codedeploy_deployment_group", "deployment_group_name")).toEqual([names.deploymentGroup]);
    expect(named("aws_cloudwatch_metric_alarm", "alarm_name")).toEqual([names.errorAlarm, names.unhealthyAlarm]);
    expect(named("aws_iam_role")).toContain(names.codeDeployRole);
    expect(named("aws_ecs_service")).toEqual([serviceNames(context(), "api").service]);
  });

  test("offers both target groups, and what CodeDeploy is called, when CodeDeploy releases it", () => {
    const { output } = synth((scope) => {
      const made = new FargateService(scope, "api", blueGreenWeb);
      expect([made.targetGroupArn, made.targetGroupArnSuffix]).toEqual([undefined, undefined]);
      const { targetGroupArnSuffixes, releaseAlarmNames, codeDeployApplicationName, deploymentGroupName } = made;
      const values = [codeDeployApplicationName, deploymentGroupName, ...targetGroupArnSuffixes, ...releaseAlarmNames];
      new TerraformOutput(scope, "values", { value: values });
    });
    expect(output?.["values"]).toEqual({
      value: [
        expect.stringMatching(/^\$\{aws_codedeploy_app\..*\.name\}$/),
        expect.stringMatching(/^\$\{aws_codedeploy_deployment_group\..*\.deployment_group_name\}$/),
        expect.stringMatching(/_blue_\w+\.arn_suffix\}$/),
        expect.stringMatching(/_green_\w+\.arn_suffix\}$/),
        expect.stringMatching(/_errors_\w+\.alarm_name\}$/),
        expect.stringMatching(/_unhealthy_\w+\.alarm_name\}$/),
      ],
    });
  });

  test("offers its one target group, and nothing of CodeDeploy, otherwise", () => {
    synth((scope) => {
      const made = new FargateService(scope, "api", web);
      expect(made.targetGroupArnSuffixes).toEqual([made.targetGroupArnSuffix]);
      expect([made.codeDeployApplicationName, made.deploymentGroupName]).toEqual([undefined, undefined]);
      expect(made.releaseAlarmNames).toEqual([]);
      expect(new FargateService(scope, "worker", { ...worker, name: "worker" }).targetGroupArnSuffixes).toEqual([]);
    });
  });

  test("is the same when rolling is said", () => {
    expect(service({ deployment: { kind: "rolling" } })).toEqual(service());
  });

  test("is scaled by CPU when CodeDeploy releases it, and never by requests", () => {
    expect(resources(blueGreen(), "aws_appautoscaling_policy").map(({ name }) => name)).toHaveLength(1);
    expect(() => blueGreen({ scaling: { requestsPerTarget: 100 } })).toThrow(
      "test/api: scaling.requestsPerTarget must be left out with a blue-green deployment, got 100; the requests change their target group",
    );
  });

  test("fails on a blue-green deployment without a test listener, or with too long a name for its target groups", () => {
    expect(() => blueGreen({ loadBalancer: web.loadBalancer })).toThrow(
      new Error("test/api: loadBalancer.testListenerArn must be given with a blue-green deployment, got none"),
    );
    expect(() => blueGreen({ name: "a".repeat(17) })).toThrow(
      /^test\/api: name of targetGroup must be at most 32 characters, got 33 in "acme-test-a{17}-green"/,
    );
  });

  test("fails on names, settings and connections at once, led by its path", () => {
    expect(() => service({ name: "Api", port: 0, subnetIds: [] })).toThrow(
      /^test\/api: name of ecsService must be .*; port must be a whole number from 1 to 65535, got 0; subnetIds must be at least one subnet, got \[\]$/,
    );
  });

  test("fails on a name too long for a target group", () => {
    expect(() => service({ name: "a".repeat(23) })).toThrow(
      'test/api: name of targetGroup must be at most 32 characters, got 33 in "acme-test-aaaaaaaaaaaaaaaaaaaaaaa"; shorten the project, the environment or the part after it',
    );
  });
});
