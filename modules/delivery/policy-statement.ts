/** Condition operators, each with its keys and the values that satisfy them. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an IAM policy, spelled as IAM spells it. */
export interface Statement {
  /** What it is for, in letters and digits; unique within a role. */
  readonly Sid: string;

  /** Whether it grants or forbids; a Deny always wins. */
  readonly Effect: "Allow" | "Deny";

  /**
   * Actions it is about, as `service:Action`.
   * @default - every action but those in NotAction
   */
  readonly Action?: readonly string[];

  /**
   * Actions it is not about. Only ever in a Deny.
   * @default - none
   */
  readonly NotAction?: readonly string[];

  /**
   * ARNs it is about.
   * @default - every resource but those in NotResource
   */
  readonly Resource?: readonly string[];

  /**
   * ARNs it is not about. Only ever in a Deny.
   * @default - none
   */
  readonly NotResource?: readonly string[];

  /**
   * When it holds; every line has to be true.
   * @default - always
   */
  readonly Condition?: Conditions;
}

/** A statement that grants. */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Conditions,
): Statement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources, ...conditioned(condition) };
}

/** A statement that forbids, whatever else grants. */
export function deny(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Conditions,
): Statement {
  return { Sid: sid, Effect: "Deny", Action: actions, Resource: resources, ...conditioned(condition) };
}

/** A statement that forbids everywhere but on the given resources; on every resource when there are none. */
export function denyElsewhere(sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  if (resources.length === 0) return deny(sid, actions, ["*"]);
  return { Sid: sid, Effect: "Deny", Action: actions, NotResource: resources };
}

/** `service:Action` for each action of one service; the actions are separated by white space, so that long tables stay readable. */
export function actionsOf(service: string, actions: string): string[] {
  return actions
    .trim()
    .split(/\s+/)
    .map((action) => `${service}:${action}`);
}

/** The policy as IAM takes it: JSON without white space. */
export function policyDocument(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function conditioned(condition: Conditions | undefined): Pick<Statement, "Condition"> {
  return condition === undefined ? {} : { Condition: condition };
}
