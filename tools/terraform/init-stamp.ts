import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { readText, writeFile } from "../files";
import type { JsonObject } from "../json";
import type { ProviderNeed } from "../plan/stack";

/** What a folder is initialized for. */
export interface Readiness {
  readonly folder: string;
  /** The synthesized stack. */
  readonly document: JsonObject;
  readonly providers: readonly ProviderNeed[];
  /** Terraform's own version. */
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
}

const STAMP = "groundplan-init";
const LOCK_FILE = ".terraform.lock.hcl";

/** Where Terraform keeps what `init` fetched for a folder: `.terraform`, or what `TF_DATA_DIR` says. */
export function dataFolder(folder: string, environment: NodeJS.ProcessEnv): string {
  const named = environment["TF_DATA_DIR"] || ".terraform";
  return isAbsolute(named) ? named : join(folder, named);
}

/** Whether a folder was initialized for just this, and its providers are still there. */
export function isReady(readiness: Readiness): boolean {
  return (
    stampOf(readiness)[1] === wholeDigest(readiness) && readiness.providers.every((need) => isThere(readiness, need))
  );
}

/**
 * Removes what Terraform remembers of a backend that the folder no longer has, so that `init` neither asks about moving the state nor moves it.
 */
export function forgetOtherBackend(readiness: Readiness): void {
  const [backend] = stampOf(readiness);
  if (backend === undefined || backend === backendDigest(readiness)) return;
  const data = dataFolder(readiness.folder, readiness.environment);
  for (const name of ["terraform.tfstate", "environment"]) rmSync(join(data, name), { force: true });
}

/** Notes what a folder was initialized for. */
export function keepReady(readiness: Readiness): void {
  const data = dataFolder(readiness.folder, readiness.environment);
  writeFile(join(data, STAMP), `${backendDigest(readiness)}\n${wholeDigest(readiness)}\n`);
}

function wholeDigest({ folder, document, version, environment }: Readiness): string {
  const config = environment["TF_CLI_CONFIG_FILE"];
  return digest([
    version,
    document["terraform"],
    readText(join(folder, LOCK_FILE)),
    config === undefined ? undefined : readText(config),
    environment["TF_PLUGIN_CACHE_DIR"],
  ]);
}

function backendDigest({ document }: Readiness): string {
  const { backend, cloud } = (document["terraform"] ?? {}) as JsonObject;
  return digest([backend, cloud]);
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest("hex");
}

function stampOf({ folder, environment }: Readiness): readonly (string | undefined)[] {
  return readText(join(dataFolder(folder, environment), STAMP))?.split("\n") ?? [];
}

/** A link into a plugin cache that was emptied leads nowhere, and does not count. */
function isThere({ folder, environment }: Readiness, { source, version }: ProviderNeed): boolean {
  const full = source.split("/").length === 3 ? source : `registry.terraform.io/${source}`;
  if (full.startsWith("terraform.io/builtin/")) return true;
  const provider = join(dataFolder(folder, environment), "providers", full, version ?? "");
  return entries(provider).some((platform) => existsSync(join(provider, platform)));
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // no such folder: the provider is not there
  }
}
