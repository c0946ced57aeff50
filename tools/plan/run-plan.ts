import { chmodSync, existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFile } from "../files";
import { isObject, type JsonObject } from "../json";
import type { CommandResult, Terraform } from "../terraform/terraform";
import type { PlanContext } from "./plan-context";
import type { Stack } from "./stack";

/** Plans in a folder and keeps the plan's JSON, as `kept` makes it; of a plan that failed half-way too, as far as there is one. */
export async function runPlan(
  { name }: Stack,
  stack: Stack,
  file: string,
  context: PlanContext & { readonly kept?: (json: string) => string },
): Promise<{ result: CommandResult; json?: JsonObject }> {
  const { kind, terraform, environment, paths, lock, lockSeconds, cloud, onActivity, refresh = true } = context;
  const { kept = (text) => text } = context;
  const remote = cloud.isRemote(stack);
  const result = await terraform.plan(stack.folder, {
    out: file,
    refresh,
    mode: kind === "plan" ? "normal" : kind === "drift" ? "refresh-only" : "destroy",
    lock,
    lockSeconds,
    environment,
    remote,
    log: paths.log(name, "plan"),
    onEvent: (event) => onActivity({ stack: name, at: Date.now(), kind: "terraform", event }),
  });
  if (!existsSync(file)) return { result };
  chmodSync(file, 0o600);
  const { shown, json } = await jsonOf(stack, file, terraform, environment);
  if (json !== undefined) {
    writeFile(paths.json(name), kept(shown.json), 0o600);
    return { result, json };
  }
  const silent = { severity: "error" as const, summary: "The plan's JSON cannot be read", detail: UNREADABLE };
  return { result: result.ok ? { ...shown, ok: false, diagnostics: shown.ok ? [silent] : shown.diagnostics } : result };
}

/** A saved plan as JSON. Terraform Cloud makes it a while after the plan; until then the CLI prints nothing and calls that a success. */
async function jsonOf({ folder }: Stack, file: string, terraform: Terraform, environment: NodeJS.ProcessEnv) {
  for (let tries = JSON_TRIES; ; tries -= 1) {
    const shown = await terraform.show(folder, file, { environment });
    const isLate = shown.ok && shown.json.trim() === "" && tries > 0 && !terraform.interrupted;
    if (!isLate) return { shown, json: shown.ok ? documentIn(shown.json) : undefined };
    await sleep(JSON_PAUSE_MILLISECONDS);
  }
}

function documentIn(text: string): JsonObject | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined; // it ended before it had written all of it
  }
}

const JSON_TRIES = 60;
const JSON_PAUSE_MILLISECONDS = 1000;
const UNREADABLE = "In Terraform Cloud it takes the rights of the workspace's admin, and not an organization's token.";
