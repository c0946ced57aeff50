import { isObject, listOf, stringOf, type JsonObject } from "../../../json";

/** How what a preview cannot know begins, such as `(known after prod-data)`. */
export const STAND_IN = "(known after ";

/** A set of texts by patterns, or everything but what the patterns match. */
export interface PatternSet {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

/** A condition: an operator on a key with values, any of which will do. */
export interface Condition {
  /** Such as `StringEquals`, with `IfExists` and set operators as they are written. */
  readonly operator: string;
  /** In lower case, as keys are compared. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement in one form, however it was written. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  /** In lower case, as actions are compared. */
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  /** `AWS:…`, `Service:…`, `Federated:…`, or `*`; of a policy of an identity, `self`. */
  readonly principals: PatternSet;
  readonly conditions: readonly Condition[];
}

/** The statements of a policy document; undefined if a value is none. */
export function statementsOf(document: unknown): Statement[] | undefined {
  if (!isObject(document)) return undefined;
  const given = document["Statement"];
  const list = (Array.isArray(given) ? listOf(given) : [given]).filter(isObject);
  const effective = list.filter(({ Effect }) => Effect === "Allow" || Effect === "Deny");
  return effective.length === 0 && !("Version" in document && "Statement" in document)
    ? undefined
    : effective.map(statementOf);
}

function statementOf(statement: JsonObject): Statement {
  return {
    effect: statement["Effect"] === "Deny" ? "Deny" : "Allow",
    actions: setOf(statement, "Action", "NotAction", (text) => text.toLowerCase(), []),
    // A trust policy names no resource: it is about the role itself.
    resources: setOf(statement, "Resource", "NotResource", (text) => text, ["self"]),
    principals: principalsOf(statement),
    conditions: conditionsOf(statement["Condition"]),
  };
}

function setOf(
  statement: JsonObject,
  key: string,
  not: string,
  form: (text: string) => string,
  otherwise: string[],
): PatternSet {
  const [given, excluded] = [texts(statement[key]), texts(statement[not])];
  if (statement[not] !== undefined) return { not: true, patterns: excluded.map(form) };
  return { not: false, patterns: statement[key] === undefined ? otherwise : given.map(form) };
}

function principalsOf(statement: JsonObject): PatternSet {
  const not = statement["NotPrincipal"] !== undefined;
  const given = not ? statement["NotPrincipal"] : statement["Principal"];
  if (given === undefined) return { not: false, patterns: ["self"] };
  if (typeof given === "string") return { not, patterns: [given] };
  const patterns = Object.entries(isObject(given) ? given : {}).flatMap(([kind, value]) =>
    texts(value).map((text) => (text === "*" && kind === "AWS" ? "*" : `${kind}:${accountPrincipal(text)}`)),
  );
  return { not, patterns };
}

/** An account is written as its number or as the ARN of its root. */
function accountPrincipal(text: string): string {
  return /^\d{12}$/.test(text) ? `arn:aws:iam::${text}:root` : text;
}

function conditionsOf(value: unknown): Condition[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(values).sort(),
    })),
  );
}

function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? listOf(value) : value === undefined || value === null ? [] : [value];
  return list.map((item) => stringOf(item) ?? JSON.stringify(item) ?? "");
}
