import { Token } from "cdktf";
import { GitHubRole, type GitHubRoleProps } from "../../../modules/delivery/github-role";
import { allow, type Statement } from "../../../modules/delivery/policy-statement";
import { connections, platform } from "../../support/delivery";
import { policyOf, resources, synth, type Synthesized } from "../../support/synth";

const read = allow("Read", ["s3:GetObject"], ["arn:aws:s3:::acme-prod-uploads/*"]);

/** Statements too many for an inline policy. */
const many: readonly Statement[] = Array.from({ length: 80 }, (_, index) =>
  allow(`S${index}x`, ["s3:GetObject", "s3:PutObject"], [`arn:aws:s3:::acme-prod-${"x".repeat(90)}-${index}/*`]),
);

const build = (props: Partial<GitHubRoleProps> = {}): Synthesized =>
  synth((scope) => {
    new GitHubRole(scope, "ci", {
      ...connections(),
      name: "ci",
      description: "Reads",
      subject: { kind: "branch", name: "main" },
      statements: [read],
      ...props,
    });
  });

describe("GitHubRole", () => {
  test("lasts an hour, carries its boundary and lies apart from the roles of workloads", () => {
    expect(resources(build(), "aws_iam_role")).toEqual([
      expect.objectContaining({
        name: "acme-prod-ci",
        path: "/delivery/",
        description: "Reads",
        max_session_duration: 3_600,
        permissions_boundary: "arn:aws:iam::123456789012:policy/delivery/acme-prod-delivery-boundary",
      }),
    ]);
  });

  test("holds what fits in one inline policy, and forbids any other", () => {
    const synthesized = build();
    const [inline, ...others] = resources(synthesized, "aws_iam_role_policy");
    expect(inline).toMatchObject({
      name: "acme-prod-ci",
      role: expect.stringMatching(/^\$\{aws_iam_role\.ci_role_\w+\.name\}$/) as unknown,
    });
    expect(policyOf(inline ?? {})).toEqual({ Version: "2012-10-17", Statement: [read] });
    expect(others).toEqual([]);
    expect(resources(synthesized, "aws_iam_policy")).toEqual([]);
    expect(resources(synthesized, "aws_iam_role_policies_exclusive")).toEqual([
      expect.objectContaining({ policy_names: [expect.stringContaining("aws_iam_role_policy.")] }),
    ]);
    expect(resources(synthesized, "aws_iam_role_policy_attachments_exclusive")).toEqual([
      expect.objectContaining({ policy_arns: [] }),
    ]);
  });

  test("spreads more over numbered managed policies, and forbids any other", () => {
    const synthesized = build({ statements: many });
    const policies = resources(synthesized, "aws_iam_policy");
    expect(policies.map(({ name, path }) => [name, path])).toEqual([
      ["acme-prod-ci-1", "/delivery/"],
      ["acme-prod-ci-2", "/delivery/"],
      ["acme-prod-ci-3", "/delivery/"],
    ]);
    expect(policies.flatMap((policy) => policyOf(policy).Statement)).toHaveLength(many.length);
    expect(resources(synthesized, "aws_iam_role_policy")).toEqual([]);
    expect(resources(synthesized, "aws_iam_role_policy_attachment")).toHaveLength(3);
    const [exclusive] = resources(synthesized, "aws_iam_role_policy_attachments_exclusive");
    expect(exclusive?.["policy_arns"]).toHaveLength(3);
    expect(resources(synthesized, "aws_iam_role_policies_exclusive")).toEqual([
      expect.objectContaining({ policy_names: [] }),
    ]);
  });

  test("takes values only Terraform knows", () => {
    const late = Token.asString({ resolve: () => "arn:aws:s3:::late/*" });
    expect(() => build({ statements: [allow("Read", ["s3:GetObject"], [late])], boundaryArn: late })).not.toThrow();
  });

  test("trusts as much as fits into a trust policy", () => {
    expect(() => build({ subject: { kind: "branch", name: "b".repeat(750) } })).not.toThrow();
  });

  test("gives its name and its ARN", () => {
    synth((scope) => {
      const role = new GitHubRole(scope, "ci", {
        ...connections(),
        name: "ci",
        description: "Reads",
        subject: { kind: "pull-request" },
        statements: [read],
      });
      expect(role.roleName).toBe("acme-prod-ci");
      expect(Token.isUnresolved(role.arn)).toBe(true);
    });
  });

  test.each<[Partial<GitHubRoleProps>, string]>([
    [
      { repository: { ...platform, ownerId: 0, repository: "acme/platform" } },
      'test/ci: ownerId must be a whole number from 1 to 9007199254740991, got 0; repository must be the name of a repository, without its owner, got "acme/platform"',
    ],
    [{ subject: { kind: "branch", name: "*" } }, 'test/ci: subject must be one whole value without wildcards, got "*"'],
    [
      {
        statements: Array.from({ length: 12 }, (_, index) =>
          allow(`S${index}x`, ["s3:GetObject"], ["x".repeat(6_000)]),
        ),
      },
      "test/ci: statements must fit into 10 managed policies, got 12; choose fewer areas",
    ],
    [
      { subject: { kind: "branch", name: "b".repeat(751) } },
      "test/ci: subject must fit into a trust policy of 2048 characters, got 2049; shorten the names in it",
    ],
  ])("fails on %#", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });
});
