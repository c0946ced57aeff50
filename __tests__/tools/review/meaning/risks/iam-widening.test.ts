import { iamWidening as rule } from "../../../../../tools/review/meaning/risks/iam-widening";
import {
  created,
  destroyed,
  findingsOf,
  kept,
  planOf,
  replaced,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

const BUCKET = "arn:aws:s3:::acme-uploads/*";
const policy = (...statements: readonly Body[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", Resource: BUCKET, ...statement })),
  });
const READ = policy({ Action: "s3:GetObject" });
const OWN = "aws_iam_role_policy.p";
const own = (text: string | null, role = "api") => ({ role, policy: text });
const role = created("aws_iam_role.r", { name: "api" });
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess";

describe(rule.id, () => {
  test("says what is newly allowed, and what would make it safe", () => {
    const change = updated(OWN, own(READ), own(policy({ Action: ["s3:GetObject", "s3:PutObject"] })));
    expect(reviewOf(planOf([change])).risks).toEqual([
      {
        rule: "iam-widening",
        severity: "medium",
        title: "A role may do more than before",
        stack: "stack",
        address: OWN,
        construct: "",
        evidence: `policy newly allows s3:putobject on ${BUCKET}`,
        why: "Whoever uses the role, or gets hold of it, may do what it newly allows.",
        fix: "Allow only the actions and resources that are needed, each by name; for a whole service, add a condition or a permissions boundary.",
      },
    ]);
  });

  test.each<[string, Body, string]>([
    [
      "everything",
      { Action: "*", Resource: "*" },
      "critical: A role may do nearly anything (policy newly allows every action on everything)",
    ],
    [
      "everything, by another name",
      { Action: "*:*", Resource: "*" },
      "critical: A role may do nearly anything (policy newly allows *:* on everything)",
    ],
    [
      "everything on one thing",
      { Action: "*" },
      `high: A role may do more than before (policy newly allows every action on ${BUCKET})`,
    ],
    [
      "everything under a condition",
      { Action: "*", Resource: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
      "high: A role may do more than before (policy newly allows every action on everything, if aws:multifactorauthpresent Bool true)",
    ],
    [
      "everything but some actions",
      { NotAction: "iam:*", Resource: "*" },
      "critical: A role may do nearly anything (policy newly allows every action but iam:* on everything)",
    ],
    [
      "everything everywhere but in one place",
      { Action: "*", Resource: undefined, NotResource: BUCKET },
      `critical: A role may do nearly anything (policy newly allows every action on everything but ${BUCKET})`,
    ],
    [
      "to open one thing to others",
      { Action: ["s3:PutObject", "s3:PutObjectAcl"] },
      `high: A role may do more than before (policy newly allows s3:putobject, s3:putobjectacl on ${BUCKET})`,
    ],
    [
      "to take away what protects one thing",
      { Action: "kms:ScheduleKeyDeletion", Resource: "arn:aws:kms:eu-west-3:1:key/a" },
      "high: A role may do more than before (policy newly allows kms:schedulekeydeletion on arn:aws:kms:eu-west-3:1:key/a)",
    ],
    [
      "what leads to everything",
      { Action: "iam:PassRole", Resource: "*" },
      "critical: A role may do nearly anything (policy newly allows iam:passrole on everything)",
    ],
    [
      "a pattern of what leads to everything",
      { Action: "iam:Pass*", Resource: "*" },
      "critical: A role may do nearly anything (policy newly allows iam:pass* on everything)",
    ],
    [
      "what leads to everything, on all roles of the account",
      { Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/*" },
      "critical: A role may do nearly anything (policy newly allows iam:passrole on arn:aws:iam::123456789012:role/*)",
    ],
    [
      "what leads to everything, on some roles",
      { Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/acme-*" },
      "medium: A role may do more than before (policy newly allows iam:passrole on arn:aws:iam::123456789012:role/acme-*)",
    ],
    [
      "to take any role",
      { Action: "sts:AssumeRole", Resource: "*" },
      "critical: A role may do nearly anything (policy newly allows sts:assumerole on everything)",
    ],
    [
      "a whole service everywhere",
      { Action: "ec2:*", Resource: "*" },
      "high: A role may do more than before (policy newly allows ec2:* on everything)",
    ],
    [
      "a whole service on one thing",
      { Action: "s3:*" },
      `high: A role may do more than before (policy newly allows s3:* on ${BUCKET})`,
    ],
    [
      "every secret",
      { Action: "secretsmanager:GetSecretValue", Resource: "*" },
      "high: A role may do more than before (policy newly allows secretsmanager:getsecretvalue on everything)",
    ],
    [
      "one secret",
      {
        Action: "secretsmanager:GetSecretValue",
        Resource: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-AbC123",
      },
      "medium: A role may do more than before (policy newly allows secretsmanager:getsecretvalue on arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-AbC123)",
    ],
    [
      "every object",
      { Action: "s3:GetObject", Resource: "*" },
      "medium: A role may do more than before (policy newly allows s3:getobject on everything)",
    ],
    [
      "to look at everything of a service",
      { Action: "ec2:Describe*", Resource: "*" },
      "low: A role may do more than before (policy newly allows ec2:describe* on everything)",
    ],
    [
      "to write one thing everywhere",
      { Action: "logs:PutLogEvents", Resource: "*" },
      "medium: A role may do more than before (policy newly allows logs:putlogevents on everything)",
    ],
    [
      "to read one thing",
      { Action: "s3:GetObjectTagging" },
      `low: A role may do more than before (policy newly allows s3:getobjecttagging on ${BUCKET})`,
    ],
  ])("finds that a role may newly do %s", (_, statement, expected) => {
    const change = updated(OWN, own(READ), own(policy({ Action: "s3:GetObject" }, statement)));
    expect(findingsOf(rule, [change])).toEqual([expected]);
  });

  test("names the gravest of several, and counts the others", () => {
    const after = policy({ Action: "s3:GetObject" }, { Action: "s3:PutObject" }, { Action: "*", Resource: "*" });
    expect(findingsOf(rule, [updated(OWN, own(READ), own(after))])).toEqual([
      "critical: A role may do nearly anything (policy newly allows every action on everything, and 1 more)",
    ]);
  });

  test.each<[string, Body, readonly string[]]>([
    [
      "a denial that is taken away",
      { Action: "s3:DeleteObject" },
      [`medium: A role is no longer denied something (policy no longer denies s3:deleteobject on ${BUCKET})`],
    ],
    [
      "a denial of everything that is taken away",
      { Action: "*", Resource: "*" },
      ["high: A role is no longer denied something (policy no longer denies every action on everything)"],
    ],
    [
      "a denial of everything but some that is taken away",
      { NotAction: "sts:*", Resource: "*", Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } },
      [
        "medium: A role is no longer denied something (policy no longer denies every action but sts:* on everything, if aws:multifactorauthpresent BoolIfExists false)",
      ],
    ],
  ])("finds %s", (_, denial, expected) => {
    const before = policy({ Action: "s3:GetObject" }, { Effect: "Deny", ...denial });
    expect(findingsOf(rule, [updated(OWN, own(before), own(READ))])).toEqual(expected);
    expect(findingsOf(rule, [updated(OWN, own(READ), own(before))])).toEqual([]);
  });

  test.each<[string, ChangeSketch]>([
    ["fewer actions", updated(OWN, own(policy({ Action: "s3:*", Resource: "*" })), own(READ))],
    [
      "a condition more",
      updated(
        OWN,
        own(READ),
        own(policy({ Action: "s3:GetObject", Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      ),
    ],
    [
      "the same, written otherwise",
      updated(OWN, own(READ), own(policy({ Sid: "Read", Action: ["s3:getObject"], Resource: [BUCKET] }))),
    ],
    ["a policy that goes", destroyed(OWN, own(policy({ Action: "*", Resource: "*" })))],
    ["a policy that stays", kept(OWN, own(policy({ Action: "*", Resource: "*" })))],
    ["a policy that is let go of", { ...destroyed(OWN, own(READ)), actions: ["forget"] }],
    [
      "what is only read",
      {
        ...created("data.aws_iam_role_policy.p", own(policy({ Action: "*", Resource: "*" }))),
        entry: { type: "aws_iam_role_policy" },
      },
    ],
    [
      "another attribute",
      updated("aws_iam_policy.p", { policy: READ, description: "a" }, { policy: READ, description: "b" }),
    ],
    ["another type", created("aws_sqs_queue_policy.p", { policy: policy({ Action: "*", Resource: "*" }) })],
  ])("finds nothing in %s", (_, change) => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });

  test("finds a condition that is taken away", () => {
    const before = policy({ Action: "s3:PutObject", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } });
    expect(findingsOf(rule, [updated(OWN, own(before), own(policy({ Action: "s3:PutObject" })))])).toEqual([
      `medium: A role may do more than before (policy newly allows s3:putobject on ${BUCKET})`,
    ]);
  });

  test.each<[string, string, Body, readonly string[]]>([
    [
      "everything",
      "*",
      { Resource: "*" },
      ["critical: A role may do nearly anything (policy newly allows every action on everything)"],
    ],
    [
      "a whole service",
      "ec2:*",
      { Resource: "*" },
      ["high: A new role may do much (policy newly allows ec2:* on everything)"],
    ],
    [
      "every bucket",
      "s3:*",
      { Resource: "arn:aws:s3:::*" },
      ["high: A new role may do much (policy newly allows s3:* on arn:aws:s3:::*)"],
    ],
    [
      "every parameter",
      "ssm:GetParameter*",
      { Resource: "arn:aws:ssm:eu-west-3:123456789012:parameter/*" },
      [
        "high: A new role may do much (policy newly allows ssm:getparameter* on arn:aws:ssm:eu-west-3:123456789012:parameter/*)",
      ],
    ],
    ["one bucket", "s3:*", {}, []],
    ["to write logs", "logs:PutLogEvents", { Resource: "*" }, []],
  ])("judges of a new role that it may do %s", (_, Action, more, expected) => {
    expect(findingsOf(rule, [role, created(OWN, own(policy({ Action, ...more })))])).toEqual(expected);
  });

  test("finds a further policy of a role that exists, also a harmless one", () => {
    expect(findingsOf(rule, [created(OWN, own(policy({ Action: "s3:PutObject" })))])).toEqual([
      `medium: A role may do more than before (policy newly allows s3:putobject on ${BUCKET})`,
    ]);
  });

  test("finds nothing in a policy that comes under another address", () => {
    const old = (text: string, name = "api") => destroyed("aws_iam_role_policy.old", own(text, name));
    const wide = policy({ Action: "s3:PutObject" });
    expect(findingsOf(rule, [old(wide), created(OWN, own(wide))])).toEqual([]);
    expect(findingsOf(rule, [old(wide, "worker"), created(OWN, own(wide))])).toHaveLength(1);
    expect(findingsOf(rule, [old(READ), created(OWN, own(wide))])).toHaveLength(1);
  });

  test.each<[string, readonly ChangeSketch[], readonly string[]]>([
    [
      "a policy that changes",
      [updated(OWN, own(READ), own(null), { after_unknown: { policy: true } })],
      [
        `low: A policy changes and cannot be judged before apply (policy: ${JSON.stringify(READ)} → (known after apply))`,
      ],
    ],
    [
      "a further policy of a role that exists",
      [created(OWN, own(null), { after_unknown: { policy: true } })],
      ["low: A role that exists gets a policy that cannot be judged before apply (policy: (known after apply))"],
    ],
    ["the first policy of a new role", [role, created(OWN, own(null), { after_unknown: { policy: true } })], []],
    [
      "the first policy of a role that is known later",
      [created(OWN, { policy: null }, { after_unknown: { role: true, policy: true } })],
      [],
    ],
    [
      "a policy that is a reference, as in two configurations",
      [updated(OWN, own(READ), own("${data.aws_iam_policy_document.wide.json}"))],
      [
        `low: A policy changes and cannot be judged before apply (policy: ${JSON.stringify(READ)} → "\${data.aws_iam_policy_document.wide.json}")`,
      ],
    ],
    [
      "a policy that is masked",
      [
        updated(OWN, own(READ), own(policy({ Action: "*" })), {
          before_sensitive: { policy: true },
          after_sensitive: { policy: true },
        }),
      ],
      ["low: A policy changes and cannot be judged before apply (policy: (sensitive) → (sensitive))"],
    ],
  ])("does not swallow what it does not know: %s", (_, changes, expected) => {
    expect(findingsOf(rule, changes)).toEqual(expected);
  });

  test("takes a permissions boundary for what it is", () => {
    const boundary = (text: string) => ({ name: "acme-boundary", policy: text });
    const wide = policy({ Action: "*", Resource: "*" });
    expect(findingsOf(rule, [updated("aws_iam_policy.b", boundary(READ), boundary(wide))])).toEqual([
      "medium: A permissions boundary reaches further (policy newly allows every action on everything)",
    ]);
    expect(findingsOf(rule, [created("aws_iam_policy.b", boundary(wide))])).toEqual([]);
    expect(findingsOf(rule, [created("aws_iam_policy.boundary", { name: "deploy", policy: wide })])).toHaveLength(1);
  });

  test("looks into the policies inside a role, each by its name", () => {
    const inside = (...policies: ReadonlyArray<readonly [string, string]>) => ({
      name: "api",
      inline_policy: policies.map(([name, text]) => ({ name, policy: text })),
    });
    const change = updated(
      "aws_iam_role.r",
      inside(["a", READ]),
      inside(["b", policy({ Action: "s3:PutObject" })], ["a", READ]),
    );
    expect(findingsOf(rule, [change])).toEqual([
      `medium: A role may do more than before (inline_policy b newly allows s3:putobject on ${BUCKET})`,
    ]);
  });

  const ATTACHED = "aws_iam_role_policy_attachment.a";

  test.each<[string, readonly ChangeSketch[], readonly string[]]>([
    [
      "everything, to a new role too",
      [role, created(ATTACHED, { role: "api", policy_arn: ADMIN })],
      [`critical: A role may do nearly anything (policy_arn: "${ADMIN}")`],
    ],
    [
      "everything to a user",
      [
        created("aws_iam_user_policy_attachment.a", {
          user: "ada",
          policy_arn: "arn:aws-cn:iam::aws:policy/PowerUserAccess",
        }),
      ],
      ['critical: A role may do nearly anything (policy_arn: "arn:aws-cn:iam::aws:policy/PowerUserAccess")'],
    ],
    [
      "everything by a permission set",
      [
        created("aws_ssoadmin_managed_policy_attachment.a", {
          permission_set_arn: "arn:aws:sso:::permissionSet/a/b",
          managed_policy_arn: ADMIN,
        }),
      ],
      [`critical: A role may do nearly anything (managed_policy_arn: "${ADMIN}")`],
    ],
    [
      "another policy to a role that exists",
      [created(ATTACHED, { role: "api", policy_arn: S3_FULL })],
      [`medium: Another policy is attached to a role (policy_arn: "${S3_FULL}")`],
    ],
    ["another policy to a new role", [role, created(ATTACHED, { role: "api", policy_arn: S3_FULL })], []],
    [
      "another policy in the place of one",
      [
        replaced(
          ATTACHED,
          { role: "api", policy_arn: "arn:aws:iam::aws:policy/A" },
          { role: "api", policy_arn: S3_FULL },
        ),
      ],
      [`medium: Another policy is attached to a role (policy_arn: "arn:aws:iam::aws:policy/A" → "${S3_FULL}")`],
    ],
    [
      "the same to another role",
      [replaced(ATTACHED, { role: "admin", policy_arn: ADMIN }, { role: "api", policy_arn: ADMIN })],
      [`critical: A role may do nearly anything (policy_arn: "${ADMIN}")`],
    ],
    [
      "the same to the same role",
      [replaced(ATTACHED, { role: "api", policy_arn: ADMIN, id: "a" }, { role: "api", policy_arn: ADMIN, id: "b" })],
      [],
    ],
    [
      "to more roles than before",
      [
        updated(
          "aws_iam_policy_attachment.a",
          { roles: ["a"], policy_arn: ADMIN },
          { roles: ["a", "b"], policy_arn: ADMIN },
        ),
      ],
      [`critical: A role may do nearly anything (policy_arn: "${ADMIN}")`],
    ],
    [
      "what is known later, to a role that exists",
      [created(ATTACHED, { role: "api" }, { after_unknown: { policy_arn: true } })],
      [
        "low: A policy that is known only after apply is attached to a role that exists (policy_arn: (known after apply))",
      ],
    ],
    [
      "what is known later, to a new role",
      [role, created(ATTACHED, { role: "api" }, { after_unknown: { policy_arn: true } })],
      [],
    ],
    [
      "by the role's own list",
      [updated("aws_iam_role.r", { managed_policy_arns: [S3_FULL] }, { managed_policy_arns: [S3_FULL, ADMIN] })],
      [`critical: A role may do nearly anything (managed_policy_arns: "${ADMIN}")`],
    ],
    ["by the list of a new role", [created("aws_iam_role.r", { name: "api", managed_policy_arns: [S3_FULL] })], []],
  ])("judges what is attached: %s", (_, changes, expected) => {
    expect(findingsOf(rule, changes)).toEqual(expected);
  });

  test.each<[string, Body, Body, Body, readonly string[]]>([
    [
      "is lost",
      { permissions_boundary: "arn:b" },
      { permissions_boundary: null },
      {},
      ['high: A role loses its permissions boundary (permissions_boundary: "arn:b" → null)'],
    ],
    [
      "is lost, as an empty text",
      { permissions_boundary: "arn:b" },
      { permissions_boundary: "" },
      {},
      ['high: A role loses its permissions boundary (permissions_boundary: "arn:b" → "")'],
    ],
    [
      "becomes another",
      { permissions_boundary: "arn:b" },
      { permissions_boundary: "arn:c" },
      {},
      ['low: A role gets another permissions boundary (permissions_boundary: "arn:b" → "arn:c")'],
    ],
    [
      "becomes one known later",
      { permissions_boundary: "arn:b" },
      {},
      { permissions_boundary: true },
      [
        'low: A role gets another permissions boundary, which is known only after apply (permissions_boundary: "arn:b" → (known after apply))',
      ],
    ],
    ["comes", { permissions_boundary: null }, { permissions_boundary: "arn:b" }, {}, []],
    ["never was", { permissions_boundary: "", a: 1 }, { permissions_boundary: null, a: 2 }, {}, []],
  ])("judges a boundary that %s", (_, before, after, unknown, expected) => {
    expect(findingsOf(rule, [updated("aws_iam_role.r", before, after, { after_unknown: unknown })])).toEqual(expected);
  });

  test("says that a policy cannot be judged that is on something known only after another stack is applied", () => {
    const later = policy({ Action: "s3:GetObject", Resource: "(known after data)" });
    expect(findingsOf(rule, [updated(OWN, own(READ), own(later))])).toEqual([
      expect.stringMatching(/^low: A policy changes and cannot be judged before apply \(policy: /),
    ]);
  });
});
