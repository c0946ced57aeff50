import { blueGreenNames } from "../../../modules/compute/blue-green-names";
import { serviceNames } from "../../../modules/compute/service-names";
import { Pipeline, type PipelineProps } from "../../../modules/delivery/pipeline";
import type { PipelineTarget } from "../../../modules/delivery/pipeline-target";
import { context, synth, type Synthesized } from "../../support/synth";

function target(name: string, port: number): PipelineTarget {
  const names = serviceNames(context(), name);
  const { codeDeployApplication, deploymentGroup } = blueGreenNames(context(), name);
  return {
    repository: name,
    containerName: names.container,
    port,
    family: names.family,
    clusterName: names.cluster,
    serviceName: names.service,
    roleNames: [names.executionRole, names.taskRole],
    codeDeploy: { applicationName: codeDeployApplication, deploymentGroupName: deploymentGroup },
  };
}

/** The names of two services, as a stack gives them. */
export const releaseTargets = { api: target("api", 3000), "web-app": target("web-app", 8080) };

export const connectionArn = "arn:aws:codeconnections:eu-west-3:123456789012:connection/1";

/** A pipeline of both in the smallest form. */
export const release: PipelineProps = {
  context: context(),
  name: "release",
  registry: { accountId: "111122223333", region: "eu-west-1" },
  connectionArn,
  source: { owner: "acme", repository: "shop" },
  services: { api: { context: "backend" }, "web-app": { context: "frontend" } },
  targets: releaseTargets,
};

/** A synthesized pipeline; what is given takes the place of what the example has. */
export function pipeline(props: Partial<PipelineProps> = {}): Synthesized {
  return synth((scope) => new Pipeline(scope, "release", { ...release, ...props }));
}
