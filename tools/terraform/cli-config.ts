import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { makeFolder, readText, writeFile } from "../files";
import type { ProviderNeed } from "../plan/stack";
import type { Mirror } from "./mirrors";
import { UserError } from "../user-error";

/** How Terraform is configured on this machine. */
export interface CliConfig {
  /** Environment variables that select the configuration. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Lines to show before the work begins. */
  readonly warnings: readonly string[];
  /** Where providers come from, in words. */
  readonly providersFrom: string;
}

interface ConfigOptions {
  /** Folder of generated files, such as `.groundplan/terraform`. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  readonly mirrors: readonly Mirror[];
  /** Providers the stacks need, so that a mirror without the right version does not stand in the registry's way. */
  readonly needs: readonly ProviderNeed[];
}

/**
 * Chooses the CLI configuration. The user's own counts as it is when it says where providers come from. Else one is generated
 * from it that adds a mirror found on the machine; without any mirror the user's stays in force and the registry serves.
 */
export function prepareCliConfig({ folder, environment, home, mirrors, needs }: ConfigOptions): CliConfig {
  const warnings: string[] = [];
  const named = environment["TF_CLI_CONFIG_FILE"] || undefined;
  let own = named === undefined ? undefined : readText(named);
  if (named !== undefined && own === undefined)
    warnings.push(`TF_CLI_CONFIG_FILE names ${named}, which does not exist; it is ignored`);
  if (named !== undefined && own !== undefined && !isBalanced(own)) {
    throw new UserError(`TF_CLI_CONFIG_FILE names ${named}, whose braces or quotes do not pair up`, {
      tryThis: "mend that Terraform CLI configuration, or unset TF_CLI_CONFIG_FILE",
      exitCode: ExitCode.configuration,
    });
  }
  const ignored = warnings.length > 0;
  const mirrorNamed = environment["TF_PLUGIN_MIRROR"];
  if (mirrorNamed && !mirrors.some((mirror) => mirror.folder === mirrorNamed)) {
    warnings.push(`TF_PLUGIN_MIRROR names ${mirrorNamed}, which holds no provider for this platform; it is ignored`);
  }
  if (named === undefined) own = readText(join(home, ".terraformrc"));
  const text = own ?? "";

  const cache =
    environment["TF_PLUGIN_CACHE_DIR"] ||
    (/^\s*plugin_cache_dir\s*=/m.test(text) ? undefined : join(folder, "plugins"));
  if (cache !== undefined) makeFolder(cache);
  const common = { CHECKPOINT_DISABLE: "1", TF_PLUGIN_CACHE_DIR: cache };
  if (/^\s*provider_installation\s*\{/m.test(text)) {
    return {
      environment: common,
      warnings,
      providersFrom: `your Terraform CLI configuration (${named ?? "~/.terraformrc"})`,
    };
  }

  const used = covering(mirrors, needs);
  if (used.length === 0 && !ignored) return { environment: common, warnings, providersFrom: "the registry" };
  const file = join(folder, "terraform.tfrc");
  writeFile(file, [withoutCheckpoint(text), "disable_checkpoint = true", installation(used), ""].join("\n"), 0o600);
  return {
    environment: { ...common, TF_CLI_CONFIG_FILE: file },
    warnings,
    providersFrom: used.length === 0 ? "the registry" : used.map((mirror) => mirror.folder).join(", "),
  };
}

/** The mirrors to use, each with the sources it is asked for: the first that holds a needed version serves that provider. */
function covering(
  mirrors: readonly Mirror[],
  needs: readonly ProviderNeed[],
): Array<{ folder: string; sources: string[] }> {
  const served = new Set<string>();
  return mirrors.flatMap(({ folder, providers }) => {
    const held = (need: ProviderNeed) =>
      providers.some(({ source, version }) => source === need.source && (need.version ?? version) === version);
    const sources = [
      ...new Set(needs.filter((need) => !served.has(need.source) && held(need)).map((need) => need.source)),
    ];
    sources.forEach((source) => served.add(source));
    return sources.length === 0 ? [] : [{ folder, sources }];
  });
}

function installation(mirrors: ReadonlyArray<{ folder: string; sources: readonly string[] }>): string {
  const quoted = (sources: readonly string[]) =>
    sources.map((source) => JSON.stringify(`registry.terraform.io/${source}`)).join(", ");
  const blocks = mirrors.map(
    ({ folder, sources }) =>
      `  filesystem_mirror {\n    path    = ${JSON.stringify(folder)}\n    include = [${quoted(sources)}]\n  }`,
  );
  const excluded = mirrors.flatMap(({ sources }) => sources);
  const direct = excluded.length === 0 ? "  direct {}" : `  direct {\n    exclude = [${quoted(excluded)}]\n  }`;
  return ["provider_installation {", ...blocks, direct, "}"].join("\n");
}

function withoutCheckpoint(text: string): string {
  return text.replaceAll(/^\s*disable_checkpoint\s*=.*$/gm, "").trim();
}

/** Whether braces and quotes pair up: enough to tell a configuration from something else. */
function isBalanced(text: string): boolean {
  const bare = text.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, "").replaceAll(/(#|\/\/).*$/gm, "");
  let depth = 0;
  for (const character of bare) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0 && !bare.includes('"');
}
