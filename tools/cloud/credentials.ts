import { join } from "node:path";
import { objectOf, stringOf } from "../json";
import { onPath } from "../terraform/binary";
import type { Children } from "../terraform/children";
import { readCliSettings, type CliSettings } from "./cli-settings";
import { hostOfVariable, tokenVariable } from "./hostname";

interface TokenSource {
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** Runs a credentials helper, if one is configured. */
  readonly children: Children;
}

/**
 * The token for a host, looked for where Terraform looks and in the same order: a variable, the CLI configuration, a credentials helper. It is
 * never printed, and goes nowhere but to that host.
 */
export async function tokenFor(host: string, settings: CliSettings, source: TokenSource): Promise<string | undefined> {
  const { environment } = source;
  const variable = Object.keys(environment).find((name) => hostOfVariable(name) === host);
  const named = variable === undefined ? undefined : environment[variable];
  if (named !== undefined) return named || undefined;
  return settings.tokens.get(host) || (settings.helper && askHelper(host, settings.helper, source));
}

/**
 * The variables that bring a token to Terraform which it would not find by itself: with `TF_CLI_CONFIG_FILE` set, it no longer reads the file in
 * which `terraform login` left the token. Hosts whose token it does find are left out.
 */
export function credentialVariables(
  hosts: readonly string[],
  user: { readonly environment: NodeJS.ProcessEnv; readonly home: string },
  terraform: NodeJS.ProcessEnv,
): Record<string, string> {
  const own = readCliSettings(user.environment, user.home).tokens;
  const seen = readCliSettings(terraform, user.home).tokens;
  const known = new Set(Object.keys(terraform).map(hostOfVariable));
  return Object.fromEntries(
    hosts.flatMap((host) => {
      const token = own.get(host);
      return token === undefined || seen.has(host) || known.has(host) ? [] : [[tokenVariable(host), token]];
    }),
  );
}

async function askHelper(
  host: string,
  { name, args }: NonNullable<CliSettings["helper"]>,
  { environment, home, children }: TokenSource,
): Promise<string | undefined> {
  const folder = join(home, process.platform === "win32" ? "terraform.d" : ".terraform.d", "plugins");
  const program = onPath(join(folder, `terraform-credentials-${name}`), environment);
  if (program === undefined) return undefined; // Terraform goes on without it too
  const { exitCode, stdout } = await children.run(program, [...args, "get", host], { cwd: home, environment });
  try {
    return exitCode === 0 ? stringOf(objectOf(JSON.parse(stdout))["token"]) : undefined;
  } catch {
    return undefined; // it said something else than a token
  }
}
