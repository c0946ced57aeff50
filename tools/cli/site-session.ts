import { join } from "node:path";
import { ExitCode } from "../exit-code";
import type { BundleKind } from "../plan/bundle";
import type { CloudSeam } from "../plan/plan-context";
import { patternsIn, type Selection } from "../plan/selection";
import { accountSite, type Site } from "../plan/site";
import type { Stack } from "../plan/stack";
import { up } from "../sandbox/lifecycle";
import { deploymentPaths, sandboxPaths } from "../sandbox/paths";
import { sandboxSite } from "../sandbox/site";
import { listSystems } from "../systems/system-list";
import { setUpTerraform } from "../terraform/setup";
import type { Terraform } from "../terraform/terraform";
import { UserError } from "../user-error";
import { cloudRuns } from "./cloud-runs";
import type { Invocation } from "./command";
import { guarded, type Guarded } from "./guarded";
import { nearest } from "./nearest";
import { projectRoot } from "./session";
import { sayForgotten } from "./forgotten";
import { systemOf } from "./site-flags";
import { duration, plural } from "./text";

/** What a command about one environment works with. */
export interface SiteSession extends Guarded {
  /** The project's folder. */
  readonly root: string;
  readonly site: Site;
  readonly selection: Selection;
  /** Synthesizes the environment and makes Terraform ready. */
  readonly prepare: (purpose: BundleKind | "apply") => Promise<Prepared>;
}

/** An environment, ready to be planned or applied. */
export interface Prepared {
  /** Upstreams before what depends on them. */
  readonly stacks: readonly Stack[];
  readonly terraform: Terraform;
  /** Environment of providers and backends. */
  readonly environment: NodeJS.ProcessEnv;
  readonly cloud: CloudSeam;
}

/** Runs a command about one environment, alone on this machine. In the sandbox it starts the emulator unless it runs. */
export function withSite(
  invocation: Invocation,
  command: string,
  work: (session: SiteSession) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { folder, flags, positionals, environment: processEnvironment } = invocation;
  const root = projectRoot(folder);
  const [environment = ""] = positionals;
  const system = systemOf(invocation);
  const inSandbox = flags["sandbox"] === true;
  const sandbox = sandboxPaths(join(root, ".groundplan"));
  const lock = inSandbox
    ? deploymentPaths(sandbox, system, environment).lock
    : join(root, ".groundplan", "work", system, environment, "lock.json");
  return guarded(invocation, { command: `${command} ${environment}`, lock }, async (session) => {
    const { children, say } = session;
    const tier = await tierOf({ children, root, environment: processEnvironment }, system, environment);
    const place = { children, root, processEnvironment, system, environment, tier };
    let site: Site;
    if (inSandbox) {
      const packageFolder = join(root, "tools", "sandbox");
      const { emulator, started, forgotten } = await up({
        ...{ paths: sandbox, children, packageFolder, command },
        environment: processEnvironment,
        onProgress: (line) => say(`  ${line}`),
      });
      sayForgotten(say, forgotten);
      if (started) say(`  the local AWS emulator is up at ${emulator.url}, and goes on running afterwards`);
      site = sandboxSite({ ...place, paths: sandbox, emulator });
    } else {
      site = accountSite(place);
    }
    const selection = { only: patternsIn(flags["stack"]), except: patternsIn(flags["without"]) };
    return work({
      ...session,
      root,
      site,
      selection,
      prepare: (purpose) => prepare({ session, root, site, processEnvironment, purpose }),
    });
  });
}

interface PrepareOptions {
  readonly session: Guarded;
  readonly root: string;
  readonly site: Site;
  readonly processEnvironment: NodeJS.ProcessEnv;
  readonly purpose: BundleKind | "apply";
}

async function prepare({ session, root, site, processEnvironment, purpose }: PrepareOptions): Promise<Prepared> {
  const { children, say } = session;
  const startedAt = Date.now();
  const stacks = await site.synthesize();
  say(`  ${plural(stacks.length, "stack")} synthesized in ${duration((Date.now() - startedAt) / 1000)}`);
  for (const { annotations } of stacks) {
    for (const { level, constructPath, message } of annotations) say(`  ${level}: ${constructPath}: ${message}`);
  }
  const needs = stacks.flatMap((stack) => stack.providers);
  const { terraform, warnings, environment } = await setUpTerraform({
    children,
    environment: processEnvironment,
    folder: site.paths.terraform,
    needs,
    committedLocks: join(root, "stacks", "locks"),
  });
  warnings.forEach((warning) => say(`  warning: ${warning}`));
  const unlocked = site.kind === "sandbox" ? [] : terraform.unlocked(needs);
  if (unlocked.length > 0) say(`  no lock is committed for ${unlocked.join(", ")}; to commit one: npm run lock`);
  const cloud = await cloudRuns({
    ...{ stacks, environment, children, purpose },
    terraformVersion: terraform.binary.version,
    say,
  });
  return { stacks, terraform, environment: site.environmentOf(environment), cloud };
}

/** The tier of an environment, which must be known. */
async function tierOf(
  options: Parameters<typeof listSystems>[0],
  system: string,
  environment: string,
): Promise<string> {
  const systems = await listSystems(options);
  const known = systems.find(({ name }) => name === system);
  if (known === undefined)
    throw unknown(
      "system",
      system,
      systems.map(({ name }) => name),
    );
  const found = known.environments.find(({ name }) => name === environment);
  if (found === undefined)
    throw unknown(
      `environment of system ${system}`,
      environment,
      known.environments.map(({ name }) => name),
    );
  return found.tier;
}

function unknown(what: string, name: string, known: readonly string[]): UserError {
  const near = nearest(name, known);
  const hint = near === undefined ? `there are ${known.join(", ")}` : `did you mean ${near}?`;
  return new UserError(`${JSON.stringify(name)} is no ${what}; ${hint}`, { exitCode: ExitCode.usage });
}
