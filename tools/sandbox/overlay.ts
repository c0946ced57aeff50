import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeJson } from "../files";
import { listOf, objectOf, type JsonObject } from "../json";
import { awsProviders, type Stack } from "../plan/stack";

/** Terraform merges files of this kind over `cdk.tf.json`, so the synthesized bytes stay what they are. */
const OVERRIDE_FILE = "groundplan_override.tf.json";

/** Times the provider tries a failing call. Its own 25 would turn an action the emulator lacks into minutes of silence. */
const TRIES = 3;

interface OverlayOptions {
  /** The emulator's account. */
  readonly accountId: string;
  /** Whether everything is about to be destroyed, which `prevent_destroy` would forbid. */
  readonly destroying: boolean;
}

/** Writes what differs in a sandbox, and no environment variable can say, beside a synthesized stack. */
export function writeOverlay(stack: Stack, options: OverlayOptions): void {
  const override = overlay(stack.document, options);
  const file = join(stack.folder, OVERRIDE_FILE);
  if (Object.keys(override).length === 0) rmSync(file, { force: true });
  else writeJson(file, override);
}

/**
 * What differs in a sandbox: few tries, the emulator's account where the stack insists on another, and no resource that cannot
 * be destroyed once that is what is asked for.
 */
export function overlay(document: JsonObject, { accountId, destroying }: OverlayOptions): JsonObject {
  const aws = [...awsProviders(document)].map(([alias, block]) => {
    const allowed = listOf(block["allowed_account_ids"]);
    return {
      ...(alias === "" ? {} : { alias }),
      max_retries: TRIES,
      ...(allowed.length > 0 && !allowed.includes(accountId) ? { allowed_account_ids: [accountId] } : {}),
    };
  });
  const resource = destroying ? unprotected(objectOf(document["resource"])) : {};
  return {
    ...(aws.length === 0 ? {} : { provider: { aws } }),
    ...(Object.keys(resource).length === 0 ? {} : { resource }),
  };
}

/** An override for each resource that is protected by `prevent_destroy`. */
function unprotected(resources: JsonObject): JsonObject {
  const overrides = Object.entries(resources).map(([type, byName]) => {
    const names = Object.entries(objectOf(byName)).filter(
      ([, resource]) => objectOf(objectOf(resource)["lifecycle"])["prevent_destroy"] === true,
    );
    return [
      type,
      Object.fromEntries(names.map(([name]) => [name, { lifecycle: { prevent_destroy: false } }])),
    ] as const;
  });
  return Object.fromEntries(overrides.filter(([, byName]) => Object.keys(byName).length > 0));
}
