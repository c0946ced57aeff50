/** One statement of an identity policy or a resource policy, in AWS's own spelling. */
export interface PolicyStatement {
  /**
   * Name of the statement, unique in its policy.
   * @default - no name, so that statements of several modules fit into one policy
   */
  readonly Sid?: string;

  /** Whether it gives or takes. */
  readonly Effect: "Allow" | "Deny";

  /**
   * Whom a resource policy speaks of.
   * @default - none, as in every identity policy
   */
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;

  /** The exact actions. */
  readonly Action: string | readonly string[];

  /**
   * The exact ARNs.
   * @default - none, in the policy of an image repository, which speaks of itself
   */
  readonly Resource?: string | readonly string[];

  /**
   * When it holds: operator, then condition key, then value.
   * @default - always
   */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The policy document that holds these statements. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Whether a statement gives something to everybody, whatever its condition says. */
export function allowsEverybody({ Effect, Principal }: PolicyStatement): boolean {
  if (Effect !== "Allow" || Principal === undefined) return false;
  return Principal === "*" || Object.values(Principal).flat().includes("*");
}
