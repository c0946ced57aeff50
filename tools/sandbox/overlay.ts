import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeJson } from "../files";
import { listOf, type JsonObject } from "../json";
import { awsProviders, type Stack } from "../plan/stack";

/** Terraform merges files of this kind over `cdk.tf.json`, so the synthesized bytes stay what they are. */
const OVERRIDE_FILE = "groundplan_override.tf.json";

/** Times the provider tries a failing call. Its own 25 would turn an action the emulator lacks into minutes of silence. */
const TRIES = 3;

/** Writes what the provider can be told by no environment variable beside a synthesized stack. */
export function writeOverlay(stack: Stack, accountId: string): void {
  const override = overlay(stack.document, accountId);
  const file = join(stack.folder, OVERRIDE_FILE);
  if (override === undefined) rmSync(file, { force: true });
  else writeJson(file, override);
}

/** The provider settings of a sandbox: few tries, and the emulator's account where the stack insists on another. */
export function overlay(document: JsonObject, accountId: string): JsonObject | undefined {
  const blocks = [...awsProviders(document)].map(([alias, block]) => {
    const allowed = listOf(block["allowed_account_ids"]);
    return {
      ...(alias === "" ? {} : { alias }),
      max_retries: TRIES,
      ...(allowed.length > 0 && !allowed.includes(accountId) ? { allowed_account_ids: [accountId] } : {}),
    };
  });
  return blocks.length === 0 ? undefined : { provider: { aws: blocks } };
}
