import { join } from "node:path";
import { obstacles, readStacks } from "../plan/stack";
import type { Site } from "../plan/site";
import { synthesize } from "../plan/synth";
import { waves } from "../plan/waves";
import type { Children } from "../terraform/children";
import { emulatorEnvironment } from "../terraform/environment";
import type { Emulator } from "./emulator";
import { writeOverlay } from "./overlay";
import { deploymentPaths, type SandboxPaths } from "./paths";

interface SandboxOptions {
  readonly children: Children;
  /** The project's folder. */
  readonly root: string;
  readonly paths: SandboxPaths;
  readonly processEnvironment: NodeJS.ProcessEnv;
  readonly system: string;
  readonly environment: string;
  readonly tier: string;
  readonly emulator: Pick<Emulator, "url" | "accountId">;
}

/** The local AWS emulator, with states of its own. It shares them with `npm run sandbox`, so either goes on where the other stopped. */
export function sandboxSite(options: SandboxOptions): Site {
  const { children, root, paths, processEnvironment, system, environment, tier, emulator } = options;
  const deployment = deploymentPaths(paths, system, environment);
  return {
    kind: "sandbox",
    system,
    environment,
    tier,
    paths: {
      outdir: deployment.outdir,
      previews: join(deployment.preview, "plan"),
      terraform: paths.terraform,
      lock: deployment.lock,
      bundle: (kind) => join(deployment.folder, "bundles", kind),
    },
    synthesize: async () => {
      await synthesize({
        children,
        root,
        environment: processEnvironment,
        system,
        environments: [environment],
        outdir: deployment.outdir,
        forSandbox: true,
      });
      return waves(readStacks(deployment.outdir)).flat();
    },
    environmentOf: (common) => emulatorEnvironment(common, emulator.url),
    prepare: (stack, destroying) => writeOverlay(stack, { accountId: emulator.accountId, destroying }),
    obstacles,
  };
}
