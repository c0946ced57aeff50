import { policyDocument, type Statement } from "./policy-statement";

/**
 * Limits of IAM in characters, white space not counted. Source: IAM and STS quotas, User Guide, read in 2026-11.
 * Each is a hard limit, except that of a trust policy, which AWS raises to 4,096 on request.
 */
export const POLICY_LIMITS = { inline: 10_240, managed: 6_144, trust: 2_048 } as const;

/** Managed policies a role may carry without a raised quota. */
export const ATTACHMENT_LIMIT = 10;

/** Room taken for a value only Terraform knows: longer than any ARN groundplan passes around. */
const UNKNOWN_LENGTH = 200;

/** Characters IAM counts for a policy of these statements. */
export function policySize(statements: readonly object[]): number {
  return documentSize(policyDocument(statements));
}

/** Characters IAM counts for a document, with room for what only Terraform knows. */
export function documentSize(document: string): number {
  return document.replace(/\$\{TfToken\[[^\]]*\]\}/g, "x".repeat(UNKNOWN_LENGTH)).length;
}

/** Whether the statements fit into the one inline policy of a role. */
export function fitsInline(statements: readonly Statement[]): boolean {
  return policySize(statements) <= POLICY_LIMITS.inline;
}

/**
 * The statements spread over managed policies: each goes into the first policy with room for it, in the order given, so the same
 * statements always give the same policies. A statement too long for any policy is cut along its actions, which changes nothing it means.
 */
export function packStatements(statements: readonly Statement[]): Statement[][] {
  const packs: Statement[][] = [];
  for (const statement of statements.flatMap(fitting)) {
    const roomy = packs.find((pack) => policySize([...pack, statement]) <= POLICY_LIMITS.managed);
    if (roomy === undefined) packs.push([statement]);
    else roomy.push(statement);
  }
  return packs;
}

/** What is wrong with packed policies: one too long to cut, or more than a role can carry. */
export function packingProblems(packs: ReadonlyArray<readonly Statement[]>): string[] {
  const tooLong = packs
    .filter((pack) => policySize(pack) > POLICY_LIMITS.managed)
    .map((pack) => {
      const sids = pack.map((statement) => statement.Sid).join(", ");
      return `statements must fit into ${POLICY_LIMITS.managed} characters, got ${policySize(pack)} in ${sids}; name fewer resources`;
    });
  if (packs.length <= ATTACHMENT_LIMIT) return tooLong;
  return [
    ...tooLong,
    `statements must fit into ${ATTACHMENT_LIMIT} managed policies, got ${packs.length}; choose fewer areas`,
  ];
}

/** The statement in as few parts as it takes for each to fit; whole when it fits, or when a single action is too long. */
function fitting(statement: Statement): Statement[] {
  const actions = statement.Action ?? [];
  for (let parts = 1; parts <= actions.length; parts += 1) {
    const cut = cutInto(statement, actions, parts);
    if (cut.every((part) => policySize([part]) <= POLICY_LIMITS.managed)) return cut;
  }
  return [statement];
}

function cutInto(statement: Statement, actions: readonly string[], parts: number): Statement[] {
  if (parts === 1) return [statement];
  const length = Math.ceil(actions.length / parts);
  return Array.from({ length: Math.ceil(actions.length / length) }, (_, index) => ({
    ...statement,
    Sid: `${statement.Sid}${index + 1}`,
    Action: actions.slice(index * length, (index + 1) * length),
  }));
}
