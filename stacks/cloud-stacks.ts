import { TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import type { ResolvedCloudState } from "../envs/tiers";
import type { Context } from "../modules/context";
import { BaseStack, cloudState } from "./base-stack";

/** A stack that keeps its state in Terraform Cloud, as far as the stack that makes its workspace has to know it. */
export interface CloudStack {
  /** Its name, which is also its construct id. */
  readonly name: string;

  /** For whom and where it builds. */
  readonly context: Context;

  /** Where its state is. */
  readonly state: ResolvedCloudState;

  /** Who applies it. */
  readonly appliedBy: BaseStack["appliedBy"];

  /** Its workspace. */
  readonly workspace: string;

  /** Names of the stacks in Terraform Cloud whose configuration reads its state, in the order of the app. */
  readonly readBy: readonly string[];
}

/**
 * Every stack of an app that keeps its state in Terraform Cloud. Who reads whom is taken from the configuration that was built, and not from a list beside
 * it: a reference from one stack to another makes such a reading, and so does a stack that looks up another's outputs by name. A stack that only
 * has to come after another reads nothing of it. The app is not to be synthesized afterwards.
 */
export function cloudStacks(app: Construct): CloudStack[] {
  const all = stacksOf(app);
  for (const stack of all) stack.prepareStack(); // only now cdktf makes the readings out of the references
  const inCloud = all.flatMap((stack) => (stack.state.kind === "cloud" ? [{ stack, state: stack.state }] : []));
  const readings = inCloud.map(({ stack }) => ({ reader: stack.node.id, read: statesReadBy(stack) }));
  return inCloud.map(({ stack, state }) => {
    const { organization, workspace } = cloudState(stack.node.id, stack.context, state);
    return {
      name: stack.node.id,
      context: stack.context,
      state,
      appliedBy: stack.appliedBy,
      workspace,
      readBy: readings.filter(({ read }) => read.has(`${organization}/${workspace}`)).map(({ reader }) => reader),
    };
  });
}

/** The stacks of an app, in the order they were made. */
export function stacksOf(app: Construct): BaseStack[] {
  return app.node.children.filter((child) => child instanceof BaseStack);
}

/** What a remote state says in the configuration of the stack that reads it. */
interface RemoteStateBlocks {
  readonly data: {
    readonly terraform_remote_state: Readonly<
      Record<string, { readonly config: { readonly organization?: string; readonly workspaces?: { name: string } } }>
    >;
  };
}

/** Every state in Terraform Cloud that a stack reads, as `<organization>/<workspace>`. */
function statesReadBy(stack: BaseStack): Set<string> {
  const blocks = stack.node
    .findAll()
    .filter((child) => child instanceof TerraformRemoteState)
    .flatMap((state) => Object.values((state.toTerraform() as RemoteStateBlocks).data.terraform_remote_state));
  return new Set(
    blocks.flatMap(({ config: { organization, workspaces } }) =>
      organization !== undefined && workspaces ? [`${organization}/${workspaces.name}`] : [],
    ),
  );
}
