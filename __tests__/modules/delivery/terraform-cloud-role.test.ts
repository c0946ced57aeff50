import { Token } from "cdktf";
import { allow } from "../../../modules/delivery/policy-statement";
import { TerraformCloudRole, type TerraformCloudRoleProps } from "../../../modules/delivery/terraform-cloud-role";
import { cloudConnections } from "../../support/delivery";
import { policyOf, resources, synth, type Synthesized } from "../../support/synth";

const read = allow("Read", ["s3:GetBucketPolicy"], ["arn:aws:s3:::acme-prod-uploads"]);

const build = (props: Partial<TerraformCloudRoleProps> = {}): Synthesized =>
  synth((scope) => {
    new TerraformCloudRole(scope, "run", {
      ...cloudConnections(),
      phase: "plan",
      name: "run",
      description: "Reads",
      statements: [read],
      ...props,
    });
  });

describe("TerraformCloudRole", () => {
  test("lasts an hour, carries its boundary and lies apart from the roles of workloads", () => {
    expect(resources(build(), "aws_iam_role")).toEqual([
      expect.objectContaining({
        name: "acme-prod-run",
        path: "/delivery/",
        description: "Reads",
        max_session_duration: 3_600,
        permissions_boundary: "arn:aws:iam::123456789012:policy/delivery/acme-prod-delivery-boundary",
      }),
    ]);
  });

  test("trusts the runs it is given in the phase it is for", () => {
    const [role = {}] = resources(build(), "aws_iam_role");
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/app.terraform.io" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "app.terraform.io:aud": "aws.workload.identity",
            "app.terraform.io:sub": [
              "organization:acme-org:project:acme-prod:workspace:acme-prod-app:run_phase:plan",
              "organization:acme-org:project:acme-prod:workspace:acme-prod-network:run_phase:plan",
            ],
          },
        },
      },
    ]);
  });

  test("has the policies it is given, and forbids any other", () => {
    const synthesized = build();
    expect(resources(synthesized, "aws_iam_role_policy").map((policy) => policyOf(policy).Statement)).toEqual([[read]]);
    expect(resources(synthesized, "aws_iam_role_policies_exclusive")).toHaveLength(1);
    expect(resources(synthesized, "aws_iam_role_policy_attachments_exclusive")).toEqual([
      expect.objectContaining({ policy_arns: [] }),
    ]);
  });

  test("gives its name and its ARN", () => {
    synth((scope) => {
      const props = {
        ...cloudConnections(),
        phase: "apply",
        name: "run",
        description: "Reads",
        statements: [read],
      } as const;
      const role = new TerraformCloudRole(scope, "run", props);
      expect(role.roleName).toBe("acme-prod-run");
      expect(Token.isUnresolved(role.arn)).toBe(true);
    });
  });

  test("trusts as many workspaces as fit into a trust policy, and says so of more", () => {
    const runs = (count: number) => ({
      runs: {
        ...cloudConnections().runs,
        workspaces: Array.from({ length: count }, (_, index) => `acme-prod-${"x".repeat(60)}-${index}`),
      },
    });
    expect(() => build(runs(12))).not.toThrow();
    expect(() => build(runs(13))).toThrow(
      new Error("test/run: subject must fit into a trust policy of 2048 characters, got 2109; shorten the names in it"),
    );
  });

  test("fails on a pattern", () => {
    expect(() => build({ runs: { ...cloudConnections().runs, workspaces: ["acme-prod-*"] } })).toThrow(
      new Error(
        'test/run: workspaces must be a whole name of letters, digits, hyphens and underscores, got "acme-prod-*"',
      ),
    );
  });
});
