import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExitCode } from "../exit-code";
import type { Children } from "../terraform/children";
import { onPath } from "../terraform/binary";
import { UserError } from "../user-error";

/** Version of moto the emulator is made for. */
const MOTO_VERSION = "5.2.1";

/** A way to run the emulator. */
export type Runtime =
  | { readonly kind: "python"; readonly python: string; readonly moto: string }
  | { readonly kind: "container"; readonly engine: string; readonly image: string };

interface Search {
  readonly children: Children;
  readonly environment: NodeJS.ProcessEnv;
  /** Where a private Python environment is, or would be made. */
  readonly venv: string;
  /** Called before something that takes a while. */
  readonly onProgress: (line: string) => void;
}

const PROBE =
  "import importlib.util as u, sys, moto; print(moto.__version__ if u.find_spec('flask') and sys.version_info >= (3, 10) else '')";
const IMAGE = `motoserver/moto:${MOTO_VERSION}`;

/**
 * Finds a Python that has moto; else makes a private one; else a container engine. Each is tried only if those before it fail.
 */
export async function findRuntime(search: Search): Promise<Runtime> {
  const { environment, venv, onProgress } = search;
  const privatePython = join(venv, "bin", "python");
  for (const python of [...pythons(environment), privatePython]) {
    const moto = await motoOf(python, search);
    if (moto !== undefined) return { kind: "python", python, moto };
  }
  const reasons: string[] = [];
  if (search.children.interrupted) throw interrupted();
  const base = onPath("python3", environment);
  if (base !== undefined) {
    onProgress(`no Python with moto found, installing moto ${MOTO_VERSION} into ${venv}`);
    const reason = await install(base, privatePython, search);
    const moto = reason === undefined ? await motoOf(privatePython, search) : undefined;
    if (moto !== undefined) return { kind: "python", python: privatePython, moto };
    reasons.push(`pip install failed: ${reason ?? "moto cannot be imported afterwards"}`);
  } else {
    reasons.push("python3 is not on the PATH");
  }
  for (const engine of ["docker", "podman"]) {
    const path = onPath(engine, environment);
    if (path === undefined) continue;
    onProgress(`fetching the container image ${IMAGE} with ${engine}`);
    const { exitCode, stderr } = await search.children.run(path, ["pull", "--quiet", IMAGE], { cwd: "/", environment });
    if (exitCode === 0) return { kind: "container", engine: path, image: IMAGE };
    reasons.push(`${engine} pull failed: ${lastLine(stderr)}`);
  }
  if (search.children.interrupted) throw interrupted();
  throw new UserError("the emulator needs Python 3 with moto, or Docker or Podman, and none of them works here", {
    details: reasons.join("\n"),
    tryThis: `python3 -m pip install "moto[server]==${MOTO_VERSION}"`,
    exitCode: ExitCode.configuration,
  });
}

function interrupted(): UserError {
  return new UserError("interrupted before the emulator was started", { exitCode: ExitCode.canceled });
}

/** The Pythons on the PATH that may have moto: `python3`, and the one which runs `moto_server`. */
function pythons(environment: NodeJS.ProcessEnv): string[] {
  const server = onPath("moto_server", environment);
  const candidates = [onPath("python3", environment), server === undefined ? undefined : interpreterOf(server)];
  return candidates.filter((python) => python !== undefined);
}

/** The interpreter a script names on its first line, if that is a Python. */
export function interpreterOf(script: string): string | undefined {
  const [line = ""] = readFileSync(script, "utf8").split("\n", 1);
  const interpreter = /^#!\s*(\S+)/.exec(line)?.[1];
  return interpreter !== undefined && /\/python[\d.]*$/.test(interpreter) ? interpreter : undefined;
}

async function motoOf(python: string, { children, environment }: Search): Promise<string | undefined> {
  if (onPath(python, environment) === undefined) return undefined;
  const { exitCode, stdout } = await children.run(python, ["-c", PROBE], { cwd: "/", environment });
  return exitCode === 0 && /^5\./.test(stdout) ? stdout.trim() : undefined;
}

/** Why it failed, or undefined if it did not. */
async function install(base: string, python: string, { children, environment }: Search): Promise<string | undefined> {
  const steps: ReadonlyArray<readonly [string, readonly string[]]> = [
    [base, ["-m", "venv", dirname(dirname(python))]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `moto[server]==${MOTO_VERSION}`]],
  ];
  for (const [program, args] of steps) {
    const { exitCode, stdout, stderr } = await children.run(program, args, { cwd: "/", environment });
    if (exitCode !== 0) return lastLine(stderr || stdout);
  }
  return undefined;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
