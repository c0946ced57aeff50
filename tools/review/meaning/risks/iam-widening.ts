import type { Severity } from "../../review";
import type { PlanDocument, ResourceChange } from "../../plan-document";
import { isRecord, isValueList, Masked, Unknown, type Value } from "../../value";
import { overlaps } from "../policy/glob";
import { gainText, isHidden, isUnreadable, policyComparison } from "../policy/policy-meaning";
import type { Grant } from "../policy/compare-policies";
import { turn, unjudged } from "../evidence";
import { attribute, type Finding, type RiskRule } from "../risk-rule";
import { own, same } from "../same";

/** Attributes that hold a policy of an identity. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ["policy"],
  aws_iam_role_policy: ["policy"],
  aws_iam_user_policy: ["policy"],
  aws_iam_group_policy: ["policy"],
  aws_ssoadmin_permission_set_inline_policy: ["inline_policy"],
};
const ATTACHMENTS =
  /^aws_iam_(role|user|group)_policy_attachment$|^aws_iam_policy_attachment$|^aws_ssoadmin_managed_policy_attachment$/;
/** Whom an attachment gives its policy to. */
const HOLDERS = ["role", "user", "group", "roles", "users", "groups", "permission_set_arn"];
const ADMINISTRATOR =
  /policy\/(AdministratorAccess|IAMFullAccess|job-function\/SystemAdministrator)$|policy\/PowerUserAccess$/;

/** Actions by which who has them can have everything. Source: the escalation set of cloudsplaining 0.9.1 in short, 2026-11. */
const ESCALATING = [
  ...["iam:passrole", "iam:createaccesskey", "iam:createpolicyversion", "iam:setdefaultpolicyversion"],
  ...["iam:createloginprofile", "iam:updateloginprofile", "iam:updateassumerolepolicy", "iam:addusertogroup"],
  ...["iam:attachrolepolicy", "iam:attachuserpolicy", "iam:attachgrouppolicy"],
  ...["iam:putrolepolicy", "iam:putuserpolicy", "iam:putgrouppolicy"],
  ...["iam:deleterolepermissionsboundary", "iam:deleteuserpermissionsboundary"],
  ...["sts:assumerole", "organizations:leaveorganization"],
];
/** Actions that hand out what others protect: secrets, and what is kept under a name that says nothing of what is in it. */
const SECRETS = [
  ...["secretsmanager:getsecretvalue", "secretsmanager:batchgetsecretvalue"],
  ...["ssm:getparameter", "ssm:getparameters", "ssm:getparametersbypath", "ssm:getparameterhistory"],
];
const DATA = [
  ...["s3:getobject", "s3:getobjectversion", "dynamodb:getitem", "dynamodb:batchgetitem", "lambda:getfunction"],
  ...["sts:getfederationtoken", "redshift:getclustercredentials", "ec2:getpassworddata"],
];
/**
 * Actions by which who has them can open a thing to others, or take from it what protects it. Source: the actions of these services with the access level
 * "Permissions management" in AWS's service authorization reference, and those that end a log or a protection, 2026-11.
 */
const EXPOSING = [
  ...["s3:putbucketpolicy", "s3:deletebucketpolicy", "s3:putbucketacl", "s3:putobjectacl", "s3:putobjectversionacl"],
  ...["s3:putbucketpublicaccessblock", "s3:putaccountpublicaccessblock", "s3:bypassgovernanceretention"],
  ...["kms:putkeypolicy", "kms:schedulekeydeletion", "kms:disablekey", "secretsmanager:putresourcepolicy"],
  ...["rds:modifydbsnapshotattribute", "rds:modifydbclustersnapshotattribute"],
  ...["ec2:modifysnapshotattribute", "ec2:modifyimageattribute", "ec2:authorizesecuritygroupingress"],
  ...["lambda:addpermission", "lambda:createfunctionurlconfig", "ecr:setrepositorypolicy"],
  ...["sns:addpermission", "sqs:addpermission", "sqs:setqueueattributes"],
  ...["cloudtrail:stoplogging", "cloudtrail:deletetrail", "guardduty:deletedetector"],
  ...["backup:deleterecoverypoint", "backup:deletebackupvault", "backup:putbackupvaultaccesspolicy"],
];
const READING = /^[a-z0-9-]+:(get|list|describe|batchget|head|lookup|search|view|select)[a-z*?]*$/;

export const iamWidening: RiskRule = {
  id: "iam-widening",
  title: "A role may do more than before",
  why: "Whoever uses the role, or gets hold of it, may do what it newly allows.",
  fix: "Allow only the actions and resources that are needed, each by name; for a whole service, add a condition or a permissions boundary.",
  check: ({ plan }) => {
    const holders = holdersIn(plan);
    return plan.changes.flatMap((change) => findings(change, holders));
  },
};

