import type { Construct } from "constructs";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "../envs/tiers";
import { blueGreenNames } from "../modules/compute/blue-green-names";
import { serviceNames } from "../modules/compute/service-names";
import type { Context } from "../modules/context";
import { Pipeline } from "../modules/delivery/pipeline";
import type { PipelineSettings } from "../modules/delivery/pipeline-settings";
import type { PipelineTarget } from "../modules/delivery/pipeline-target";
import { SourceConnection } from "../modules/delivery/source-connection";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the pipeline stack is given. */
export interface PipelineStackProps extends BaseStackProps {
  /** The environment it is part of; it must have a `pipeline`. */
  readonly environment: ResolvedEnvironment & { readonly pipeline: PipelineSettings };
}

/**
 * The pipeline that builds the application's images and releases its services. It knows the services by name, so it can stand before them; its first run
 * needs them.
 */
export class PipelineStack extends BaseStack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { pipeline, services, shared } = props.environment;
    const { connectionArn } = new SourceConnection(this, "source", { context });
    new Pipeline(this, "pipeline", {
      ...pipeline,
      context,
      name: "release",
      connectionArn,
      registry: { accountId: shared.accountId, region: shared.region },
      targets: targetsOf(context, services),
    });
  }
}

/** The services with a blue/green deployment and an image of our own, by name. */
export function targetsOf(
  context: Pick<Context, "names">,
  services: ResolvedEnvironment["services"],
): Record<string, PipelineTarget> {
  return Object.fromEntries(
    Object.entries(ofKind(services, "fargate")).flatMap(([name, { image, port, deployment }]) => {
      if (deployment?.kind !== "blue-green" || !("repository" in image) || port === undefined) return [];
      const names = serviceNames(context, name);
      const { codeDeployApplication, deploymentGroup } = blueGreenNames(context, name);
      const target: PipelineTarget = {
        clusterName: names.cluster,
        serviceName: names.service,
        family: names.family,
        roleNames: [names.executionRole, names.taskRole],
        repository: image.repository,
        containerName: names.container,
        port,
        codeDeploy: { applicationName: codeDeployApplication, deploymentGroupName: deploymentGroup },
      };
      return [[name, target] as const];
    }),
  );
}
