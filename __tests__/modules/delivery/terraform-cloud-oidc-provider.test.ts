import { TerraformCloudOidcProvider } from "../../../modules/delivery/terraform-cloud-oidc-provider";
import { context, resourcesOf, synth } from "../../support/synth";

const providers = (destroyable?: boolean, host = "app.terraform.io") =>
  resourcesOf("aws_iam_openid_connect_provider", (scope) => {
    new TerraformCloudOidcProvider(scope, "cloud", { context: context({ environment: "shared", destroyable }), host });
  });

describe("TerraformCloudOidcProvider", () => {
  test("trusts the host for the audience of AWS, and pins no thumbprint", () => {
    const [provider, ...others] = providers();
    expect(provider).toMatchObject({
      url: "https://app.terraform.io",
      client_id_list: ["aws.workload.identity"],
      tags: { Name: "acme-shared-terraform-cloud" },
    });
    expect(provider).not.toHaveProperty("thumbprint_list");
    expect(others).toEqual([]);
  });

  test("trusts an installation of Terraform Enterprise by its own name", () => {
    expect(providers(false, "tfe.example.com")).toEqual([
      expect.objectContaining({ url: "https://tfe.example.com", client_id_list: ["aws.workload.identity"] }),
    ]);
  });

  test("cannot be destroyed unless everything may be", () => {
    expect(providers(false)).toEqual([expect.objectContaining({ lifecycle: { prevent_destroy: true } })]);
    expect(providers(true)[0]).not.toHaveProperty("lifecycle");
  });

  test("has an ARN that the account and the host alone tell", () => {
    synth((scope) => {
      const { arn } = new TerraformCloudOidcProvider(scope, "cloud", { context: context(), host: "app.terraform.io" });
      expect(arn).toBe("arn:aws:iam::123456789012:oidc-provider/app.terraform.io");
    });
  });
});
