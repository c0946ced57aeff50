import { Token } from "cdktf";
import {
  TerraformCloudApplyRole,
  type TerraformCloudApplyRoleProps,
} from "../../../modules/delivery/terraform-cloud-apply-role";
import { account, boundaryArn, cloudConnections, deployRole, wide } from "../../support/delivery";
import { allows, statementsOf } from "../../support/iam";
import { policyOf, resources, synth, type Synthesized } from "../../support/synth";

const build = (props: Partial<TerraformCloudApplyRoleProps> = {}): Synthesized =>
  synth((scope) => {
    new TerraformCloudApplyRole(scope, "deploy", { ...cloudConnections(), ...wide, state: undefined, ...props });
  });

describe("TerraformCloudApplyRole", () => {
  const usual = build();

  test("is called as the one that deploys from GitHub, at the same address", () => {
    expect(usual.resource?.["aws_iam_role"]).toEqual(
      Object.fromEntries(
        Object.keys(deployRole().resource?.["aws_iam_role"] ?? {}).map((address) => [
          address,
          expect.objectContaining({
            name: "acme-prod-deploy",
            description: "Applies prod in Terraform Cloud",
          }) as unknown,
        ]),
      ),
    );
  });

  test("is for the phase apply, which only a confirmed run has", () => {
    const [role = {}] = resources(usual, "aws_iam_role");
    const subjects = policyOf(role, "assume_role_policy").Statement.flatMap(
      ({ Condition }) => Condition?.["StringEquals"]?.["app.terraform.io:sub"] ?? [],
    );
    expect(subjects).toHaveLength(2);
    for (const subject of subjects) expect(subject).toMatch(/:run_phase:apply$/);
  });

  test.each<Partial<TerraformCloudApplyRoleProps>>([
    {},
    { writtenSecrets: ["acme-prod-cache"], passedRoles: ["acme-prod-api-task"], protectData: false },
  ])("may do what the one of GitHub may, with a state that is elsewhere, with %j", (props) => {
    expect(statementsOf(build(props))).toEqual(statementsOf(deployRole({ state: undefined, ...props })));
  });

  test("makes roles under the environment's boundary only, and never touches its own", () => {
    const can = (action: string, resource: string, boundary: string) =>
      allows(statementsOf(usual), { action, resource, context: { "iam:PermissionsBoundary": boundary } });
    const role = `arn:aws:iam::${account}:role/acme-prod-api-task`;
    expect(can("iam:CreateRole", role, boundaryArn)).toBe(true);
    expect(can("iam:CreateRole", role, "arn:aws:iam::aws:policy/AdministratorAccess")).toBe(false);
    expect(can("iam:PutRolePolicy", `arn:aws:iam::${account}:role/delivery/acme-prod-plan`, boundaryArn)).toBe(false);
  });

  test("gives its ARN and its name", () => {
    synth((scope) => {
      const role = new TerraformCloudApplyRole(scope, "deploy", cloudConnections());
      expect(role.roleName).toBe("acme-prod-deploy");
      expect(Token.isUnresolved(role.arn)).toBe(true);
    });
  });

  test("fails on names that are patterns", () => {
    expect(() => build({ writtenSecrets: ["acme-*"] })).toThrow(
      new Error('test/deploy: writtenSecrets must be a whole name without wildcards, got "acme-*"'),
    );
  });
});
