import {
  deliveryBoundaryArn,
  deliveryBoundaryName,
  deliveryRoleArn,
  permissionsBoundaryArn,
  permissionsBoundaryName,
  ROLE_NAMES,
} from "../../../modules/delivery/delivery-names";
import { context } from "../../support/synth";

const prod = context({ environment: "prod" });

describe("names of delivery", () => {
  test("are what the constructs call their policies", () => {
    expect(permissionsBoundaryName(prod)).toBe("acme-prod-boundary");
    expect(deliveryBoundaryName(prod)).toBe("acme-prod-delivery-boundary");
    expect(permissionsBoundaryArn(prod)).toBe("arn:aws:iam::123456789012:policy/delivery/acme-prod-boundary");
    expect(deliveryBoundaryArn(prod)).toBe("arn:aws:iam::123456789012:policy/delivery/acme-prod-delivery-boundary");
  });

  test.each([
    [ROLE_NAMES.plan, "arn:aws:iam::123456789012:role/delivery/acme-prod-plan"],
    [ROLE_NAMES.deploy, "arn:aws:iam::123456789012:role/delivery/acme-prod-deploy"],
    [ROLE_NAMES.imagePush("api"), "arn:aws:iam::123456789012:role/delivery/acme-prod-push-api"],
    [ROLE_NAMES.serviceDeploy("api"), "arn:aws:iam::123456789012:role/delivery/acme-prod-release-api"],
    [ROLE_NAMES.migrations("api"), "arn:aws:iam::123456789012:role/delivery/acme-prod-migrate-api"],
    [ROLE_NAMES.envFiles("api"), "arn:aws:iam::123456789012:role/delivery/acme-prod-env-files-api"],
  ])("tell the ARN of the role %s", (role, arn) => {
    expect(deliveryRoleArn(prod, role)).toBe(arn);
  });
});
