import { ExitCode } from "../exit-code";
import { isObject, listOf, objectOf, stringOf } from "../json";
import type { Children } from "../terraform/children";
import { UserError } from "../user-error";

/** A system as the program lists it. */
export interface ListedSystem {
  readonly name: string;
  /** Its environments, in the order a change travels. */
  readonly environments: readonly ListedEnvironment[];
}

/** An environment of a system. */
export interface ListedEnvironment {
  readonly name: string;
  /** `staging` or `prod`. */
  readonly tier: string;
}

interface ListOptions {
  readonly children: Children;
  /** The project's folder. */
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Every system there is, as `main.ts --systems` tells. */
export async function listSystems({ children, root, environment }: ListOptions): Promise<ListedSystem[]> {
  const { exitCode, stdout, stderr } = await children.run(process.execPath, ["tools/run.mjs", "main.ts", "--systems"], {
    cwd: root,
    environment,
  });
  if (children.interrupted)
    throw new UserError("interrupted while listing the systems", { exitCode: ExitCode.canceled });
  if (exitCode !== 0) {
    throw new UserError("the systems cannot be listed", {
      details: (stderr || stdout).trim(),
      tryThis: "mend what it says above and run the command again",
      exitCode: ExitCode.configuration,
    });
  }
  return readSystemList(stdout);
}

/** The list in what `main.ts --systems` prints. */
export function readSystemList(text: string): ListedSystem[] {
  return listOf(JSON.parse(text))
    .filter(isObject)
    .map((system) => ({
      name: stringOf(system["name"]) ?? "",
      environments: listOf(system["environments"])
        .map(objectOf)
        .map(({ name, tier }) => ({
          name: stringOf(name) ?? "",
          tier: stringOf(tier) ?? "",
        })),
    }));
}
