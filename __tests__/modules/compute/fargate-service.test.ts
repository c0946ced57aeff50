import { TerraformOutput } from "cdktf";
import { FargateService } from "../../../modules/compute/fargate-service";
import { serviceNames } from "../../../modules/compute/service-names";
import { context, resources, synth } from "../../support/synth";
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
