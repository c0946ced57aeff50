import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import {
  Annotations,
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformOutput,
  TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import type { ResolvedState } from "../envs/tiers";
import { UpstashProvider } from "../modules/cache/upstash/provider";
import type { Context } from "../modules/context";

/** What every stack is given. */
export interface BaseStackProps {
  /** For whom and where the stack builds. */
  readonly context: Context;

  /** Where its state is kept. */
  readonly state: ResolvedState;

  /**
   * Advice about the environment that is worth reading before a deploy; shown by `cdktf synth` and `cdktf deploy`.
   * @default - none
   */
  readonly warnings?: readonly string[];
}

/**
 * A stack with its backend, its default tags and its region: the only place where backends and providers appear.
 * A stack names the providers it needs; credentials come from the environment of the run, never from the code.
 */
export abstract class BaseStack extends TerraformStack {
  /** For whom and where the stack builds. */
  readonly context: Context;

  protected constructor(scope: Construct, id: string, props: BaseStackProps) {
    super(scope, id);
    this.context = props.context;
    addBackend(this, id, props);
    for (const warning of props.warnings ?? []) Annotations.of(this).addWarning(warning);
  }

  /**
   * A value that another stack reads. cdktf marks every one of them sensitive, which spreads to whatever it touches and hides task definitions
   * and policies from the reader of a plan. Ours are names, addresses and ARNs. A real secret cannot slip through: Terraform refuses an
   * output that is not marked sensitive when its value is.
   */
  override registerOutgoingCrossStackReference(identifier: string): TerraformOutput {
    const output = super.registerOutgoingCrossStackReference(identifier);
    output.sensitive = false;
    return output;
  }

  /** AWS, in the region of the context, and in no other account than its own. */
  protected useAws(): void {
    const { project, environment, region, accountId } = this.context;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [accountId], // a deploy with another account's credentials stops before it changes anything
      defaultTags: [
        { tags: { Project: project, Environment: environment, Stack: this.node.id, ManagedBy: "groundplan" } },
      ],
    });
  }

  /** Cloudflare; the token comes from `CLOUDFLARE_API_TOKEN`. */
  protected useCloudflare(): void {
    new CloudflareProvider(this, "cloudflare", {});
  }

  /** GitHub; the token comes from `GITHUB_TOKEN`. */
  protected useGitHub(owner: string): void {
    new GithubProvider(this, "github", { owner });
  }

  /** Upstash; `UPSTASH_EMAIL` and `UPSTASH_API_KEY` come from the environment. */
  protected useUpstash(): void {
    new UpstashProvider(this, "upstash");
  }
}

function addBackend(stack: BaseStack, id: string, { context, state }: BaseStackProps): void {
  switch (state.kind) {
    case "local":
      // Relative to the stack's folder in cdktf.out, so that the same inputs give the same bytes on every machine.
      new LocalBackend(stack, { path: `../../../.groundplan/state/${id}.tfstate` });
      return;
    case "s3":
      new S3Backend(stack, {
        bucket: state.bucket,
        key: `${context.environment}/${id}.tfstate`,
        region: state.region,
        encrypt: true,
      }).addOverride("use_lockfile", true); // cdktf 0.21 has no typed prop for Terraform's own lock file
      return;
    case "cloud":
      new CloudBackend(stack, {
        organization: state.organization,
        hostname: state.hostname,
        workspaces: new NamedCloudWorkspace(
          `${context.project}-${id}`,
          state.projectName ?? `${context.project}-${context.environment}`,
        ),
      });
  }
}
