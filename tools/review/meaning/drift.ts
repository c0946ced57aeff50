import { withoutIndexes } from "../read/changes";
import type { Part, PlanDocument, ResourceDrift } from "../plan-document";
import { Digits, isRecord, isValueList, Masked, Unknown, type Value } from "../value";
import { isReadOnly } from "./read-only";
import { own, same } from "./same";

/** What was changed outside of Terraform, and what only looks so. */
export interface Drift {
  readonly drift: readonly ResourceDrift[];
  /** How many objects differ from the state in nothing that anybody changed. */
  readonly settled: number;
}

/**
 * Tells changes from what a refresh always finds: empty values written otherwise; what the service itself keeps count of; and parts of an object that
 * have a resource of their own, which the object lists too, from the day after it was made. What is left of such a list, say a rule that somebody
 * added by hand, is a change.
 */
export function driftIn(plan: PlanDocument, parts: readonly Part[]): Drift {
  let settled = 0;
  const drift = plan.drift.flatMap((change): ResourceDrift[] => {
    const { before, after, action, address } = change;
    if (!isRecord(before) || !isRecord(after)) return [change];
    const configured = plan.configured.get(withoutIndexes(address));
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = keys.filter((key) => {
      const [from, to] = [own(before, key), own(after, key)];
      if (sameButForNothing(from, to) || key === "tags_all") return false; // tags says it too, without those of the provider
      if (configured === undefined || configured.has(key)) return true;
      return !isReadOnly(change.provider, change.type, key) && !isExplained(change, key, before, after, parts);
    });
    if (changed.length === keys.length || (action === "no-op" && changed.length > 0)) return [change];
    if (changed.length === 0) {
      settled += 1;
      return [];
    }
    const rest = keys.filter((key) => !changed.includes(key));
    return [
      { ...change, after: { ...after, ...Object.fromEntries(rest.map((key) => [key, own(before, key) ?? null])) } },
    ];
  });
  return { drift, settled };
}

/** Whether two values are the same to a provider that cannot tell null from nothing: null, "", 0, false, an empty list and an empty block. */
function sameButForNothing(a: Value | undefined, b: Value | undefined): boolean {
  if (same(a, b)) return true;
  const [left, right] = [a ?? null, b ?? null];
  if (isNothing(left) && isNothing(right)) return left === null || right === null;
  if (isValueList(left) && isValueList(right))
    return left.length === right.length && left.every((item, index) => sameButForNothing(item, right[index]));
  if (!isRecord(left) || !isRecord(right)) return false;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
    sameButForNothing(own(left, key), own(right, key)),
  );
}

function isNothing(value: Value): boolean {
  if (value === null || value === "" || value === 0 || value === false) return true;
  if (value instanceof Digits || value instanceof Masked || value instanceof Unknown) return false;
  return typeof value === "object" && Object.values(value).every(isNothing);
}

type Sides = { readonly [key: string]: Value };

function isExplained(
  { type }: ResourceDrift,
  key: string,
  before: Sides,
  after: Sides,
  parts: readonly Part[],
): boolean {
  const explanation = EXPLANATIONS[`${type}.${key}`];
  if (explanation === undefined) return false;
  return explanation(own(after, key) ?? null, after, parts, own(before, key) ?? null);
}

type Explanation = (value: Value, after: Sides, parts: readonly Part[], before: Value) => boolean;

/** Every element that was not there before is a part. */
const everyNew =
  (isPart: (item: Value, after: Sides, parts: readonly Part[]) => boolean): Explanation =>
  (value, after, parts, before) =>
    isValueList(value) &&
    isValueList(before) &&
    before.every((old) => value.some((item) => same(item, old))) && // one that is gone was taken away
    value.every((item) => before.some((old) => same(item, old)) || isPart(item, after, parts));

const hasOwn =
  (type: string): Explanation =>
  (_, after, parts) =>
    parts.some((part) => part.type === type && part.values.get("bucket") === text(own(after, "id")));

const rules = (type: string) =>
  everyNew((item, after, parts) => {
    if (!isRecord(item)) return false;
    const group = text(own(after, "id"));
    const targets = [
      ...["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"].flatMap((key) =>
        listed(own(item, key)).map((value) => [TARGETS[key] ?? "", value] as const),
      ),
      ...(own(item, "self") === true ? [["referenced_security_group_id", group] as const] : []),
    ];
    return (
      targets.length > 0 &&
      targets.every(([key, target]) =>
        parts.some(
          ({ type: found, values }) =>
            found === type &&
            values.get("security_group_id") === group &&
            values.get("ip_protocol") === text(own(item, "protocol")) &&
            (values.get("from_port") ?? "0") === text(own(item, "from_port")) &&
            (values.get("to_port") ?? "0") === text(own(item, "to_port")) &&
            values.get(key) === target,
        ),
      )
    );
  });

const TARGETS: Readonly<Record<string, string>> = {
  cidr_blocks: "cidr_ipv4",
  ipv6_cidr_blocks: "cidr_ipv6",
  prefix_list_ids: "prefix_list_id",
  security_groups: "referenced_security_group_id",
};

/** Attributes in which an object lists its parts, with what shows that they are. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  "aws_iam_role.inline_policy": everyNew((item, after, parts) =>
    parts.some(
      ({ type, values }) =>
        type === "aws_iam_role_policy" &&
        values.get("role") === text(own(after, "name")) &&
        isRecord(item) &&
        values.get("name") === text(own(item, "name")),
    ),
  ),
  "aws_iam_role.managed_policy_arns": everyNew((item, after, parts) =>
    parts.some(
      ({ type, values }) =>
        type === "aws_iam_role_policy_attachment" &&
        values.get("role") === text(own(after, "name")) &&
        values.get("policy_arn") === text(item),
    ),
  ),
  "aws_security_group.ingress": rules("aws_vpc_security_group_ingress_rule"),
  "aws_security_group.egress": rules("aws_vpc_security_group_egress_rule"),
  "aws_route_table.route": everyNew((item, after, parts) => {
    const destinations = ["cidr_block", "ipv6_cidr_block", "destination_prefix_list_id"]
      .map((key) => text(isRecord(item) ? own(item, key) : undefined))
      .filter((destination) => destination !== "");
    return parts.some(
      ({ type, values }) =>
        type === "aws_route" &&
        values.get("route_table_id") === text(own(after, "id")) &&
        [...values.values()].some((value) => destinations.includes(value)),
    );
  }),
  "aws_eip.network_interface": (value, after, parts) =>
    parts.some(
      ({ type, values }) =>
        type === "aws_nat_gateway" &&
        values.get("allocation_id") === text(own(after, "id")) &&
        values.get("network_interface_id") === text(value),
    ),
  "aws_s3_bucket.lifecycle_rule": hasOwn("aws_s3_bucket_lifecycle_configuration"),
  "aws_s3_bucket.logging": hasOwn("aws_s3_bucket_logging"),
  "aws_s3_bucket.policy": hasOwn("aws_s3_bucket_policy"),
  "aws_s3_bucket.replication_configuration": hasOwn("aws_s3_bucket_replication_configuration"),
  "aws_s3_bucket.server_side_encryption_configuration": hasOwn("aws_s3_bucket_server_side_encryption_configuration"),
  "aws_s3_bucket.versioning": hasOwn("aws_s3_bucket_versioning"),
};

function listed(value: Value | undefined): string[] {
  return isValueList(value) ? value.map(text) : [];
}

function text(value: Value | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
