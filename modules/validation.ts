import type { Construct } from "constructs";

// Pure on purpose (no import of cdktf at run time): environments are checked with the same functions before any construct exists.

/** Throws one error that lists every problem, led by the construct's path. */
export function assertValid(construct: Construct, problems: ReadonlyArray<string | undefined>): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new Error(`${construct.node.path}: ${found.join("; ")}`);
}

/**
 * Whether a value is a CDKTF token, which only Terraform knows. Strings carry `${TfToken[..]}`, list elements `#{TfToken[..]}`;
 * numbers are doubles with the bits 0xFDFF in front, in a list 0xFBFF. A test holds this against `Token.isUnresolved`.
 */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === "string") return value.includes("{TfToken[");
  if (typeof value === "number") return [960, 992].some((e) => value <= -1.9375 * 2 ** e && value > -(2 ** (e + 1)));
  if (Array.isArray(value)) return value.some(isUnresolved);
  return false;
}

/** The problem with a whole number outside `min` to `max`; values only Terraform knows pass, and so does a missing one. */
export function outOfRange(name: string, value: number | undefined, min: number, max: number): string | undefined {
  if (value === undefined || isUnresolved(value)) return undefined;
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  return `${name} must be a whole number from ${min} to ${max}, got ${shown(value)}`;
}

/** The problem with a value that is none of those allowed. */
export function notOneOf<T extends string | number>(
  name: string,
  value: T | undefined,
  allowed: readonly T[],
): string | undefined {
  if (value === undefined || isUnresolved(value) || allowed.includes(value)) return undefined;
  return `${name} must be one of ${allowed.join(", ")}, got ${shown(value)}`;
}

/** The problem with a string that does not match; `allowed` says in words what would. */
export function notMatching(
  name: string,
  value: string | undefined,
  pattern: RegExp,
  allowed: string,
): string | undefined {
  if (value === undefined || isUnresolved(value)) return undefined;
  if (typeof value === "string" && pattern.test(value)) return undefined;
  return `${name} must be ${allowed}, got ${shown(value)}`;
}

/** Problems of something nested, with the path to it in front of each. */
export function within(path: string, problems: ReadonlyArray<string | undefined>): string[] {
  return problems.filter((problem) => problem !== undefined).map((problem) => `${path}.${problem}`);
}

/** A value as an error shows it: strings in quotes, so that an empty one is visible. */
export function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
}
