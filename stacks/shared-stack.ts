import type { Construct } from "constructs";
import type { Shared } from "../envs/environment";
import { GitHubOidcProvider } from "../modules/delivery/github-oidc-provider";
import { TerraformCloudOidcProvider } from "../modules/delivery/terraform-cloud-oidc-provider";
import { EnvFileBucket } from "../modules/storage/env-file-bucket";
import { ImageRepository } from "../modules/storage/image-repository";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the shared stack is given. */
export interface SharedStackProps extends BaseStackProps {
  /** What the environments of the account have in common. */
  readonly shared: Shared;

  /** Accounts of environments elsewhere, which may pull the images. */
  readonly pullAccountIds: readonly string[];

  /**
   * Host of Terraform Cloud whose runs the account trusts.
   * @default - none
   */
  readonly trustedCloudHost?: string;
}

/**
 * Once per account, before any environment: image repositories, the bucket of the env files and the trust in GitHub Actions and
 * in runs of Terraform Cloud. Environments
 * know all of them by name, not by reference, so that each deploys without reading this state.
 */
export class SharedStack extends BaseStack {
  override readonly appliedBy = "person";

  constructor(scope: Construct, id: string, props: SharedStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { shared, pullAccountIds, trustedCloudHost: host } = props;
    for (const [repository, settings] of Object.entries(shared.images ?? {})) {
      const others = [...pullAccountIds, ...(settings.pullAccountIds ?? [])];
      new ImageRepository(this, `image-${repository}`, {
        ...settings,
        context,
        repository,
        pullAccountIds: [...new Set(others)],
      });
    }
    if (shared.envFiles) new EnvFileBucket(this, "env-files", { context, ...shared.envFiles });
    if (shared.repository) new GitHubOidcProvider(this, "github", { context });
    if (host !== undefined) new TerraformCloudOidcProvider(this, "terraform-cloud", { context, host });
  }
}
