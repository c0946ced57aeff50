import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { Context } from "../context";
import { RUN_AUDIENCE, terraformCloudOidcProviderArn } from "./terraform-cloud-names";

/** What the identity provider is given. */
export interface TerraformCloudOidcProviderProps {
  /** For whom and where. */
  readonly context: Context;

  /** Host that signs the tokens of the runs. */
  readonly host: string;
}

/**
 * Terraform Cloud as an identity provider of the account, once per account: the reason no access key has to be kept there. By itself it lets nobody in;
 * each role says whom it trusts. AWS checks the host's certificate against its own authorities, so no thumbprint is pinned.
 */
export class TerraformCloudOidcProvider extends Construct {
  /** ARN of the provider, which other stacks know by the account's number and the host alone. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { context, host }: TerraformCloudOidcProviderProps) {
    super(scope, id);
    new IamOpenidConnectProvider(this, "provider", {
      url: `https://${host}`,
      clientIdList: [RUN_AUDIENCE],
      tags: { Name: context.names("iamPolicy", "terraform-cloud") },
      lifecycle: context.destroyable ? undefined : { preventDestroy: true }, // without it no environment can be deployed any more
    });
    this.arn = terraformCloudOidcProviderArn(context.accountId, host);
  }
}
