import { policyOf, resources, type Synthesized } from "./synth";

// A small evaluator of IAM policies: enough to ask of a role whether it could do something, not a copy of everything AWS does. What it
// does not know it refuses, so that a new operator in a policy cannot slip through as "no match".

/** One statement as a policy holds it; a list of one may be written as a string. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What somebody asks AWS for. Keys of the context are found whatever their case. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether the statements grant the request: some Allow matches, and no Deny does. */
export function allows(statements: readonly PolicyStatement[], request: AccessRequest): boolean {
  const matching = statements.filter((statement) => matches(statement, request));
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

/** Whether a role with these statements may do it under a boundary: both have to grant it. */
export function allowsWithin(
  boundary: readonly PolicyStatement[],
  statements: readonly PolicyStatement[],
  request: AccessRequest,
): boolean {
  return allows(boundary, request) && allows(statements, request);
}

/** What AdministratorAccess grants: everything, so that a boundary shows what it holds back. */
export const ADMINISTRATOR: readonly PolicyStatement[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

/** Every statement of every policy in synthesized JSON that belongs to a role, inline or managed. */
export function statementsOf(synthesized: Synthesized): PolicyStatement[] {
  return ["aws_iam_role_policy", "aws_iam_policy"]
    .flatMap((type) => resources(synthesized, type))
    .flatMap((policy) => policyOf(policy).Statement);
}

/** A value or a list of values, as a list. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function matches(statement: PolicyStatement, { action, resource, context = {} }: AccessRequest): boolean {
  const actions = statement.Action ?? statement.NotAction;
  const resourcePatterns = statement.Resource ?? statement.NotResource;
  if (actions === undefined || resourcePatterns === undefined) {
    throw new Error(`statement ${statement.Sid ?? ""} must have actions and resources`);
  }
  const actionMatches = listOf(actions).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  const resourceMatches = listOf(resourcePatterns).some((pattern) => like(pattern, resource));
  return (
    actionMatches === (statement.Action !== undefined) &&
    resourceMatches === (statement.Resource !== undefined) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, listOf(values), valueOf(context, key))),
    )
  );
}

type Compare = (expected: string, actual: string) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringEqualsIgnoreCase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  NumericEquals: (expected, actual) => Number(actual) === Number(expected),
  NumericLessThanEquals: (expected, actual) => Number(actual) <= Number(expected),
};

const NEGATIONS: Readonly<Record<string, Compare>> = {
  StringNotEquals: (expected, actual) => expected === actual,
  StringNotLike: like,
  ArnNotEquals: arnLike,
  ArnNotLike: arnLike,
};

function holds(operator: string, expected: readonly string[], actual: readonly string[] | undefined): boolean {
  if (operator === "Null") return expected.every((value) => (value === "true") === (actual === undefined));
  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const compare = COMPARISONS[name];
  const negated = NEGATIONS[name];
  if (compare === undefined && negated === undefined) throw new Error(`operator ${operator} is not known here`);
  const test = (value: string) =>
    compare ? expected.some((one) => compare(one, value)) : !expected.some((one) => negated?.(one, value));

  if (set === "ForAllValues") return (actual ?? []).every(test); // true for a key that is not there, which is its trap
  if (set === "ForAnyValue") return (actual ?? []).some(test);
  if (actual === undefined) return ifExists !== undefined || negated !== undefined;
  if (actual.length !== 1) throw new Error(`operator ${operator} is for one value, got ${actual.length}`);
  return actual.every(test);
}

function valueOf(context: NonNullable<AccessRequest["context"]>, key: string): readonly string[] | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : listOf(found[1]);
}

const expressions = new Map<string, RegExp>();

function like(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  const known = expressions.get(pattern);
  if (known) return known.test(value);
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "s");
  expressions.set(pattern, expression);
  return expression.test(value);
}

/** ARNs are compared part by part, so that a wildcard of one part never reaches into the next. */
function arnLike(pattern: string, value: string): boolean {
  const parts = (arn: string) => {
    const all = arn.split(":");
    return [...all.slice(0, 5), all.slice(5).join(":")];
  };
  const actual = parts(value);
  return parts(pattern).every((part, index) => like(part, actual[index] ?? ""));
}
