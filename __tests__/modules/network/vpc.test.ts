import { Vpc } from "../../../modules/network/vpc";
import type { VpcProps } from "../../../modules/network/vpc";
import type { VpcSettings } from "../../../modules/network/vpc-settings";
import { context, resources, synth } from "../../support/synth";

const zoneNames = ["eu-west-3a", "eu-west-3b", "eu-west-3c"];
const settingsOf = (settings: Partial<VpcProps>): VpcProps => ({
  context: context(),
  zoneNames,
  cidr: "10.0.0.0/16",
  ...settings,
});
const synthOf = (settings: Partial<VpcProps> = {}) => synth((scope) => new Vpc(scope, "vpc", settingsOf(settings)));
const vpcOf = (settings: Partial<VpcProps> = {}) => {
  let vpc: Vpc | undefined;
  synth((scope) => (vpc = new Vpc(scope, "vpc", settingsOf(settings))));
  return vpc as Vpc;
};
const nameOf = (resource: Record<string, unknown>) => (resource["tags"] as { Name: string }).Name;
const byName = (type: string, settings: Partial<VpcProps> = {}) =>
  Object.fromEntries(resources(synthOf(settings), type).map((resource) => [nameOf(resource), resource]));

/** Each resource of a kind by its path in the construct tree, with references made readable. */
const tree = (settings: Partial<VpcProps> = {}): Record<string, Record<string, unknown>> => {
  const { resource = {} } = synthOf(settings);
  return Object.fromEntries(
    Object.entries(resource).flatMap(([type, all]) =>
      Object.entries(all).map(([id, { "//": _, ...body }]) => [`${type}.${id}`, body] as const),
    ),
  );
};

