import { gitHubOidcProviderArn } from "../../../modules/delivery/delivery-names";
import { GitHubOidcProvider } from "../../../modules/delivery/github-oidc-provider";
import { context, resourcesOf, synth } from "../../support/synth";

const providers = (destroyable?: boolean) =>
  resourcesOf("aws_iam_openid_connect_provider", (scope) => {
    new GitHubOidcProvider(scope, "github", { context: context({ environment: "shared", destroyable }) });
  });

describe("GitHubOidcProvider", () => {
  test("trusts GitHub's issuer for one audience, and pins no thumbprint", () => {
    const [provider, ...others] = providers();
    expect(provider).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
      tags: { Name: "acme-shared-github" },
    });
    expect(provider).not.toHaveProperty("thumbprint_list");
    expect(others).toEqual([]);
  });

  test("cannot be destroyed unless everything may be", () => {
    expect(providers(false)).toEqual([expect.objectContaining({ lifecycle: { prevent_destroy: true } })]);
    expect(providers(true)[0]).not.toHaveProperty("lifecycle");
  });

  test("has an ARN that the account alone tells", () => {
    synth((scope) => {
      const { arn } = new GitHubOidcProvider(scope, "github", { context: context() });
      expect(arn).toBe("arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com");
      expect(arn).toBe(gitHubOidcProviderArn("123456789012"));
    });
  });
});
