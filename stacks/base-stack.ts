import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { TfeProvider } from "@cdktf/provider-tfe/lib/provider";
import {
  Annotations,
  CloudBackend,
  DataTerraformRemoteState,
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformOutput,
  type TerraformRemoteState,
  TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import type { ResolvedCloudState, ResolvedState } from "../envs/tiers";
import { UpstashProvider } from "../modules/cache/upstash/provider";
import { RenderProvider } from "../modules/compute/render/provider";
import type { Context } from "../modules/context";
import { NeonProvider } from "../modules/database/neon/provider";
import { placeOf, workspaceNameOf } from "../modules/delivery/terraform-cloud-names";
import { VercelProvider } from "../modules/edge/vercel/provider";

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

  /** Where its state is kept. */
  readonly state: ResolvedState;

  /** Who applies it: a person where it says what a pipeline may do, which no pipeline may change itself. */
  readonly appliedBy: "person" | "pipeline" = "pipeline";

  private needsAws = false;

  protected constructor(scope: Construct, id: string, props: BaseStackProps) {
    super(scope, id);
    this.context = props.context;
    this.state = props.state;
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

  /** Whether it has something in AWS, so that who applies it needs rights there. */
  get usesAws(): boolean {
    return this.needsAws;
  }

  /** AWS, in the region of the context, and in no other account than its own. */
  protected useAws(): AwsProvider {
    this.needsAws = true;
    return new AwsProvider(this, "aws", this.awsConfig(this.context.region));
  }

  /** AWS in one more region, for the resources that are given it. */
  protected useAwsIn(region: string): AwsProvider {
    return new AwsProvider(this, `aws-${region}`, { ...this.awsConfig(region), alias: region });
  }

  /** Cloudflare; the token comes from `CLOUDFLARE_API_TOKEN`. */
  protected useCloudflare(): void {
    new CloudflareProvider(this, "cloudflare", {});
  }

  /** GitHub; the token comes from `GITHUB_TOKEN`. */
  protected useGitHub(owner: string): void {
    new GithubProvider(this, "github", { owner });
  }

  /** Terraform Cloud; the token comes from `TFE_TOKEN` or `terraform login`. */
  protected useTerraformCloud(hostname: string): void {
    new TfeProvider(this, "tfe", { hostname });
  }

  /** Upstash; `UPSTASH_EMAIL` and `UPSTASH_API_KEY` come from the environment. */
  protected useUpstash(): void {
    new UpstashProvider(this, "upstash");
  }

  /** Vercel; the token comes from `VERCEL_API_TOKEN`. */
  protected useVercel(): void {
    new VercelProvider(this, "vercel");
  }

  /** Neon; the key comes from `NEON_API_KEY`. */
  protected useNeon(): void {
    new NeonProvider(this, "neon");
  }

  /** Render; `RENDER_API_KEY` and `RENDER_OWNER_ID` come from the environment. */
  protected useRender(): void {
    new RenderProvider(this, "render");
  }

  /**
   * Outputs of a stack that is deployed before, by name, read from its state. Unlike a reference it does not tie the two together: either is deployed
   * without the other being named.
   */
  protected outputsOf(stackName: string, environment: string, state: ResolvedState): (output: string) => string {
    const remote = remoteState(this, stackName, { ...this.context, environment }, state);
    return (output) => remote.getString(output);
  }

  private awsConfig(region: string) {
    const { project, environment, accountId } = this.context;
    return {
      region,
      allowedAccountIds: [accountId], // a deploy with another account's credentials stops before it changes anything
      defaultTags: [
        { tags: { Project: project, Environment: environment, Stack: this.node.id, ManagedBy: "groundplan" } },
      ],
    };
  }
}

type Place = Pick<Context, "project" | "environment">;

function addBackend(stack: BaseStack, id: string, { context, state }: BaseStackProps): void {
  switch (state.kind) {
    case "local":
      new LocalBackend(stack, localState(id));
      return;
    case "s3":
      new S3Backend(stack, s3State(id, context, state)).addOverride("use_lockfile", true); // cdktf 0.21 has no typed prop for Terraform's own lock file
      return;
    case "cloud": {
      const { organization, hostname, workspace, projectName } = cloudState(id, context, state);
      new CloudBackend(stack, {
        organization,
        hostname,
        workspaces: new NamedCloudWorkspace(workspace, projectName),
      });
    }
  }
}

function remoteState(stack: BaseStack, name: string, place: Place, state: ResolvedState): TerraformRemoteState {
  const id = `state-${name}`;
  switch (state.kind) {
    case "local":
      return new DataTerraformRemoteStateLocal(stack, id, localState(name));
    case "s3":
      return new DataTerraformRemoteStateS3(stack, id, s3State(name, place, state));
    case "cloud": {
      const { organization, hostname, workspace } = cloudState(name, place, state);
      const workspaces = new NamedCloudWorkspace(workspace);
      return new DataTerraformRemoteState(stack, id, { organization, hostname, workspaces });
    }
  }
}

/** Relative to the stack's folder in cdktf.out, so that the same inputs give the same bytes on every machine. */
function localState(name: string) {
  return { path: `../../../.groundplan/state/${name}.tfstate` };
}

function s3State(name: string, { environment }: Place, state: Extract<ResolvedState, { kind: "s3" }>) {
  return { bucket: state.bucket, key: `${environment}/${name}.tfstate`, region: state.region, encrypt: true };
}

/** The workspace of a stack, as its backend, its readers and those who trust its runs say it. */
export function cloudState(name: string, place: Place, state: ResolvedCloudState) {
  return { ...placeOf(place, state), hostname: state.hostname, workspace: workspaceNameOf(place.project, name) };
}
