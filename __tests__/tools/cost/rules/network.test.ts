import { costs } from "../../support/cost";
import { temporaryFolder } from "../../support/folder";

const folder = temporaryFolder();

describe("natGateway", () => {
  test("pays for its hours", () => {
    expect(costs(folder, { aws_nat_gateway: { n: {} } })).toEqual(["NAT gateway: 730 h × $0.045 = $32.85"]);
  });
});

describe("loadBalancer", () => {
  test.each([
    [["a", "b", "c"], "public IPv4 addresses: 730 h × 3 zones × $0.005 = $10.95"],
    [["a"], "public IPv4 addresses: 730 h × 2 zones × $0.005 = $7.30"],
  ])("pays for its hours and an address per subnet, two at least: %j", (subnets, addresses) => {
    expect(costs(folder, { aws_lb: { l: { load_balancer_type: "application", subnets } } })).toEqual([
      "Application Load Balancer: 730 h × $0.0225 = $16.43",
      addresses,
    ]);
  });

  test("has no public address inside", () => {
    expect(costs(folder, { aws_lb: { l: { internal: true, subnets: ["a", "b"] } } })).toHaveLength(1);
  });

  test("has no price as a network load balancer", () => {
    expect(costs(folder, { aws_lb: { l: { load_balancer_type: "network", internal: true } } })).toEqual([
      "network load balancer: not in the price data",
    ]);
  });
});

describe("endpoint", () => {
  test("pays per zone", () => {
    const endpoint = {
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.us-east-1.ecr.api",
      subnet_ids: ["a", "b"],
    };
    expect(costs(folder, { aws_vpc_endpoint: { e: endpoint } })).toEqual([
      "interface endpoint ecr.api: 730 h × 2 zones × $0.01 = $14.60",
    ]);
  });

  test("pays nothing as a gateway", () => {
    expect(costs(folder, { aws_vpc_endpoint: { e: { vpc_endpoint_type: "Gateway" } } })).toEqual([]);
  });
});
