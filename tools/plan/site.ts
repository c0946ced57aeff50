import { existsSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { explained, makeFolder } from "../files";
import type { Children } from "../terraform/children";
import type { BundleKind } from "./bundle";
import { readStacks, type Obstacle, type Stack } from "./stack";
import { synthesize } from "./synth";
import { waves } from "./waves";

/** Where one environment of one system is planned and applied, and how: in an account, or in the sandbox. Every command goes through it. */
export interface Site {
  readonly kind: "account" | "sandbox";
  readonly system: string;
  readonly environment: string;
  /** `staging` or `prod`. */
  readonly tier: string;
  /** Folders of generated files that go with it. */
  readonly paths: SitePaths;
  /** Synthesizes the environment; upstreams stand before what depends on them. */
  synthesize(): Promise<readonly Stack[]>;
  /** The environment in which providers and backends run, from the common one. */
  environmentOf(common: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  /** Makes a stack's folder ready to be planned there. */
  prepare(stack: Stack, destroying: boolean): void;
  /** Stacks that cannot be planned there, and why. */
  obstacles(stacks: readonly Stack[]): readonly Obstacle[];
}

/** Folders and files of a site. */
export interface SitePaths {
  /** Output folder of synth. */
  readonly outdir: string;
  /** Folder of previews. */
  readonly previews: string;
  /** Terraform's CLI configuration, plugin cache and lock entries. */
  readonly terraform: string;
  /** Held while a command works on the environment. */
  readonly lock: string;
  /** Folder of a bundle. */
  bundle(kind: BundleKind): string;
}

interface AccountOptions {
  readonly children: Children;
  /** The project's folder. */
  readonly root: string;
  readonly processEnvironment: NodeJS.ProcessEnv;
  readonly system: string;
  readonly environment: string;
  readonly tier: string;
}

const BUNDLES: Readonly<Record<BundleKind, string>> = { plan: "plans", destroy: "destroy", drift: "drift" };

/** The accounts that the environment names, with the credentials of this process. */
export function accountSite(options: AccountOptions): Site {
  const { children, root, processEnvironment, system, environment, tier } = options;
  const generated = join(root, ".groundplan");
  const work = join(generated, "work", system, environment);
  const paths: SitePaths = {
    outdir: join(work, "cdktf.out"),
    previews: join(work, "preview"),
    terraform: join(generated, "terraform"),
    lock: join(work, "lock.json"),
    bundle: (kind) => join(generated, BUNDLES[kind], system, environment),
  };
  return {
    kind: "account",
    system,
    environment,
    tier,
    paths,
    synthesize: async () => {
      linkStates(makeFolder(work), generated);
      await synthesize({
        children,
        root,
        environment: processEnvironment,
        system,
        environments: [environment],
        outdir: paths.outdir,
      });
      return waves(readStacks(paths.outdir)).flat();
    },
    environmentOf: (common) => common,
    prepare: () => undefined,
    obstacles: () => [],
  };
}

/** Local states are named relative to synth's output folder. With this link, they are those which `cdktf deploy` uses too. */
function linkStates(work: string, generated: string): void {
  const link = join(work, ".groundplan");
  try {
    makeFolder(join(generated, "state"));
    if (existsSync(link) && readlinkSync(link) === generated) return;
    rmSync(link, { force: true });
    symlinkSync(generated, link, "junction"); // which Windows allows everybody; elsewhere the word is ignored
  } catch (error) {
    throw explained(error, link);
  }
}