/** What a plan says about the identities that policies are for. */
interface Holders {
  /** Whether all of them are created in the same plan: whatever they may do then is their first. */
  readonly areNew: (change: ResourceChange) => boolean;
  /** Policies of their own that go in the same plan: one that comes in the place of such a one is not more than before. */
  readonly losing: (change: ResourceChange) => readonly Value[];
}

const OWN_POLICY = /^aws_iam_(role|user|group)_policy$/;

function holdersIn({ changes }: PlanDocument): Holders {
  const made = new Set<string>();
  const gone = new Map<string, Value[]>();
  for (const { type, action, before, after } of changes) {
    const name = attribute(after, "name");
    if (action === "create" && typeof name === "string" && /^aws_iam_(role|user|group)$/.test(type)) made.add(name);
    if (action !== "delete" || !OWN_POLICY.test(type)) continue;
    const [policy, key] = [attribute(before, "policy"), namesIn(before).join()];
    if (policy !== undefined) gone.set(key, [...(gone.get(key) ?? []), policy]);
  }
  return {
    // A name that is known only after apply is that of something new.
    areNew: ({ after }) => namesIn(after).every((name) => made.has(name)),
    losing: ({ after }) => gone.get(namesIn(after).join()) ?? [],
  };
}

/** The names of those that a policy is for, as far as they are known. */
function namesIn(side: Value | undefined): string[] {
  return HOLDERS.flatMap((key) => {
    const value = attribute(side, key);
    return (isValueList(value) ? value : [value]).filter((name) => typeof name === "string");
  });
}

function findings(change: ResourceChange, holders: Holders): Finding[] {
  const { type, mode, action, before, after } = change;
  if (mode !== "managed" || action === "delete" || action === "forget" || action === "no-op" || after === undefined)
    return [];
  if (ATTACHMENTS.test(type)) return attached(change, holders.areNew(change));
  const identity = /^aws_iam_(role|user|group)$/.test(type);
  if (identity) {
    const policies = inlinePolicies(before, after);
    const created = before === undefined;
    return [
      ...policies.flatMap(([path, old, now]) => widened(change, path, old, now, created)),
      ...managed(change),
      ...boundary(change),
    ];
  }
  const created = before === undefined && (!OWN_POLICY.test(type) || holders.areNew(change));
  return (Object.hasOwn(POLICIES, type) ? (POLICIES[type] ?? []) : []).flatMap((path) => {
    const [old, now] = [attribute(before, path), attribute(after, path)];
    if (before !== undefined || created) return widened(change, path, old, now, created);
    // One that goes may be the same one under another address.
    const each = [old, ...holders.losing(change)].map((one) => widened(change, path, one, now, created));
    return each.find((found) => found.length === 0) ?? each[0] ?? [];
  });
}

function widened(
  change: ResourceChange,
  path: string,
  old: Value | undefined,
  now: Value | undefined,
  created: boolean,
): Finding[] {
  if (same(old, now)) return [];
  const comparison = policyComparison(old, now);
  const unknown: Finding[] =
    isUnreadable(now) && !created
      ? [
          {
            change,
            severity: "low",
            title:
              change.before === undefined
                ? "A role that exists gets a policy that cannot be judged before apply"
                : "A policy changes and cannot be judged before apply",
            evidence: unjudged(path, old, now),
          },
        ]
      : [];
  if (comparison === undefined) return unknown;
  const graded = [...comparison.gained, ...comparison.undenied].map((grant) => ({
    grant,
    severity: gradeOf(grant, created),
  }));
  const grave = graded.filter((one): one is { grant: Grant; severity: Severity } => one.severity !== undefined);
  const [worst] = grave.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  if (worst === undefined) return unknown;
  const more = graded.length > 1 ? `, and ${graded.length - 1} more` : "";
  const evidence = `${gainText(path, worst.grant)}${more}`;
  if (isBoundary(change)) {
    // A boundary grants nothing: it says how far what is granted elsewhere may reach.
    return created
      ? unknown
      : [{ change, severity: "medium", title: "A permissions boundary reaches further", evidence }, ...unknown];
  }
  return [{ change, severity: worst.severity, title: titleOf(worst, created), evidence }, ...unknown];
}

function titleOf(
  { grant, severity }: { readonly grant: Grant; readonly severity: Severity },
  created: boolean,
): string {
  if (grant.effect === "Deny") return "A role is no longer denied something";
  if (severity === "critical") return "A role may do nearly anything";
  return created ? "A new role may do much" : iamWidening.title;
}

/** Whether a policy is a permissions boundary, by its name: what it is used as is in no plan of the policy itself. */
function isBoundary({ type, address, after }: ResourceChange): boolean {
  const name = attribute(after, "name");
  return type === "aws_iam_policy" && /boundary/i.test(typeof name === "string" ? name : address);
}

const ORDER: readonly Severity[] = ["critical", "high", "medium", "low"];

