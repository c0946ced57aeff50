import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, sep } from "node:path";
import { ExitCode } from "../exit-code";
import { objectOf, stringOf } from "../json";
import { UserError } from "../user-error";
import type { Children } from "./children";

/** Oldest Terraform that works: the first with write-only arguments, by which secrets pass its state. */
const MINIMUM_VERSION = "1.11.0";

/** A Terraform executable. */
export interface Binary {
  readonly path: string;
  readonly version: string;
}

/** Finds Terraform: what `TERRAFORM_BINARY_NAME` names, as for CDKTF, else `terraform` on the PATH; and checks its version. */
export async function findTerraform(children: Children, environment: NodeJS.ProcessEnv): Promise<Binary> {
  const name = environment["TERRAFORM_BINARY_NAME"] || "terraform";
  const path = onPath(name, environment);
  if (path === undefined) {
    throw new UserError(`${name} was not found on the PATH`, {
      tryThis: `install Terraform ${MINIMUM_VERSION} or newer (https://developer.hashicorp.com/terraform/install)`,
      exitCode: ExitCode.configuration,
    });
  }
  // Without the user's CLI configuration: a broken one must not hide the version.
  const bare = {
    ...environment,
    TF_CLI_CONFIG_FILE: undefined,
    TF_CLI_ARGS: undefined,
    CHECKPOINT_DISABLE: "1",
    HOME: "/",
  };
  const { exitCode, stdout, stderr } = await children.run(path, ["version", "-json"], { cwd: "/", environment: bare });
  const version = versionIn(stdout);
  if (version === undefined) {
    throw new UserError(`${path} does not tell its version`, {
      details: stderr || `exit code ${exitCode}`,
      tryThis: `install Terraform ${MINIMUM_VERSION} or newer (https://developer.hashicorp.com/terraform/install)`,
      exitCode: ExitCode.configuration,
    });
  }
  if (isOlder(version, MINIMUM_VERSION)) {
    throw new UserError(`Terraform must be ${MINIMUM_VERSION} or newer, got ${version} at ${path}`, {
      tryThis: "install a newer Terraform (https://developer.hashicorp.com/terraform/install)",
      exitCode: ExitCode.configuration,
    });
  }
  return { path, version };
}

/** The first executable of that name on the PATH; a name with a slash in it is a path itself. */
export function onPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  if (isAbsolute(name) || name.includes(sep)) return isExecutable(name) ? name : undefined;
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Whether a version comes before another. A pre-release counts as its release. */
export function isOlder(version: string, than: string): boolean {
  const parts = (text: string) => text.split(/[-+]/)[0]?.split(".").map(Number) ?? [];
  const [left, right] = [parts(version), parts(than)];
  const index = [0, 1, 2].find((place) => (left[place] ?? 0) !== (right[place] ?? 0));
  return index !== undefined && (left[index] ?? 0) < (right[index] ?? 0);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // absent, or not ours to run: the next folder is tried
  }
}

function versionIn(stdout: string): string | undefined {
  try {
    return stringOf(objectOf(JSON.parse(stdout))["terraform_version"]);
  } catch {
    return undefined;
  }
}
