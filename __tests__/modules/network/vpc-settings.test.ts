import { Lazy, Token } from "cdktf";
import { INTERFACE_ENDPOINT_SERVICES, vpcProblems, zoneNamesProblem } from "../../../modules/network/vpc-settings";
import type { VpcSettings } from "../../../modules/network/vpc-settings";

const cidr = "10.0.0.0/16";
const problemsOf = (settings: Partial<VpcSettings>) =>
  vpcProblems({ cidr, ...settings }).filter((problem) => problem !== undefined);

describe("vpcProblems", () => {
  test.each<[Partial<VpcSettings>]>([
    [{}],
    [{ cidr: "10.0.0.0/24" }],
    [{ cidr: "100.64.0.0/16" }],
    [{ cidr: "172.16.0.0/16" }],
    [{ zoneCount: 2 }],
    [{ zoneCount: 3, nat: "per-zone" }],
    [{ nat: "none" }],
    [{ nat: "single" }],
    [{ nat: "instance" }],
    [{ nat: "instance", natInstanceType: "t4g.nano" }],
    [{ nat: "instance", natInstanceType: "c7gn.2xlarge" }],
    [{ nat: "instance", natInstanceType: Lazy.stringValue({ produce: () => "" }) }],
    [{ flowLogs: false, flowLogRetentionDays: 1 }],
    [{ flowLogRetentionDays: Token.asNumber({ resolve: () => 1 }) }],
    [{ interfaceEndpoints: [] }],
    [{ interfaceEndpoints: INTERFACE_ENDPOINT_SERVICES }],
    [{ zoneCount: undefined, nat: undefined, natInstanceType: undefined, interfaceEndpoints: undefined }],
  ])("accepts %j", (settings) => {
    expect(problemsOf(settings)).toEqual([]);
  });

  test.each<[object, string]>([
    [{ cidr: undefined }, "cidr must be an IPv4 range such as 10.0.0.0/16, got undefined"],
    [{ cidr: "10.0.9.0/16" }, 'cidr must start at its network address, got "10.0.9.0/16"; did you mean 10.0.0.0/16'],
    [{ cidr: "10.0.0.0/15" }, 'cidr must be from /16 to /24, got "10.0.0.0/15"; /16 is the largest AWS allows'],
    [
      { cidr: "8.8.0.0/16" },
      'cidr must be in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, got "8.8.0.0/16"; a public range would hide those hosts of the internet',
    ],
    [
      { cidr: "172.17.128.0/20" },
      'cidr must be outside 172.17.0.0/16, got "172.17.128.0/20"; Docker uses that range on every host it runs on',
    ],
    [
      { cidr: "${TfToken[TOKEN.1]}" },
      "cidr must be written out, got a value only Terraform knows; subnets are laid out from it",
    ],
    [{ zoneCount: 1 }, "zoneCount must be one of 2, 3, got 1"],
    [{ zoneCount: 4 }, "zoneCount must be one of 2, 3, got 4"],
    [{ nat: "gateway" }, 'nat must be one of none, instance, single, per-zone, got "gateway"'],
    [
      { natInstanceType: "t4g.nano" },
      'natInstanceType must be left out unless nat is "instance", got "t4g.nano"; set nat to "instance" or remove it',
    ],
    [
      { nat: "instance", natInstanceType: "t3.nano" },
      'natInstanceType must be an arm64 (Graviton) EC2 type such as t4g.nano, got "t3.nano"',
    ],
    [
      { flowLogRetentionDays: 10 },
      "flowLogRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 10",
    ],
    [
      { interfaceEndpoints: ["logs", "s3"] },
      `interfaceEndpoints[1] must be one of ${INTERFACE_ENDPOINT_SERVICES.join(", ")}, got "s3"`,
    ],
    [{ interfaceEndpoints: ["logs", "logs"] }, 'interfaceEndpoints must name each service once, got "logs" twice'],
  ])("refuses %j", (settings, message) => {
    expect(problemsOf(settings)).toEqual([message]);
  });

  test("reports all problems at once", () => {
    expect(problemsOf({ cidr: "ten", flowLogRetentionDays: 2, natInstanceType: "x" })).toHaveLength(3);
  });
});

describe("zoneNamesProblem", () => {
  test.each([
    [["eu-west-3a", "eu-west-3b"], 2],
    [["eu-west-3c", "eu-west-3a", "eu-west-3b"], 2],
    [["eu-west-3a", "eu-west-3b", "eu-west-3c"], 3],
  ])("accepts %j for %d", (zoneNames, zoneCount) => {
    expect(zoneNamesProblem(zoneNames, zoneCount, "eu-west-3")).toBeUndefined();
  });

  test.each([
    [["eu-west-3a", "eu-west-3b"], 3],
    [["eu-west-3a", "eu-west-3a"], 2],
    [["eu-west-1a", "eu-west-1b"], 2],
    [["a", "b"], 2],
    [["eu-west-31", "eu-west-32"], 2],
    [["eu-west-3-par-1a", "eu-west-3a"], 2],
    [[], 2],
  ])("refuses %j for %d", (zoneNames, zoneCount) => {
    expect(zoneNamesProblem(zoneNames, zoneCount, "eu-west-3")).toBe(
      `zoneNames must be at least ${zoneCount} different zones of eu-west-3, such as eu-west-3a, got ${JSON.stringify(zoneNames)}`,
    );
  });
});
