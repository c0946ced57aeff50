import { listOf } from "../../json";
import { usage, type Charge, type Factor, type Rule } from "../charge";
import { HOURS_PER_MONTH } from "../prices";

const MONTH: Factor = { value: HOURS_PER_MONTH, unit: "h" };

/** A NAT gateway. Its address is an Elastic IP, billed by itself. */
export const natGateway: Rule = {
  types: ["aws_nat_gateway"],
  charges: () => [
    { what: "NAT gateway", item: "NAT gateway", unit: "hour", factors: [MONTH] },
    usage("data through the NAT gateway", "NAT gateway", "GB"),
  ],
};

/** A load balancer: its hours, its use, and one public IPv4 address per subnet if it faces the internet. */
export const loadBalancer: Rule = {
  types: ["aws_lb"],
  charges: (balancer, { system }) => {
    const kind = system.text(balancer, "load_balancer_type") ?? "application";
    const item = kind === "application" ? "Application Load Balancer" : `${kind} load balancer`;
    const zones = Math.max(listOf(balancer.config["subnets"]).length, listOf(balancer.config["subnet_mapping"]).length);
    const addresses: Charge[] = system.flag(balancer, "internal")
      ? []
      : [
          {
            what: "public IPv4 addresses",
            item: "Public IPv4 address",
            unit: "hour",
            factors: [MONTH, { value: Math.max(zones, 2), unit: "zones" }],
          },
        ];
    return [
      { what: item, item, unit: "hour", factors: [MONTH] },
      ...addresses,
      usage("capacity units of the load balancer", item, "LCU-hour"),
    ];
  },
};

/** An interface endpoint, in each of its zones. A gateway endpoint costs nothing. */
export const endpoint: Rule = {
  types: ["aws_vpc_endpoint"],
  charges: (one, { system }) => {
    if ((system.text(one, "vpc_endpoint_type") ?? "Gateway") !== "Interface") return [];
    const zones = Math.max(listOf(one.config["subnet_ids"]).length, 1);
    return [
      {
        what: `interface endpoint ${(system.text(one, "service_name") ?? "").split(".").slice(3).join(".")}`.trim(),
        item: "Interface VPC endpoint per zone",
        unit: "hour",
        factors: [MONTH, { value: zones, unit: zones === 1 ? "zone" : "zones" }],
      },
      usage("data through interface endpoints", "Interface VPC endpoint", "GB"),
    ];
  },
};
