import type { Construct } from "constructs";
import type { ChosenEnvironment } from "../envs/chosen-system";
import { deliveryRoleArn, ROLE_NAMES } from "../modules/delivery/delivery-names";
import { placeOf, RUN_AUDIENCE } from "../modules/delivery/terraform-cloud-names";
import { TerraformCloudProject } from "../modules/delivery/terraform-cloud-project";
import { hostOf } from "../modules/delivery/terraform-cloud-settings";
import { TerraformCloudWorkspace } from "../modules/delivery/terraform-cloud-workspace";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { CloudStack } from "./cloud-stacks";

/** What the platform stack is given. */
export interface PlatformStackProps extends BaseStackProps {
  /** Every stack that keeps its state in Terraform Cloud, at least one, of all environments: one that was left out would lose its workspace. */
  readonly stacks: readonly [CloudStack, ...CloudStack[]];

  /** All environments, also those that are not built. */
  readonly environments: readonly ChosenEnvironment[];
}

/**
 * Terraform Cloud as far as the system uses it: a project for each environment, and in it a workspace for each stack, which shows its state to the stacks that
 * read it and to no other. A person applies it, before everything that is kept there; so its own state is elsewhere.
 */
export class PlatformStack extends BaseStack {
  override readonly appliedBy = "person";

  private readonly workspaces = new Map<string, TerraformCloudWorkspace>();

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { stacks, environments } = props;
    if (props.state.kind === "cloud") {
      throw new Error(`${this.node.path}: state.kind must be one of local, s3, got "cloud"; it makes what that is in`);
    }
    this.useTerraformCloud(hostOf(stacks[0].state));

    const names = [...new Set(stacks.map(({ context }) => context.environment))];
    for (const name of names) {
      const environment = environments.find((one) => one.name === name);
      const own = stacks.filter(({ context }) => context.environment === name);
      const project = this.project(name, own[0] ?? stacks[0], environment);
      for (const stack of own) this.workspaces.set(stack.name, this.workspace(stack, project));
    }
    for (const { name, readBy } of stacks) {
      for (const reader of readBy.flatMap((one) => this.workspaces.get(one) ?? [])) {
        this.workspaces.get(name)?.showTo(reader);
      }
    }
  }

  private project(
    name: string,
    { context, state }: CloudStack,
    environment: ChosenEnvironment | undefined,
  ): TerraformCloudProject {
    const { project, destroyable } = context;
    return new TerraformCloudProject(this, `project-${name}`, {
      ...placeOf(context, state),
      description: environment ? `${name} of ${project}` : `What the environments of ${project} share`,
      destroyable,
      variables: environment?.cloudRuns && runVariables(context, environment),
      variableSets: environment && state.executionMode === "remote" ? state.variableSets : undefined,
    });
  }

  private workspace(
    { name, context, state, appliedBy, workspace }: CloudStack,
    project: TerraformCloudProject,
  ): TerraformCloudWorkspace {
    const { environment, destroyable } = context;
    const runs = appliedBy === "pipeline" && state.executionMode === "remote";
    return new TerraformCloudWorkspace(this, `workspace-${name}`, {
      organization: state.organization,
      projectId: project.projectId,
      name: workspace,
      description: runs
        ? `State and runs of ${name}`
        : `State of ${name}, which ${appliedBy === "person" ? "a person" : "whoever calls terraform"} applies`,
      tags: { app: context.project, env: environment, stack: name.replace(`${environment}-`, "") },
      executionMode: runs ? "remote" : "local", // what a person applies never runs there, or a run could change its own role
      assessments: runs ? state.assessments : undefined,
      destroyable,
    });
  }
}

/** How a run in the project of an environment becomes somebody in AWS: roles known by name, so that they need not be there yet. */
function runVariables(
  { project }: CloudStack["context"],
  { name, accountId, region }: ChosenEnvironment,
): Readonly<Record<string, string>> {
  const place = { project, environment: name, accountId };
  return {
    TFC_AWS_PROVIDER_AUTH: "true",
    TFC_AWS_PLAN_ROLE_ARN: deliveryRoleArn(place, ROLE_NAMES.plan),
    TFC_AWS_APPLY_ROLE_ARN: deliveryRoleArn(place, ROLE_NAMES.deploy),
    TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE: RUN_AUDIENCE,
    AWS_REGION: region,
  };
}
