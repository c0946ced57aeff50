import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Nat } from "../../../modules/network/nat";
import type { NatProps } from "../../../modules/network/nat";
import { context, resources, synth } from "../../support/synth";

const zones = ["a", "b"].map((letter, index) => ({
  letter,
  publicSubnetId: `subnet-public-${letter}`,
  privateCidr: `10.0.${32 * index}.0/19`,
  privateRouteTableId: `rtb-${letter}`,
}));
const synthOf = (layout: NatProps["layout"]) =>
  synth((scope) => {
    new Nat(scope, "nat", {
      context: context(),
      layout,
      instanceType: "t4g.nano",
      vpcId: "vpc-1",
      vpcCidr: "10.0.0.0/16",
      zones,
      internetRoute: new InternetGateway(scope, "internet"),
    });
  });
const routesOf = (layout: NatProps["layout"]) =>
  Object.values(synthOf(layout).resource?.["aws_route"] ?? {}).map(({ "//": _, ...route }) => route);

describe("Nat", () => {
  test("gives each zone a gateway and an address of its own", () => {
    const gateways = resources(synthOf("per-zone"), "aws_nat_gateway");
    expect(gateways.map(({ subnet_id, tags }) => [subnet_id, tags])).toEqual([
      ["subnet-public-a", { Name: "acme-test-nat-a" }],
      ["subnet-public-b", { Name: "acme-test-nat-b" }],
    ]);
    expect(new Set(gateways.map((gateway) => gateway["allocation_id"])).size).toBe(2);
    expect(routesOf("per-zone")).toEqual([
      expect.objectContaining({ route_table_id: "rtb-a", nat_gateway_id: expect.stringContaining("gateway-a") }),
      expect.objectContaining({ route_table_id: "rtb-b", nat_gateway_id: expect.stringContaining("gateway-b") }),
    ]);
  });

  test("shares the first zone's gateway", () => {
    expect(resources(synthOf("single"), "aws_nat_gateway")).toEqual([
      expect.objectContaining({ subnet_id: "subnet-public-a" }),
    ]);
    expect(resources(synthOf("single"), "aws_eip")).toHaveLength(1);
    for (const route of routesOf("single")) {
      expect(route).toMatchObject({ nat_gateway_id: expect.stringContaining("gateway-a") });
    }
  });

  test("shares one instance, and no gateway is billed", () => {
    const synthesized = synthOf("instance");
    expect(resources(synthesized, "aws_nat_gateway")).toEqual([]);
    expect(resources(synthesized, "aws_instance")).toHaveLength(1);
    for (const route of routesOf("instance")) {
      expect(route).toMatchObject({ network_interface_id: expect.stringContaining("aws_network_interface") });
      expect(route).not.toHaveProperty("nat_gateway_id");
    }
  });

  test.each<[NatProps["layout"]]>([["per-zone"], ["single"], ["instance"]])(
    "sends all other traffic of each zone out, with the layout %s",
    (layout) => {
      expect(routesOf(layout).map((route) => [route["route_table_id"], route["destination_cidr_block"]])).toEqual([
        ["rtb-a", "0.0.0.0/0"],
        ["rtb-b", "0.0.0.0/0"],
      ]);
    },
  );

  test.each<[NatProps["layout"], string]>([
    ["per-zone", "aws_nat_gateway"],
    ["single", "aws_nat_gateway"],
    ["instance", "aws_instance"],
  ])("waits for the way to the internet, with the layout %s", (layout, type) => {
    const made = [...resources(synthOf(layout), type), ...resources(synthOf(layout), "aws_eip")];
    for (const resource of made) {
      expect(resource["depends_on"]).toEqual(expect.arrayContaining(["aws_internet_gateway.internet"]));
    }
  });
});
