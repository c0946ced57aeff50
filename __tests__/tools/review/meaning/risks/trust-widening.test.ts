import { trustWidening as rule } from "../../../../../tools/review/meaning/risks/trust-widening";
import {
  created,
  destroyed,
  findingsOf,
  kept,
  planOf,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

const policy = (...statements: readonly Body[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...statement })),
  });
const trusted = (...statements: readonly Body[]) => ({ name: "api", assume_role_policy: policy(...statements) });
const ECS = { Principal: { Service: "ecs-tasks.amazonaws.com" } };
const ROLE = "aws_iam_role.r";
const GITLAB = "arn:aws:iam::123456789012:oidc-provider/gitlab.com";
const SUB = "gitlab.com:sub";
const gitlab = (condition: Body) => ({
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: GITLAB },
  Condition: condition,
});
const SAML = "arn:aws:iam::123456789012:saml-provider/corp";

describe(rule.id, () => {
  test("says who is newly trusted, and what would make it safe", () => {
    const change = updated(ROLE, trusted(ECS), trusted(ECS, { Principal: { AWS: "123456789012" } }));
    expect(reviewOf(planOf([change])).risks).toEqual([
      {
        rule: "trust-widening",
        severity: "high",
        title: "More may take a role than before",
        stack: "stack",
        address: ROLE,
        construct: "",
        evidence: "assume_role_policy newly allows sts:assumerole for AWS:arn:aws:iam::123456789012:root",
        why: "Whoever is newly trusted can act as the role.",
        fix: "Name exactly who may take it: one service, one role of the account, or one subject of an identity provider by StringEquals.",
      },
    ]);
  });

  /** Who is newly trusted; how grave that is for a role that exists, and for a new one. */
  test.each<[string, Body, string | undefined, string | undefined]>([
    ["everybody", { Principal: "*" }, "critical", "critical"],
    ["everybody, in long", { Principal: { AWS: "*" } }, "critical", "critical"],
    ["everybody but one", { NotPrincipal: { AWS: "123456789012" } }, "critical", "critical"],
    [
      "everybody of the organization",
      { Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } },
      "medium",
      "medium",
    ],
    [
      "everybody of any organization but one",
      { Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } },
      "critical",
      "critical",
    ],
    [
      "everybody who has an organization",
      { Principal: "*", Condition: { Null: { "aws:PrincipalOrgID": "false" } } },
      "critical",
      "critical",
    ],
    [
      "everybody, if they say which organization",
      { Principal: "*", Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } },
      "critical",
      "critical",
    ],
    [
      "a role of that name in any account",
      { Principal: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci" } } },
      "critical",
      "critical",
    ],
    ["another service", { Principal: { Service: "lambda.amazonaws.com" } }, "low", undefined],
    ["another account", { Principal: { AWS: "210987654321" } }, "high", undefined],
    ["a role of the account", { Principal: { AWS: "arn:aws:iam::123456789012:role/ci" } }, "high", undefined],
    [
      "one branch of a repository",
      gitlab({ StringEquals: { [SUB]: "project_path:acme/app:ref_type:branch:ref:main" } }),
      "medium",
      undefined,
    ],
    ["all of a repository", gitlab({ StringLike: { [SUB]: "project_path:acme/app:*" } }), "medium", undefined],
    ["all repositories of an owner", gitlab({ StringLike: { [SUB]: "project_path:acme/*" } }), "critical", "critical"],
    ["all repositories there are", gitlab({ StringLike: { [SUB]: "*" } }), "critical", "critical"],
    [
      "all repositories, by their audience",
      gitlab({ StringEquals: { "gitlab.com:aud": "sts.amazonaws.com" } }),
      "critical",
      "critical",
    ],
    [
      "all repositories but one",
      gitlab({ StringNotLike: { [SUB]: "project_path:acme/app:*" } }),
      "critical",
      "critical",
    ],
    ["all repositories, that have a name", gitlab({ Null: { [SUB]: "false" } }), "critical", "critical"],
    [
      "everybody of a provider",
      { Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: GITLAB } },
      "critical",
      "critical",
    ],
    [
      "who signed in by SAML",
      {
        Action: "sts:AssumeRoleWithSAML",
        Principal: { Federated: SAML },
        Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      },
      "medium",
      undefined,
    ],
    [
      "who signed in by SAML, for anything",
      { Action: "sts:AssumeRoleWithSAML", Principal: { Federated: SAML } },
      "critical",
      "critical",
    ],
    [
      "users of one pool",
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: "cognito-identity.amazonaws.com" },
        Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-3:1" } },
      },
      "medium",
      undefined,
    ],
    [
      "users of any pool",
      { Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: "cognito-identity.amazonaws.com" } },
      "critical",
      "critical",
    ],
    [
      "who only tags the session",
      { Action: ["sts:TagSession", "sts:SetSourceIdentity"], Principal: { AWS: "210987654321" } },
      undefined,
      undefined,
    ],
  ])("judges that it trusts %s", (_, statement, changed, first) => {
    const severities = (change: ChangeSketch) => findingsOf(rule, [change]).map((finding) => finding.split(":")[0]);
    expect(severities(updated(ROLE, trusted(ECS), trusted(ECS, statement)))).toEqual(
      changed === undefined ? [] : [changed],
    );
    expect(severities(created(ROLE, trusted(ECS, statement)))).toEqual(first === undefined ? [] : [first]);
    expect(severities(updated(ROLE, trusted(ECS, statement), trusted(ECS)))).toEqual([]);
  });

  test("finds a condition that is taken away, and says what is left", () => {
    const bound = { Principal: { AWS: "210987654321" }, Condition: { StringEquals: { "sts:ExternalId": "1" } } };
    expect(findingsOf(rule, [updated(ROLE, trusted(bound), trusted({ Principal: { AWS: "210987654321" } }))])).toEqual([
      "high: More may take a role than before (assume_role_policy newly allows sts:assumerole for AWS:arn:aws:iam::210987654321:root)",
    ]);
  });

  test("finds one branch that becomes all of the repository", () => {
    const [one, all] = ["project_path:acme/app:ref_type:branch:ref:main", "project_path:acme/app:*"].map((sub) =>
      trusted(gitlab({ StringLike: { [SUB]: sub } })),
    );
    if (one === undefined || all === undefined) throw new Error("two policies were meant");
    expect(findingsOf(rule, [updated(ROLE, one, all)])).toEqual([
      `medium: More may take a role than before (assume_role_policy newly allows sts:assumerolewithwebidentity for Federated:${GITLAB}, if ${SUB} StringLike project_path:acme/app:*)`,
    ]);
    expect(findingsOf(rule, [updated(ROLE, all, one)])).toEqual([]);
  });

  test("finds a denial that is taken away", () => {
    const denial = { Effect: "Deny", Principal: { AWS: "210987654321" } };
    expect(findingsOf(rule, [updated(ROLE, trusted(ECS, denial), trusted(ECS))])).toEqual([
      "medium: More may take a role than before (assume_role_policy no longer denies sts:assumerole for AWS:arn:aws:iam::210987654321:root)",
    ]);
  });

  test("says that it does not know what is known only after apply, of a role that exists", () => {
    const unknown = { after_unknown: { assume_role_policy: true } };
    expect(findingsOf(rule, [updated(ROLE, trusted(ECS), { name: "api" }, unknown)])).toEqual([
      `low: Who may take a role changes and cannot be judged before apply (assume_role_policy: ${JSON.stringify(policy(ECS))} → (known after apply))`,
    ]);
    expect(findingsOf(rule, [created(ROLE, { name: "api" }, unknown)])).toEqual([]);
  });

  test("does not take a change of what is masked for none", () => {
    const bound = (id: string) =>
      trusted({ Principal: { AWS: "210987654321" }, Condition: { StringEquals: { "acme:token": id } } });
    expect(findingsOf(rule, [updated(ROLE, bound("one"), bound("two"))])).toEqual([
      "low: Who may take a role changes and cannot be judged before apply (assume_role_policy: a part of it is (masked, may have changed))",
    ]);
    expect(findingsOf(rule, [kept(ROLE, bound("one"))])).toEqual([]);
  });

  test.each<[string, ChangeSketch]>([
    ["a role that goes", destroyed(ROLE, trusted({ Principal: "*" }))],
    ["a role that stays", kept(ROLE, trusted({ Principal: "*" }))],
    [
      "another attribute",
      updated(ROLE, { ...trusted({ Principal: "*" }), path: "/a/" }, { ...trusted({ Principal: "*" }), path: "/b/" }),
    ],
    [
      "the same trust, written otherwise",
      updated(ROLE, trusted(ECS), trusted({ Sid: "Tasks", Principal: { Service: ["ecs-tasks.amazonaws.com"] } })),
    ],
    [
      "what is only read",
      { ...created("data.aws_iam_role.r", trusted({ Principal: "*" })), entry: { type: "aws_iam_role" } },
    ],
  ])("finds nothing in %s", (_, change) => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });
});
