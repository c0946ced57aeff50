import { Token } from "cdktf";
import { loadBalancerProblems, loadBalancerVpcProblem } from "../../../modules/network/load-balancer-settings";
import type { LoadBalancerSettings } from "../../../modules/network/load-balancer-settings";

const problemsOf = (settings: LoadBalancerSettings) =>
  loadBalancerProblems(settings).filter((problem) => problem !== undefined);
const onlyTerraformKnows = Token.asNumber({ resolve: () => 0 });

describe("loadBalancerProblems", () => {
  test.each<[LoadBalancerSettings]>([
    [{}],
    [{ idleTimeoutSeconds: 1 }],
    [{ idleTimeoutSeconds: 4000 }],
    [{ accessLogRetentionDays: 1 }],
    [{ accessLogRetentionDays: 3653, accessLogs: false }],
    [{ idleTimeoutSeconds: onlyTerraformKnows, accessLogRetentionDays: onlyTerraformKnows }],
    [{ idleTimeoutSeconds: undefined, accessLogs: undefined, accessLogRetentionDays: undefined }],
  ])("accepts %j", (settings) => {
    expect(problemsOf(settings)).toEqual([]);
  });

  test.each<[LoadBalancerSettings, string]>([
    [{ idleTimeoutSeconds: 0 }, "idleTimeoutSeconds must be a whole number from 1 to 4000, got 0"],
    [{ idleTimeoutSeconds: 4001 }, "idleTimeoutSeconds must be a whole number from 1 to 4000, got 4001"],
    [{ accessLogRetentionDays: 0 }, "accessLogRetentionDays must be a whole number from 1 to 3653, got 0"],
    [{ accessLogRetentionDays: 3654 }, "accessLogRetentionDays must be a whole number from 1 to 3653, got 3654"],
  ])("refuses %j", (settings, message) => {
    expect(problemsOf(settings)).toEqual([message]);
  });
});

describe("loadBalancerVpcProblem", () => {
  test.each([["10.0.0.0/16"], ["10.0.0.0/23"], [Token.asString({ resolve: () => "" })]])("accepts %s", (cidr) => {
    expect(loadBalancerVpcProblem("vpcCidr", cidr)).toBeUndefined();
  });

  test.each([
    [
      "10.0.0.0/24",
      'vpcCidr must be /23 or larger, got "10.0.0.0/24"; a load balancer needs public subnets of /27 and would get /28',
    ],
    ["ten", 'vpcCidr must be an IPv4 range such as 10.0.0.0/16, got "ten"'],
  ])("refuses %s", (cidr, message) => {
    expect(loadBalancerVpcProblem("vpcCidr", cidr)).toBe(message);
  });
});
