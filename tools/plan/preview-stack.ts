import { rmSync } from "node:fs";
import { join } from "node:path";
import { withStandIns } from "../terraform/environment";
import { entryOf, said, type Ahead, type Place, type PlanContext, type Planned } from "./plan-context";
import { makePreviewFolder } from "./preview-folder";
import { runPlan } from "./run-plan";
import { actionDigest, actionsOf, changesOutputs } from "./shown-actions";
import { markOfState, type StackState } from "./stack-state";
import { withoutStandIns } from "./stand-ins";

/** Plans a stack in a folder of its own, where it can never be applied, as it will be once what is ahead of it has been applied. */
export async function previewStack(
  place: Place,
  { reason, outputs }: Ahead,
  state: StackState | undefined,
  context: PlanContext,
): Promise<Planned> {
  const { site, kind, terraform, environment } = context;
  // The credentials of a run in Terraform Cloud are there, not here: its preview asks no provider for anything.
  const online = !context.cloud.isRemote(place.stack);
  const folder = makePreviewFolder({ stack: place.stack, folder: site.paths.previews, state, outputs, online });
  try {
    site.prepare(folder.stack, kind === "destroy");
    const base = { ...entryOf(place, "preview"), reason, state: markOfState(state), placeholders: folder.placeholders };
    const init = await terraform.ready(folder.stack, { environment });
    const file = join(folder.stack.folder, "preview.tfplan");
    const { result, json } = init.ok
      ? await runPlan(place.stack, folder.stack, file, {
          ...context,
          refresh: online && context.refresh !== false,
          kept: (json) => withoutStandIns(json, outputs),
          environment: online ? environment : withStandIns(environment),
        })
      : { result: init, json: undefined };
    rmSync(file, { force: true }); // so that nobody applies it by hand
    if (!result.ok || json === undefined) {
      const invented = folder.placeholders.length > 0;
      const later = `it cannot be previewed before ${folder.placeholders.join(", ")} is applied`;
      return {
        entry: {
          ...base,
          ...said(place.stack, result.diagnostics),
          status: invented ? "blocked" : "failed",
          reason: invented ? later : reason,
        },
        upstream: { state },
        canceled: result.canceled,
      };
    }
    const actions = actionsOf(json);
    const { warnings } = said(place.stack, result.diagnostics);
    const changes = { actions, actionDigest: actionDigest(actions), outputsChange: changesOutputs(json), warnings };
    return { entry: { ...base, ...changes }, upstream: { state, plan: json }, canceled: false };
  } finally {
    folder.clear();
  }
}
