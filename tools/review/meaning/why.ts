import type { ResourceChange } from "../plan-document";
import { pathText, type Path } from "../value";

/** Terraform's words for why, in ours. The list is open: a word that is not in it is shown as it is. Source: `jsonplan/plan.go` of Terraform 1.11. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is tainted: an earlier apply left it half made",
  replace_because_cannot_update: "it cannot be changed in place",
  replace_by_request: "its replacement was asked for (-replace)",
  replace_by_triggers: "something it names in replace_triggered_by changes",
  delete_because_no_resource_config: "it is no longer in the configuration",
  delete_because_wrong_repetition: "it has count or for_each now and had not, or the other way round",
  delete_because_count_index: "its index is beyond count",
  delete_because_each_key: "its key is no longer in for_each",
  delete_because_no_module: "its module is no longer in the configuration",
  delete_because_no_move_target: "what it was to be moved to is not in the configuration",
  read_because_config_unknown: "what it asks for is known only during the apply",
  read_because_dependency_pending: "something it depends on changes first",
  read_because_check_nested: "a check reads it after everything else",
};

const DEFERRED: Readonly<Record<string, string>> = {
  instance_count_unknown: "how many there are is not known yet",
  resource_config_unknown: "its configuration is not known yet",
  provider_config_unknown: "its provider's configuration is not known yet",
  absent_prereq: "something it depends on does not exist yet",
  deferred_prereq: "something it depends on is put off",
};

/** Why a change comes about, in words. */
export function whyOf({ reason, replacePaths }: Pick<ResourceChange, "reason" | "replacePaths">): string | undefined {
  const paths = [...new Set(replacePaths.map(replacePathText))];
  if (paths.length > 0 && (reason === undefined || reason === "replace_because_cannot_update")) {
    return `${paths.join(", ")} cannot be changed in place`;
  }
  if (reason === undefined) return undefined;
  return Object.hasOwn(REASONS, reason) ? REASONS[reason] : reason;
}

/** Why a change is put off, in words. */
export function whyDeferred(reason: string): string {
  return (Object.hasOwn(DEFERRED, reason) ? DEFERRED[reason] : undefined) ?? reason;
}

/** A path with the element of a set, which has no index, as `[…]`. */
export function replacePathText(path: Path): string {
  return pathText(path).replaceAll("[-1]", "[…]");
}
