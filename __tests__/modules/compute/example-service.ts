import type { Construct } from "constructs";
import { FargateService, type FargateServiceProps } from "../../../modules/compute/fargate-service";
import { context, synth, type Synthesized } from "../../support/synth";

/** A worker in the smallest form: what has no default, and nothing else. */
export const worker: FargateServiceProps = {
  context: context(),
  name: "api",
  image: { repository: "api", tag: "1.0.0" },
  clusterName: "acme-test",
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  registry: { accountId: "111122223333", region: "eu-west-1" },
};

/** The same behind a load balancer. */
export const web: FargateServiceProps = {
  ...worker,
  port: 3000,
  routing: { hosts: ["api.acme.dev"], paths: ["/api/*"], priority: 10 },
  loadBalancer: { listenerArn: "arn:listener", securityGroupId: "sg-lb", arnSuffix: "app/acme/1" },
};

/** A synthesized service; what is given takes the place of what the example has. */
export function service(props: Partial<FargateServiceProps> = {}, base: FargateServiceProps = web): Synthesized {
  return synth((scope: Construct) => new FargateService(scope, "api", { ...base, ...props }));
}
