import type { FargateServiceProps } from "../../../modules/compute/fargate-service";
import type { Synthesized } from "../../support/synth";
import { service, web } from "./example-service";

/** A service that CodeDeploy releases, in the smallest form. */
export const blueGreenWeb: FargateServiceProps = {
  ...web,
  deployment: { kind: "blue-green" },
  loadBalancer: {
    listenerArn: "arn:listener",
    testListenerArn: "arn:test-listener",
    securityGroupId: "sg-lb",
    arnSuffix: "app/acme/1",
  },
};

/** It synthesized; what is given takes the place of what the example has. */
export function blueGreen(props: Partial<FargateServiceProps> = {}): Synthesized {
  return service(props, blueGreenWeb);
}