describe("Vpc", () => {
  test("has DNS, and is protected unless everything may be destroyed", () => {
    expect(resources(synthOf(), "aws_vpc")).toEqual([
      expect.objectContaining({
        cidr_block: "10.0.0.0/16",
        enable_dns_support: true,
        enable_dns_hostnames: true,
        tags: { Name: "acme-test" },
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    const [destroyable] = resources(synthOf({ context: context({ destroyable: true }) }), "aws_vpc");
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test("has three subnets in each of two zones", () => {
    const at = (zone: string, range: string): unknown =>
      expect.objectContaining({ availability_zone: zone, cidr_block: range });
    expect(byName("aws_subnet")).toEqual({
      "acme-test-private-a": at("eu-west-3a", "10.0.0.0/19"),
      "acme-test-private-b": at("eu-west-3b", "10.0.32.0/19"),
      "acme-test-public-a": at("eu-west-3a", "10.0.128.0/20"),
      "acme-test-public-b": at("eu-west-3b", "10.0.144.0/20"),
      "acme-test-isolated-a": at("eu-west-3a", "10.0.192.0/20"),
      "acme-test-isolated-b": at("eu-west-3b", "10.0.208.0/20"),
    });
  });

  test.each<[Partial<VpcProps>]>([[{}], [{ zoneCount: 3, nat: "none" }], [{ nat: "instance" }]])(
    "hands out no public address in any subnet with %j",
    (settings) => {
      for (const subnet of resources(synthOf(settings), "aws_subnet")) {
        expect(subnet).toMatchObject({ map_public_ip_on_launch: false });
      }
    },
  );

  test("locks the default security group", () => {
    const groups = resources(synthOf(), "aws_default_security_group");
    expect(groups).toHaveLength(1);
    for (const group of groups) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  test("leaves the network ACLs to AWS", () => {
    expect(Object.keys(synthOf().resource ?? {}).filter((type) => type.includes("network_acl"))).toEqual([]);
  });

  test("routes public subnets to the internet gateway, private ones to NAT and isolated ones nowhere", () => {
    const { resource = {} } = synthOf();
    const destinations = Object.values(resource["aws_route"] ?? {}).map((route) => [
      route["route_table_id"],
      route["gateway_id"] ?? route["nat_gateway_id"],
    ]);
    const [isolated] = Object.keys(resource["aws_route_table"] ?? {}).filter((id) => id.includes("isolated"));
    expect(isolated).toBeDefined();
    expect(destinations).toHaveLength(3);
    for (const [table, target] of destinations) {
      expect(table).not.toContain(isolated);
      expect(target).toMatch(String(table).includes("public") ? /aws_internet_gateway/ : /aws_nat_gateway/);
    }
  });

  test("has one route table for public subnets, one for isolated ones and one for each private one", () => {
    const { resource = {} } = synthOf({ zoneCount: 3 });
    expect(Object.keys(byName("aws_route_table", { zoneCount: 3 })).sort()).toEqual([
      "acme-test-isolated",
      "acme-test-private-a",
      "acme-test-private-b",
      "acme-test-private-c",
      "acme-test-public",
    ]);
    const served = Object.values(resource["aws_route_table_association"] ?? {}).map(({ subnet_id, route_table_id }) => [
      /vpc_(\w+-\w)_/.exec(String(subnet_id))?.[1],
      /vpc_([\w-]+)-routes_/.exec(String(route_table_id))?.[1],
    ]);
    expect(served.sort()).toEqual([
      ["isolated-a", "isolated"],
      ["isolated-b", "isolated"],
      ["isolated-c", "isolated"],
      ["private-a", "private-a"],
      ["private-b", "private-b"],
      ["private-c", "private-c"],
      ["public-a", "public"],
      ["public-b", "public"],
      ["public-c", "public"],
    ]);
  });

  test("reaches S3 and DynamoDB without the internet, except from isolated subnets", () => {
    const endpoints = resources(synthOf({ nat: "none" }), "aws_vpc_endpoint");
    expect(endpoints.map((endpoint) => endpoint["service_name"]).sort()).toEqual([
      "com.amazonaws.eu-west-3.dynamodb",
      "com.amazonaws.eu-west-3.s3",
    ]);
    for (const endpoint of endpoints) {
      expect(endpoint).toMatchObject({
        vpc_endpoint_type: "Gateway",
        route_table_ids: [
          expect.stringContaining("public-routes"),
          expect.stringContaining("private-a-routes"),
          expect.stringContaining("private-b-routes"),
        ],
      });
    }
  });

  test("has no interface endpoint by default, and those that are named", () => {
    const interfaces = (settings: Partial<VpcSettings>) =>
      resources(synthOf(settings), "aws_vpc_endpoint").filter(
        (endpoint) => endpoint["vpc_endpoint_type"] === "Interface",
      );
    expect(interfaces({})).toEqual([]);
    expect(interfaces({ interfaceEndpoints: ["ecr.api", "logs"] }).map((endpoint) => endpoint["service_name"])).toEqual(
      ["com.amazonaws.eu-west-3.ecr.api", "com.amazonaws.eu-west-3.logs"],
    );
  });

  test("records flows for 365 days by default, for as long as chosen, or not at all", () => {
    const days = (settings: Partial<VpcSettings>) =>
      resources(synthOf(settings), "aws_cloudwatch_log_group").map((group) => group["retention_in_days"]);
    expect(days({})).toEqual([365]);
    expect(days({ flowLogRetentionDays: 14 })).toEqual([14]);
    expect(days({ flowLogs: false })).toEqual([]);
    expect(resources(synthOf({ flowLogs: false }), "aws_flow_log")).toEqual([]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const undefineds = {
      zoneCount: undefined,
      nat: undefined,
      natInstanceType: undefined,
      flowLogs: undefined,
      flowLogRetentionDays: undefined,
      interfaceEndpoints: undefined,
    };
    expect(tree(undefineds)).toEqual(tree());
    expect(tree({ zoneCount: 2, nat: "per-zone", flowLogs: true, flowLogRetentionDays: 365 })).toEqual(tree());
  });

  test.each<[VpcSettings["nat"]]>([["none"], ["instance"], ["single"], ["per-zone"]])(
    "only adds when a zone is added, with NAT %s",
    (nat) => {
      const [before, after] = [tree({ nat, zoneCount: 2 }), tree({ nat, zoneCount: 3 })];
      for (const [address, body] of Object.entries(before)) {
        if (address.startsWith("aws_vpc_endpoint.")) {
          expect(after[address]?.["route_table_ids"]).toEqual(
            expect.arrayContaining(body["route_table_ids"] as string[]),
          );
        } else {
          expect(after[address]).toEqual(body);
        }
      }
      expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
    },
  );

  test("moves no subnet and no route table when the NAT layout changes", () => {
    const stable = (nat: VpcSettings["nat"]) =>
      Object.entries(tree({ nat })).filter(([address]) =>
        /^aws_(vpc|subnet|route_table)(_association)?\./.test(address),
      );
    for (const nat of ["none", "instance", "single"] as const) expect(stable(nat)).toEqual(stable("per-zone"));
  });

  test("takes the first zones of those it is given, and names things by their letter", () => {
    const names = Object.keys(byName("aws_subnet", { zoneNames: ["eu-west-3c", "eu-west-3a", "eu-west-3b"] }));
    expect(names.sort()).toEqual(
      ["isolated-a", "isolated-c", "private-a", "private-c", "public-a", "public-c"].map((name) => `acme-test-${name}`),
    );
  });

  test.each<[VpcSettings["nat"], boolean, number]>([
    ["none", false, 0],
    ["instance", true, 1],
    ["single", true, 1],
    ["per-zone", true, 3],
  ])("tells what it made, with NAT %s", (nat, hasInternetFromPrivate, addresses) => {
    const vpc = vpcOf({ nat, zoneCount: 3 });
    expect(vpc).toMatchObject({ cidr: "10.0.0.0/16", zoneNames, hasInternetFromPrivate });
    expect(vpc.natPublicIps).toHaveLength(addresses);
    for (const list of [vpc.publicSubnetIds, vpc.privateSubnetIds, vpc.isolatedSubnetIds, vpc.privateRouteTableIds]) {
      expect(new Set(list).size).toBe(3);
    }
    expect(vpc.vpcId).not.toBe(vpc.publicRouteTableId);
  });

  test.each<[Partial<VpcProps>, string]>([
    [
      { cidr: "10.0.0.0/25" },
      'test/vpc: cidr must be from /16 to /24, got "10.0.0.0/25"; /24 is the smallest in which 4 zones of 3 tiers get the /28 that AWS requires',
    ],
    [
      { zoneCount: 3, zoneNames: ["eu-west-3a", "eu-west-3b"] },
      'test/vpc: zoneNames must be at least 3 different zones of eu-west-3, such as eu-west-3a, got ["eu-west-3a","eu-west-3b"]',
    ],
    [
      { cidr: "10.0.0.1/24", natInstanceType: "t4g.nano" },
      'test/vpc: cidr must start at its network address, got "10.0.0.1/24"; did you mean 10.0.0.0/24; natInstanceType must be left out unless nat is "instance", got "t4g.nano"; set nat to "instance" or remove it',
    ],
  ])("fails on %j", (settings, message) => {
    expect(() => synthOf(settings)).toThrow(new Error(message));
  });
});
