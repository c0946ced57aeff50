import { SPLAT_ELEMENT, type Expression } from "./expression";

/** A value as Terraform's state holds it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A step from a value to one inside it. */
export type Step = string | number;

/** What a reference stands for, given its steps, such as `["aws_vpc", "vpc", "id"]`. */
export type Resolve = (path: readonly Step[]) => Value;

type Scope = Readonly<Record<string, Value>>;
type Call = (args: readonly Value[]) => Value | undefined;

/**
 * The value of an expression, where `resolve` answers for every reference. What only Terraform could compute (a function not
 * known here) becomes the value of its first argument that has one: the shape matters, not the content.
 */
export function evaluate(expression: Expression, resolve: Resolve, scope: Scope = {}): Value {
  const value = (inner: Expression, names: Scope = scope) => evaluate(inner, resolve, names);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return expression.parts.map((part) => textOf(value(part))).join("");
    case "list":
      return expression.items.map((item) => value(item));
    case "object":
      return Object.fromEntries(expression.entries.map(([key, inner]) => [textOf(value(key)), value(inner)]));
    case "call":
      return call(
        expression.name,
        expression.args.map((arg) => value(arg)),
      );
    case "for":
      return loop(expression, value(expression.of), scope, value);
    case "splat":
      return elements(value(expression.of)).map((element) =>
        value(expression.each, { ...scope, [SPLAT_ELEMENT]: element }),
      );
    case "choice":
      return value(value(expression.condition) === false ? expression.no : expression.yes);
    case "operation":
      return operation(
        expression.operator,
        expression.operands.map((operand) => value(operand)),
      );
    default:
      return reference(expression, resolve, scope);
  }
}

/** A value's text inside a template. */
export function textOf(value: Value): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The value inside a value, or undefined where there is none. Indexes wrap round, as lists here have no true length. */
export function inside(value: Value, steps: readonly Step[]): Value | undefined {
  let current: Value | undefined = value;
  for (const step of steps) {
    if (isList(current)) current = typeof step === "number" ? current[step % Math.max(current.length, 1)] : undefined;
    else if (typeof current === "object" && current !== null) current = current[step];
    else return undefined;
  }
  return current;
}

function reference(expression: Expression, resolve: Resolve, scope: Scope): Value {
  const steps: Step[] = [];
  let start = expression;
  while (start.kind === "attribute" || start.kind === "index") {
    if (start.kind === "attribute") {
      steps.unshift(start.name);
    } else {
      const key = evaluate(start.key, resolve, scope);
      steps.unshift(typeof key === "number" ? key : textOf(key));
    }
    start = start.of;
  }
  if (start.kind !== "root") return inside(evaluate(start, resolve, scope), steps) ?? "";
  const local = scope[start.name];
  return local === undefined ? resolve([start.name, ...steps]) : (inside(local, steps) ?? local);
}

function loop(
  { names, key, body }: Extract<Expression, { kind: "for" }>,
  collection: Value,
  scope: Scope,
  value: (inner: Expression, names: Scope) => Value,
): Value {
  const [first = "", second] = names;
  const pairs: ReadonlyArray<readonly [Value, Value]> =
    isList(collection) || typeof collection !== "object" || collection === null
      ? elements(collection).map((element, index) => [index, element])
      : Object.entries(collection);
  const scopes = pairs.map(([index, element]) =>
    second === undefined ? { ...scope, [first]: element } : { ...scope, [first]: index, [second]: element },
  );
  if (key === undefined) return scopes.map((inner) => value(body, inner));
  return Object.fromEntries(scopes.map((inner) => [textOf(value(key, inner)), value(body, inner)]));
}

function operation(operator: string, operands: readonly Value[]): Value {
  const [left = null, right = null] = operands;
  if (["==", "!=", "<", ">", "<=", ">=", "&&", "||", "!"].includes(operator)) return true;
  const [a, b] = [Number(left), Number(right)];
  const result = { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "%": a % b }[operator] ?? Number.NaN;
  return Number.isFinite(result) && operands.length === 2 ? result : left;
}

function call(name: string, args: readonly Value[]): Value {
  return CALLS[name]?.(args) ?? args.find((arg) => arg !== null && arg !== "") ?? "";
}

const CALLS: Readonly<Record<string, Call>> = {
  tolist: ([value = null]) => elements(value),
  toset: ([value = null]) => elements(value),
  tomap: ([value]) => value,
  tostring: ([value = null]) => textOf(value),
  tonumber: ([value = null]) => (Number.isFinite(Number(value)) ? Number(value) : 0),
  tobool: ([value]) => value === true || value === "true",
  one: ([value = null]) => elements(value)[0] ?? null,
  element: ([value = null, index = 0]) => {
    const list = elements(value);
    return list[Number(index) % Math.max(list.length, 1)];
  },
  concat: (args) => args.flatMap((arg) => elements(arg)),
  flatten: ([value = null]) => elements(value).flatMap((element) => elements(element)),
  compact: ([value = null]) => elements(value).filter((element) => element !== null && element !== ""),
  distinct: ([value = null]) => elements(value),
  sort: ([value = null]) => elements(value),
  length: ([value = null]) => (typeof value === "string" ? value.length : elements(value).length),
  join: ([separator = "", value = null]) => elements(value).map(textOf).join(textOf(separator)),
  split: ([separator = "", value = ""]) => textOf(value).split(textOf(separator)),
  keys: ([value]) => (typeof value === "object" && value !== null ? Object.keys(value) : []),
  values: ([value]) =>
    typeof value === "object" && value !== null ? Object.values(value as Record<string, Value>) : [],
  merge: (args) => Object.assign({}, ...args.filter((arg) => typeof arg === "object" && arg !== null)) as Value,
  lookup: ([map = null, key = "", fallback = ""]) => inside(map, [textOf(key)]) ?? fallback,
  jsonencode: ([value = null]) => JSON.stringify(value),
  jsondecode: ([value = ""]) => {
    try {
      return JSON.parse(textOf(value)) as Value;
    } catch {
      return {};
    }
  },
  lower: ([value = ""]) => textOf(value).toLowerCase(),
  upper: ([value = ""]) => textOf(value).toUpperCase(),
  replace: ([value = "", search = "", replacement = ""]) =>
    textOf(value).replaceAll(textOf(search), textOf(replacement)),
  trimprefix: ([value = "", prefix = ""]) =>
    textOf(value).startsWith(textOf(prefix)) ? textOf(value).slice(textOf(prefix).length) : value,
  trimsuffix: ([value = "", suffix = ""]) =>
    textOf(value).endsWith(textOf(suffix)) && suffix !== "" ? textOf(value).slice(0, -textOf(suffix).length) : value,
  format: ([pattern = "", ...rest]) => {
    const values = [...rest];
    return textOf(pattern).replaceAll(/%[sdvq]/g, () => textOf(values.shift() ?? ""));
  },
};

function elements(value: Value): readonly Value[] {
  if (isList(value)) return value;
  return value === null ? [] : [value];
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}
