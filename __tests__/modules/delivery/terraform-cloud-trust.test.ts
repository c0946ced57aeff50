import fc from "fast-check";
import {
  terraformCloudTrustPolicy,
  terraformCloudTrustProblems,
  type TerraformCloudTrust,
} from "../../../modules/delivery/terraform-cloud-trust";

const trust = (overrides: Partial<TerraformCloudTrust> = {}): TerraformCloudTrust => ({
  host: "app.terraform.io",
  organization: "acme-org",
  projectName: "acme-prod",
  workspaces: ["acme-prod-network", "acme-prod-app"],
  phase: "plan",
  ...overrides,
});
const policy = (overrides: Partial<TerraformCloudTrust> = {}): unknown =>
  JSON.parse(terraformCloudTrustPolicy("123456789012", trust(overrides)));
const problems = (overrides: Partial<TerraformCloudTrust>) =>
  terraformCloudTrustProblems(trust(overrides)).filter((problem) => problem !== undefined);

const subject = "organization:acme-org:project:acme-prod:workspace:";

describe("terraformCloudTrustPolicy", () => {
  test("trusts the runs of the named workspaces in one phase, and asks for the audience", () => {
    expect(policy()).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/app.terraform.io" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "app.terraform.io:aud": "aws.workload.identity",
              "app.terraform.io:sub": [
                `${subject}acme-prod-app:run_phase:plan`,
                `${subject}acme-prod-network:run_phase:plan`,
              ],
            },
          },
        },
      ],
    });
  });

  test("asks the tokens of another host under its name", () => {
    expect(policy({ host: "tfe.example.com", phase: "apply", workspaces: ["acme-prod-app"] })).toMatchObject({
      Statement: [
        {
          Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/tfe.example.com" },
          Condition: {
            StringEquals: {
              "tfe.example.com:aud": "aws.workload.identity",
              "tfe.example.com:sub": [`${subject}acme-prod-app:run_phase:apply`],
            },
          },
        },
      ],
    });
  });

  test("is the same in whichever order the workspaces come", () => {
    const workspaces = ["acme-prod-network", "acme-prod-data", "acme-prod-app"];
    fc.assert(
      fc.property(fc.shuffledSubarray(workspaces, { minLength: 3 }), (shuffled) => {
        expect(policy({ workspaces: shuffled })).toEqual(policy({ workspaces }));
      }),
    );
  });
});

describe("terraformCloudTrustProblems", () => {
  test("finds none in whole names", () => {
    expect(problems({})).toEqual([]);
  });

  test.each<[Partial<TerraformCloudTrust>, string[]]>([
    [{ workspaces: [] }, ["workspaces must be at least one, got none; nobody could take the role"]],
    [
      { workspaces: ["acme-prod-*"] },
      ['workspaces must be a whole name of letters, digits, hyphens and underscores, got "acme-prod-*"'],
    ],
    [
      { projectName: "Default Project" },
      ['projectName must be a whole name of letters, digits, hyphens and underscores, got "Default Project"'],
    ],
    [
      { organization: "acme:org" },
      ['organization must be a whole name of letters, digits, hyphens and underscores, got "acme:org"'],
    ],
    [{ host: "tfe.example.com:8443" }, ['host must be a host name without a port, got "tfe.example.com:8443"']],
  ])("finds what is wrong with %j", (overrides, found) => {
    expect(problems(overrides)).toEqual(found);
  });
});
