import { homedir } from "node:os";
import type { ProviderNeed } from "../plan/stack";
import { findTerraform } from "./binary";
import type { Children } from "./children";
import { prepareCliConfig } from "./cli-config";
import { terraformEnvironment } from "./environment";
import { findMirrors, platformOf } from "./mirrors";
import { Terraform } from "./terraform";

interface SetupOptions {
  readonly children: Children;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder of generated files, plugin cache and lock entries. */
  readonly folder: string;
  /** Providers the stacks need. */
  readonly needs: readonly ProviderNeed[];
  /**
   * Folder of lock entries that are committed.
   * @default - none are
   */
  readonly committedLocks?: string;
}

/** Terraform, ready to run. */
export interface Setup {
  readonly terraform: Terraform;
  /** The environment commands get unless they are told another. */
  readonly environment: NodeJS.ProcessEnv;
  readonly warnings: readonly string[];
  /** Where providers come from, in words. */
  readonly providersFrom: string;
}

/** Finds Terraform and the providers on this machine and configures the one to use the other. */
export async function setUpTerraform(options: SetupOptions): Promise<Setup> {
  const { children, environment, folder, needs, committedLocks } = options;
  const home = environment["HOME"] || homedir();
  const binary = await findTerraform(children, environment);
  const mirrors = findMirrors({ environment, home, platform: platformOf(process.platform, process.arch) });
  const config = prepareCliConfig({ folder, environment, home, mirrors, needs });
  const whole = terraformEnvironment(environment, config.environment);
  return {
    terraform: new Terraform(binary, children, whole, folder, committedLocks),
    environment: whole,
    warnings: config.warnings,
    providersFrom: config.providersFrom,
  };
}
