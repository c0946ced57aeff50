import { VpcPeering, type VpcPeeringProps } from "../../../modules/network/vpc-peering";
import { context, resources, synth } from "../../support/synth";

const own = {
  vpcId: "vpc-own",
  cidr: "10.0.0.0/16",
  routeTableIds: { isolated: "rtb-isolated", "private-a": "rtb-a" },
};
const other = { vpcId: "vpc-other", cidr: "10.255.255.0/24", routeTableIds: { public: "rtb-public" } };
const peering = (props: Partial<VpcPeeringProps> = {}) =>
  synth((scope) => new VpcPeering(scope, "peering", { context: context(), name: "migrations", own, other, ...props }));

describe(VpcPeering, () => {
  test("is accepted at once, and private names lead to private addresses on both sides", () => {
    expect(resources(peering(), "aws_vpc_peering_connection")).toEqual([
      expect.objectContaining({
        vpc_id: "vpc-own",
        peer_vpc_id: "vpc-other",
        auto_accept: true,
        requester: { allow_remote_vpc_dns_resolution: true },
        accepter: { allow_remote_vpc_dns_resolution: true },
        tags: { Name: "acme-test-migrations" },
      }),
    ]);
  });

  test("leads from the given route tables to the other side, and from no others", () => {
    expect(
      resources(peering(), "aws_route")
        .map((route) => [route["route_table_id"], route["destination_cidr_block"]])
        .sort(),
    ).toEqual([
      ["rtb-a", "10.255.255.0/24"],
      ["rtb-isolated", "10.255.255.0/24"],
      ["rtb-public", "10.0.0.0/16"],
    ]);
  });

  test.each<[string, string]>([
    [
      "10.0.255.0/24",
      'other.cidr must not overlap own.cidr (10.0.0.0/16), got "10.0.255.0/24"; no route could tell the two apart',
    ],
    ["ten", 'other.cidr must be an IPv4 range such as 10.0.0.0/16, got "ten"'],
  ])("fails on the range %s", (cidr, message) => {
    expect(() => peering({ other: { ...other, cidr } })).toThrow(`test/peering: ${message}`);
  });
});
