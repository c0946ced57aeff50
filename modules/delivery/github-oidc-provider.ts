import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { Context } from "../context";
import { GITHUB_ISSUER, gitHubOidcProviderArn } from "./delivery-names";
import { AUDIENCE } from "./github-trust";

/** What the identity provider is given. */
export interface GitHubOidcProviderProps {
  /** For whom and where. */
  readonly context: Context;
}

/**
 * GitHub as an identity provider of the account, once per account: the reason no access key has to be kept on GitHub. By itself it lets
 * nobody in; each role says whom it trusts. AWS checks GitHub's certificate against its own authorities, so no thumbprint is pinned.
 */
export class GitHubOidcProvider extends Construct {
  /** ARN of the provider, which other stacks know by the account's number alone. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { context }: GitHubOidcProviderProps) {
    super(scope, id);
    new IamOpenidConnectProvider(this, "provider", {
      url: `https://${GITHUB_ISSUER}`,
      clientIdList: [AUDIENCE],
      tags: { Name: context.names("iamPolicy", "github") },
      lifecycle: context.destroyable ? undefined : { preventDestroy: true }, // without it no environment can be deployed any more
    });
    this.arn = gitHubOidcProviderArn(context.accountId);
  }
}
