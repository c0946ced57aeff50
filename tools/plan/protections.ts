import { listOf, objectOf, stringOf, type JsonObject } from "../json";

/** Something that a destroy would run into half-way. */
export interface Protection {
  readonly stack: string;
  readonly address: string;
  /** The attribute that protects it, such as `deletion_protection`. */
  readonly attribute: string;
}

/** Attributes by which services refuse to delete a thing, with the value that does. */
const PROTECTING: ReadonlyArray<readonly [attribute: string, value: unknown]> = [
  ["deletion_protection", true],
  ["deletion_protection", "ACTIVE"],
  ["deletion_protection_enabled", true],
  ["enable_deletion_protection", true],
  ["disable_api_termination", true],
  ["termination_protection", true],
];

/** What a destroy plan, as `terraform show -json` prints it, would delete and cannot, because the service protects it. */
export function protectionsIn(stack: string, plan: JsonObject): Protection[] {
  return listOf(plan["resource_changes"]).flatMap((one) => {
    const resource = objectOf(one);
    const { actions, before } = objectOf(resource["change"]);
    if (!listOf(actions).includes("delete")) return [];
    const held = objectOf(before);
    const protecting = PROTECTING.find(([attribute, value]) => held[attribute] === value);
    const address = stringOf(resource["address"]) ?? "";
    return protecting === undefined ? [] : [{ stack, address, attribute: protecting[0] }];
  });
}
