import { StaticAddress } from "../../../modules/network/static-address";
import { context, resourcesOf } from "../../support/synth";

const addresses = (destroyable: boolean) =>
  resourcesOf(
    "aws_eip",
    (scope) => new StaticAddress(scope, "api", { context: context({ destroyable }), name: "api" }),
  );

describe(StaticAddress, () => {
  test("is an address of the VPC that no plan releases", () => {
    expect(addresses(false)).toEqual([
      expect.objectContaining({
        domain: "vpc",
        tags: { Name: "acme-test-api" },
        lifecycle: { prevent_destroy: true },
      }),
    ]);
  });

  test("goes with a destroyable environment", () => {
    for (const address of addresses(true)) expect(address).not.toHaveProperty("lifecycle");
  });
});
