import { TerraformOutput } from "cdktf";
import { Cluster } from "../../../modules/compute/cluster";
import type { ClusterSettings } from "../../../modules/compute/cluster-settings";
import type { Context } from "../../../modules/context";
import { context, resources, synth } from "../../support/synth";

const cluster = (settings: ClusterSettings = {}, overrides: Partial<Context> = {}) =>
  synth((scope) => new Cluster(scope, "cluster", { context: context(overrides), ...settings }));

describe("Cluster", () => {
  test("is named for its environment and measured down to the service", () => {
    expect(resources(cluster(), "aws_ecs_cluster")).toEqual([
      expect.objectContaining({ name: "acme-test", setting: [{ name: "containerInsights", value: "enabled" }] }),
    ]);
  });

  test("has Fargate and Fargate Spot as its only capacity", () => {
    expect(resources(cluster(), "aws_ecs_cluster_capacity_providers")).toEqual([
      expect.objectContaining({
        capacity_providers: ["FARGATE", "FARGATE_SPOT"],
        cluster_name: expect.stringMatching(/^\$\{aws_ecs_cluster\..*\.name\}$/),
        default_capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
      }),
    ]);
  });

  test("records no sessions and has no log group while there can be none", () => {
    const synthesized = cluster();
    expect(resources(synthesized, "aws_cloudwatch_log_group")).toEqual([]);
    for (const one of resources(synthesized, "aws_ecs_cluster")) expect(one).not.toHaveProperty("configuration");
  });

  test("records every session with exec", () => {
    const synthesized = cluster({ exec: true });
    expect(resources(synthesized, "aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ name: "/ecs/acme-test/exec", retention_in_days: 365, skip_destroy: true }),
    ]);
    expect(resources(synthesized, "aws_ecs_cluster")).toEqual([
      expect.objectContaining({
        configuration: {
          execute_command_configuration: {
            logging: "OVERRIDE",
            log_configuration: {
              cloud_watch_log_group_name: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.name\}$/),
            },
          },
        },
      }),
    ]);
  });

  test("keeps sessions as long as chosen, and drops them where all may be destroyed", () => {
    const synthesized = cluster({ exec: true, execLogRetentionDays: 14 }, { destroyable: true });
    expect(resources(synthesized, "aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ retention_in_days: 14, skip_destroy: false }),
    ]);
  });

  test.each(["enhanced", "enabled", "disabled"] as const)("is measured %s when chosen", (containerInsights) => {
    expect(resources(cluster({ containerInsights }), "aws_ecs_cluster")).toEqual([
      expect.objectContaining({ setting: [{ name: "containerInsights", value: containerInsights }] }),
    ]);
  });

  test("falls back to the documented defaults for an explicit undefined", () => {
    expect(cluster({ containerInsights: undefined, exec: undefined })).toEqual(cluster());
  });

  test("is known only once its capacity is there", () => {
    const { output } = synth((scope) => {
      const { clusterName, clusterArn, execLogGroupName } = new Cluster(scope, "cluster", { context: context() });
      new TerraformOutput(scope, "name", { value: clusterName });
      new TerraformOutput(scope, "arn", { value: clusterArn });
      expect(execLogGroupName).toBeUndefined();
    });
    expect(output).toEqual({
      name: { value: expect.stringMatching(/^\$\{aws_ecs_cluster_capacity_providers\..*\.cluster_name\}$/) },
      arn: { value: expect.stringMatching(/^\$\{aws_ecs_cluster\..*\.arn\}$/) },
    });
  });

  test("fails on all problems at once", () => {
    const settings = JSON.parse('{ "containerInsights": "on", "execLogRetentionDays": 2 }') as ClusterSettings;
    expect(() => cluster(settings)).toThrow(
      'test/cluster: containerInsights must be one of enhanced, enabled, disabled, got "on"; execLogRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 2',
    );
  });
});
