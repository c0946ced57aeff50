/** A number too large for a double; its digits as the plan wrote them. */
export class Digits {
  constructor(readonly text: string) {}
}

/** A value that must not be shown. Nothing of it is kept but whether the two sides of its change are equal. */
export class Masked {
  constructor(
    /** Why it is masked. */
    readonly why: "sensitive" | "name" | "looks secret" | "write-only",
    /** Whether this side equals the other side of the change. */
    readonly same: boolean,
  ) {}
}

/** A value known only after apply. */
export class Unknown {
  readonly known = false;
}

/** The one unknown. */
export const UNKNOWN = new Unknown();

/** A value of a plan after redaction. What `after_unknown` marks is in its place as `UNKNOWN`. */
export type Value =
  null | boolean | number | string | Digits | Masked | Unknown | readonly Value[] | { readonly [key: string]: Value };

/** Whether a value is an object with keys. */
export function isRecord(value: Value | undefined): value is { readonly [key: string]: Value } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Digits) &&
    !(value instanceof Masked) &&
    !(value instanceof Unknown)
  );
}

/** Whether a value is a list. */
export function isValueList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** A step into a value: an attribute or key, or the index of an element. */
export type PathStep = string | number;

/** A way from the root of a value to a part of it. */
export type Path = readonly PathStep[];

/** A path as Terraform writes it: `ingress[0].cidr_blocks`, `tags["a b"]`. */
export function pathText(path: Path): string {
  return path.map(stepText).join("").replace(/^\./, "");
}

/** A step behind others: `.name`, `[0]`, `["a b"]`. */
export function stepText(step: PathStep): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
