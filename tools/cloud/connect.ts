import { homedir } from "node:os";
import { ExitCode } from "../exit-code";
import type { Children } from "../terraform/children";
import { readCliSettings } from "./cli-settings";
import { CloudClient } from "./client";
import { CloudError } from "./cloud-error";
import { tokenFor } from "./credentials";
import { apiOf } from "./discovery";
import { comparableHost, tokenVariable } from "./hostname";
import type { SendingOptions } from "./sending";

export interface ConnectOptions extends SendingOptions {
  /** That of Terraform: its tokens and its CLI configuration count here too. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs a credentials helper, if one is configured. */
  readonly children: Children;
}

/**
 * A client for a host, as Terraform would reach it: the same configuration, the same token. A token in the synthesized stack is not taken, since it would be in
 * everything that was uploaded.
 */
export async function connect(hostname: string, options: ConnectOptions): Promise<CloudClient> {
  const { environment, children } = options;
  const exitCode = ExitCode.configuration;
  const host = comparableHost(hostname);
  if (host === undefined) {
    throw new CloudError(`${JSON.stringify(hostname)} is no host name`, undefined, {
      tryThis: "set state.hostname to a name such as app.terraform.io",
      exitCode,
    });
  }
  const home = environment["HOME"] || homedir();
  const settings = readCliSettings(environment, home);
  const token = await tokenFor(host, settings, { environment, home, children });
  if (token === undefined) {
    throw new CloudError(`there is no token for ${hostname}`, undefined, {
      details: settings.unreadable.map((file) => `${file} was not understood`).join("\n") || undefined,
      tryThis: `terraform login ${hostname}, or set ${tokenVariable(host)}`,
      exitCode,
    });
  }
  return new CloudClient({ host, api: await apiOf(host, settings, options), token }, options);
}
