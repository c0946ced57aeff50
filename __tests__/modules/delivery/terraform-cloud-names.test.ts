import {
  placeOf,
  runSubject,
  terraformCloudOidcProviderArn,
  workspaceNameOf,
} from "../../../modules/delivery/terraform-cloud-names";

const acme = { project: "acme", environment: "prod" };
const organization = "acme-org";

describe("names in Terraform Cloud", () => {
  test("call a project after its environment, unless another name is stated", () => {
    expect(placeOf(acme, { organization })).toEqual({ organization, projectName: "acme-prod" });
    expect(placeOf(acme, { organization, projectName: undefined })).toEqual({ organization, projectName: "acme-prod" });
    expect(placeOf(acme, { organization, projectName: "one" })).toEqual({ organization, projectName: "one" });
  });

  test("call a workspace after its stack", () => {
    expect(workspaceNameOf("acme", "prod-network")).toBe("acme-prod-network");
    expect(workspaceNameOf("acme", "shared")).toBe("acme-shared");
  });

  test("are at most 90 characters long", () => {
    const stack = (length: number) => "s".repeat(length - "acme-".length);
    expect(workspaceNameOf("acme", stack(90))).toHaveLength(90);
    expect(() => workspaceNameOf("acme", stack(91))).toThrow(
      new Error(
        `name of workspace must be at most 90 characters, got 91 in "acme-${stack(91)}"; shorten the project, the environment or the part after it`,
      ),
    );
  });

  test("hold no space", () => {
    expect(() => workspaceNameOf("acme", "prod network")).toThrow(
      new Error('name of workspace must be lower-case letters, digits and single hyphens, got "acme-prod network"'),
    );
  });

  test("are what AWS trusts, whole and by phase", () => {
    const place = placeOf(acme, { organization });
    expect(runSubject(place, "acme-prod-network", "plan")).toBe(
      "organization:acme-org:project:acme-prod:workspace:acme-prod-network:run_phase:plan",
    );
    expect(terraformCloudOidcProviderArn("123456789012", "app.terraform.io")).toBe(
      "arn:aws:iam::123456789012:oidc-provider/app.terraform.io",
    );
  });
});
