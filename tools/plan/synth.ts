import { dirname } from "node:path";
import { makeFolder } from "../files";
import type { Children } from "../terraform/children";
import { ExitCode } from "../exit-code";
import { UserError } from "../user-error";

interface SynthOptions {
  readonly children: Children;
  /** The project's folder. */
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Name of the system, such as `default`. */
  readonly system: string;
  /** Names of its environments, such as `staging`. */
  readonly environments: readonly string[];
  /** Output folder. */
  readonly outdir: string;
  /**
   * Whether it is for the sandbox: every state is a local file, whatever the environment says, and everything may be destroyed.
   * @default false
   */
  readonly forSandbox?: boolean;
}

/** Synthesizes environments of a system into an output folder. Returns what synth wrote to standard error, such as warnings. */
export async function synthesize(options: SynthOptions): Promise<string> {
  const { children, root, system, environments, outdir, forSandbox = false } = options;
  makeFolder(dirname(outdir)); // synth makes the last folder of the path only
  const names = environments.join(",");
  const { exitCode, stdout, stderr } = await children.run(process.execPath, ["tools/run.mjs", "main.ts"], {
    cwd: root,
    environment: {
      ...options.environment,
      GROUNDPLAN_SYSTEM: system,
      GROUNDPLAN_ENV: names,
      ...(forSandbox ? { GROUNDPLAN_STATE: "local", GROUNDPLAN_DESTROYABLE: "true" } : {}),
      CDKTF_OUTDIR: outdir,
    },
  });
  if (children.interrupted) throw new UserError("interrupted while synthesizing", { exitCode: ExitCode.canceled });
  if (exitCode === 0) return stderr.trim();
  throw new UserError(`${names} of system ${system} does not synthesize`, {
    details: (stderr || stdout).trim(),
    tryThis: "mend what it says above and run the command again",
    exitCode: ExitCode.configuration,
  });
}
