import { Digits, isRecord, Masked, Unknown, type Value } from "../value";

/** What stands in a text where a part was masked that differs from the part on the other side. */
const HIDDEN_DIFFERENCE = "(masked, may have changed)";

/** Whether two values are the same to Terraform. Null and absent are; two texts that differ in what is masked are not. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return typeof a !== "string" || !a.includes(HIDDEN_DIFFERENCE);
  const [left, right] = [a ?? null, b ?? null];
  if (left === null || right === null) return left === right;
  if (left instanceof Masked || right instanceof Masked) {
    return left instanceof Masked && right instanceof Masked && left.same && right.same;
  }
  if (left instanceof Unknown || right instanceof Unknown) return false;
  if (left instanceof Digits || right instanceof Digits) return digits(left) === digits(right);
  if (Array.isArray(left) || Array.isArray(right)) {
    const [one, other] = [left as readonly Value[], right as readonly Value[]];
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      one.length === other.length &&
      one.every((item, index) => same(item, other[index]))
    );
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(own(left, key), own(right, key)));
}

/** A key of an object itself, not of its prototype. */
export function own(object: { readonly [key: string]: Value }, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function digits(value: Value): string {
  return value instanceof Digits ? value.text : JSON.stringify(value);
}
