import { Token } from "cdktf";
import {
  TerraformCloudPlanRole,
  type TerraformCloudPlanRoleProps,
} from "../../../modules/delivery/terraform-cloud-plan-role";
import { account, cloudConnections, planRole, wide } from "../../support/delivery";
import { ADMINISTRATOR, allows, listOf, statementsOf } from "../../support/iam";
import { policyOf, resources, synth, type Synthesized } from "../../support/synth";

const build = (props: Partial<TerraformCloudPlanRoleProps> = {}): Synthesized =>
  synth((scope) => {
    new TerraformCloudPlanRole(scope, "plan", { ...cloudConnections(), ...wide, state: undefined, ...props });
  });
const here = { "aws:RequestedRegion": "eu-west-3" };

describe("TerraformCloudPlanRole", () => {
  const usual = build();

  test("is called as the one that plans from GitHub, at the same address", () => {
    expect(usual.resource?.["aws_iam_role"]).toEqual(
      Object.fromEntries(
        Object.keys(planRole().resource?.["aws_iam_role"] ?? {}).map((address) => [
          address,
          expect.objectContaining({
            name: "acme-prod-plan",
            description: "Plans prod in Terraform Cloud: reads settings, changes nothing",
          }) as unknown,
        ]),
      ),
    );
  });

  test("is for the phase plan, which is all that a speculative run has", () => {
    const [role = {}] = resources(usual, "aws_iam_role");
    const subjects = policyOf(role, "assume_role_policy").Statement.flatMap(
      ({ Condition }) => Condition?.["StringEquals"]?.["app.terraform.io:sub"] ?? [],
    );
    expect(subjects).toHaveLength(2);
    for (const subject of subjects) expect(subject).toMatch(/:run_phase:plan$/);
  });

  test("may do what the one of GitHub may, with a state that is elsewhere", () => {
    expect(statementsOf(usual)).toEqual(statementsOf(planRole({ state: undefined })));
  });

  test("changes nothing: what it may do reads", () => {
    const granted = statementsOf(usual)
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => listOf(Action))
      .filter((action) => !/:(BatchGet|Describe|Get|List)/.test(action));
    expect(granted).toEqual(["budgets:ViewBudget"]);
  });

  test.each([
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-3:${account}:secret:acme-prod-cache-abcdef`],
    ["s3:GetObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
    ["kms:Decrypt", `arn:aws:kms:eu-west-3:${account}:key/1`],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/acme-prod-api-task`],
  ])("is held back from %s on %s even as an administrator", (action, resource) => {
    expect(allows([...ADMINISTRATOR, ...statementsOf(usual)], { action, resource, context: here })).toBe(false);
  });

  test("gives its ARN and its name", () => {
    synth((scope) => {
      const role = new TerraformCloudPlanRole(scope, "plan", cloudConnections());
      expect(role.roleName).toBe("acme-prod-plan");
      expect(Token.isUnresolved(role.arn)).toBe(true);
    });
  });

  test("fails on a region that is none", () => {
    expect(() => build({ otherRegions: ["paris"] })).toThrow(
      new Error('test/plan: otherRegions must be an AWS region, got "paris"'),
    );
  });
});
