import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../../json";
import type { Part } from "../plan-document";

/** Resources that are a part of another one, with the attributes by which that one knows them. None of them is secret. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role_policy: ["role", "name"],
  aws_iam_role_policy_attachment: ["role", "policy_arn"],
  aws_nat_gateway: ["allocation_id", "network_interface_id"],
  aws_route: ["route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"],
  aws_s3_bucket_lifecycle_configuration: ["bucket"],
  aws_s3_bucket_logging: ["bucket"],
  aws_s3_bucket_policy: ["bucket"],
  aws_s3_bucket_replication_configuration: ["bucket"],
  aws_s3_bucket_server_side_encryption_configuration: ["bucket"],
  aws_s3_bucket_versioning: ["bucket"],
  ...Object.fromEntries(
    ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"].map((type) => [
      type,
      [
        ...["security_group_id", "ip_protocol", "from_port", "to_port"],
        ...["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
      ],
    ]),
  ),
};

/** The parts in the state that a plan starts from. */
export function partsIn(priorState: unknown): Part[] {
  return partsOf(objectOf(objectOf(objectOf(priorState)["values"])["root_module"]), 0);
}

const DEEPEST = 30;

function partsOf(module: JsonObject, depth: number): Part[] {
  if (depth > DEEPEST) return [];
  const own = listOf(module["resources"])
    .filter(isObject)
    .flatMap((resource): Part[] => {
      const type = stringOf(resource["type"]) ?? "";
      if (!Object.hasOwn(PARTS, type)) return [];
      const values = objectOf(resource["values"]);
      const known = (PARTS[type] ?? []).flatMap((key): Array<readonly [string, string]> => {
        const value = values[key];
        if (typeof value === "number") return [[key, String(value)]];
        return typeof value !== "string" || value === "" ? [] : [[key, value]];
      });
      return [{ type, values: new Map(known) }];
    });
  return [
    ...own,
    ...listOf(module["child_modules"])
      .filter(isObject)
      .flatMap((child) => partsOf(child, depth + 1)),
  ];
}
