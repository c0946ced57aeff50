import type { Action } from "../plan-document";

/** Every combination Terraform is known to write. Sources: `jsonplan/plan.go` of Terraform 1.11, and its changelog since. */
const ACTIONS: Readonly<Record<string, Action>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  "delete,create": "replace",
  "create,delete": "replace-create-first",
  forget: "forget",
  "create,forget": "create-forget",
  "forget,create": "create-forget",
  open: "open",
};

/** What a combination of actions comes to; `unknown` for one that Terraform is not known to write. */
export function actionOf(actions: readonly string[]): Action {
  const key = actions.join(",");
  return Object.hasOwn(ACTIONS, key) ? (ACTIONS[key] ?? "unknown") : "unknown";
}
