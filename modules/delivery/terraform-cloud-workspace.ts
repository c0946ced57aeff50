import { Workspace } from "@cdktf/provider-tfe/lib/workspace";
import { WorkspaceSettings } from "@cdktf/provider-tfe/lib/workspace-settings";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { assertValid, notOneOf } from "../validation";
import type { ExecutionMode } from "./terraform-cloud-settings";
import { TERRAFORM_VERSION } from "./terraform-version";
import { nameProblem } from "../naming";

/** What a workspace is given. */
export interface TerraformCloudWorkspaceProps {
  /** Organization it belongs to. */
  readonly organization: string;

  /** Project it is in, `TerraformCloudProject.projectId`. */
  readonly projectId: string;

  /** Its name, `workspaceNameOf`: what a stack's backend says, and what AWS trusts. */
  readonly name: string;

  /** What it is for, in a sentence. */
  readonly description: string;

  /** Tags for people who look for it. Nothing is chosen by them. */
  readonly tags: Readonly<Record<string, string>>;

  /** Where its runs are: there, or where somebody calls terraform. */
  readonly executionMode: ExecutionMode;

  /**
   * Whether Terraform Cloud looks for drift by itself.
   * @default false
   */
  readonly assessments?: boolean;

  /** Whether all that it manages may be destroyed, and it with that. */
  readonly destroyable: boolean;
}

/**
 * The state of one stack in Terraform Cloud, and its runs. Nothing is applied before somebody confirms it; no run starts by itself, neither with the workspace nor
 * after another's; and its state is read by the workspaces it is shown to and by no other.
 */
export class TerraformCloudWorkspace extends Construct {
  /** Its name. */
  readonly name: string;

  /** Its id. */
  readonly workspaceId: string;

  private readonly readers = new Map<string, TerraformCloudWorkspace>();

  constructor(scope: Construct, id: string, props: TerraformCloudWorkspaceProps) {
    super(scope, id);
    const { organization, projectId, name, description, tags, executionMode, assessments = false, destroyable } = props;
    assertValid(this, [
      nameProblem("workspace", name),
      notOneOf("executionMode", executionMode, ["remote", "local"]),
      executionMode === "local" && assessments
        ? 'assessments must be false with executionMode "local", got true; they are runs, and nothing runs there'
        : undefined,
    ]);

    const workspace = new Workspace(this, "workspace", {
      organization,
      projectId,
      name,
      description,
      tags: { ...tags },
      terraformVersion: TERRAFORM_VERSION,
      queueAllRuns: false,
      autoApplyRunTrigger: false,
      speculativeEnabled: true,
      structuredRunOutputEnabled: true,
      fileTriggersEnabled: false,
      allowDestroyPlan: destroyable,
      forceDelete: false, // one that still manages something is not deleted, whatever else is allowed
      lifecycle: destroyable ? undefined : { preventDestroy: true },
    });
    new WorkspaceSettings(this, "settings", {
      workspaceId: workspace.id,
      executionMode,
      autoApply: false,
      assessmentsEnabled: assessments,
      globalRemoteState: false,
      remoteStateConsumerIds: Lazy.listValue({ produce: () => this.readerIds() }),
    });
    this.name = name;
    this.workspaceId = workspace.id;
  }

  /** Shows the state to another workspace, whose runs may read all of it. */
  showTo(reader: TerraformCloudWorkspace): void {
    this.readers.set(reader.name, reader);
  }

  /** In the order of their names, so that the same readers always give the same bytes. */
  private readerIds(): string[] {
    return [...this.readers].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, { workspaceId }]) => workspaceId);
  }
}