/** How grave it is that something is newly allowed; undefined for what a new role needs as a rule. */
function gradeOf({ effect, actions, resources, conditions }: Grant, created: boolean): Severity | undefined {
  const everything = conditions.length === 0 && (resources.not || resources.patterns.some(isEverything));
  const any = actions.not || actions.patterns.some((one) => /^[*:]+$/.test(one));
  // What is no longer denied is done only if something else allows it.
  if (effect === "Deny")
    return created ? undefined : everything && (any || reaches(actions, ESCALATING)) ? "high" : "medium";
  if (any) return everything ? "critical" : "high";
  if (everything && reaches(actions, ESCALATING)) return "critical";
  const wildcard = actions.patterns.some((one) => /^[^:]*[*?][^:]*:|:\*+$/.test(one));
  if (everything && (wildcard || reaches(actions, SECRETS))) return "high";
  if (created) return undefined;
  const reading = actions.patterns.every((one) => READING.test(one));
  const harmless = reading && !reaches(actions, SECRETS) && !(everything && reaches(actions, DATA));
  if (reaches(actions, EXPOSING)) return "high";
  if (everything) return harmless ? "low" : "medium";
  return wildcard ? "high" : harmless ? "low" : "medium";
}

/** Whether a pattern of resources is for all there are, or for all of a kind: `*`, `arn:aws:iam::123456789012:role/*`. */
function isEverything(pattern: string): boolean {
  return (
    /^\*+$/.test(pattern) ||
    /^arn:[^:]*(:[^:]*){3}:(\*+|(role|user|group|policy|secret|parameter)[/:]\*+)$/.test(pattern)
  );
}

function reaches({ patterns }: Grant["actions"], actions: readonly string[]): boolean {
  return patterns.some((pattern) => actions.some((action) => overlaps(pattern, action)));
}

function inlinePolicies(
  before: Value | undefined,
  after: Value | undefined,
): Array<readonly [string, Value | undefined, Value | undefined]> {
  const [old, now] = [before, after].map((side) => {
    const list = attribute(side, "inline_policy");
    const items: readonly Value[] = Array.isArray(list) ? (list as readonly Value[]) : isRecord(list) ? [list] : [];
    return new Map(
      items.flatMap((item) => (isRecord(item) ? [[nameOf(own(item, "name")), own(item, "policy")] as const] : [])),
    );
  });
  return [...(now ?? [])].map(([name, policy]) => [`inline_policy ${name}`.trim(), old?.get(name), policy]);
}

function attached(change: ResourceChange, isNew: boolean): Finding[] {
  const path = attribute(change.after, "policy_arn") === undefined ? "managed_policy_arn" : "policy_arn";
  const [old, now] = [attribute(change.before, path), attribute(change.after, path)];
  const moved = HOLDERS.some((key) => !same(attribute(change.before, key), attribute(change.after, key)));
  if (same(old, now) && !moved) return [];
  if (isHidden(now)) {
    return isNew
      ? []
      : [
          {
            change,
            severity: "low",
            title: "A policy that is known only after apply is attached to a role that exists",
            evidence: turn(path, old, now),
          },
        ];
  }
  if (typeof now !== "string") return [];
  const administrator = ADMINISTRATOR.test(now);
  if (!administrator && isNew) return [];
  return [
    {
      change,
      severity: administrator ? "critical" : "medium",
      title: administrator ? "A role may do nearly anything" : "Another policy is attached to a role",
      evidence: turn(path, same(old, now) ? undefined : old, now),
    },
  ];
}

/** What is newly attached by the identity's own list. */
function managed(change: ResourceChange): Finding[] {
  const [old, now] = [change.before, change.after].map((side) => {
    const list = attribute(side, "managed_policy_arns");
    return isValueList(list) ? list.filter((item) => typeof item === "string") : [];
  });
  return (now ?? []).flatMap((arn): Finding[] => {
    if (old?.includes(arn) === true) return [];
    const administrator = ADMINISTRATOR.test(arn);
    if (!administrator && change.before === undefined) return [];
    return [
      {
        change,
        severity: administrator ? "critical" : "medium",
        title: administrator ? "A role may do nearly anything" : "Another policy is attached to a role",
        evidence: turn("managed_policy_arns", undefined, arn),
      },
    ];
  });
}

function boundary(change: ResourceChange): Finding[] {
  if (change.before === undefined) return [];
  const path = "permissions_boundary";
  const [old, now] = [attribute(change.before, path) ?? null, attribute(change.after, path) ?? null];
  if (old === null || old === "" || same(old, now) || now instanceof Masked) return [];
  const lost = now === null || now === "";
  return [
    {
      change,
      severity: lost ? "high" : "low",
      title: lost
        ? "A role loses its permissions boundary"
        : now instanceof Unknown
          ? "A role gets another permissions boundary, which is known only after apply"
          : "A role gets another permissions boundary",
      evidence: turn(path, old, now),
    },
  ];
}

function nameOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
