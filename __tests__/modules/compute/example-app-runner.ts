import { AppRunnerService, type AppRunnerServiceProps } from "../../../modules/compute/app-runner-service";
import { context, synth, type Synthesized } from "../../support/synth";

/** A service on App Runner in the smallest form: what has no default, and nothing else. */
export const smallest: AppRunnerServiceProps = {
  context: context(),
  name: "api",
  image: { repository: "api", tag: "1.0.0" },
  port: 4000,
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  registry: { accountId: "111122223333", region: "eu-west-1" },
};

/** A synthesized service; what is given takes the place of what the example has. */
export function appRunner(props: Partial<AppRunnerServiceProps> = {}): Synthesized {
  return synth((scope) => new AppRunnerService(scope, "api", { ...smallest, ...props }));
}
