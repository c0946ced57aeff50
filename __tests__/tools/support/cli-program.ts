import { build } from "esbuild";
import { spawn } from "node:child_process";
import { join } from "node:path";

/** Bundles the commands into a program, so that a test can send signals to it. */
export async function buildProgram(folder: string): Promise<string> {
  const path = join(folder, "program.cjs");
  const names = ["plan", "apply", "drift", "destroy"];
  const imports = names.map((name) => `import { ${name}Command } from "./tools/cli/${name}";`);
  await build({
    stdin: {
      contents: `${imports.join("\n")}
        import { main } from "./tools/cli/main";
        import { processTerminal } from "./tools/cli/terminal";
        const root = { name: "", summary: "", commands: [${names.map((name) => `${name}Command`).join(", ")}] };
        void processTerminal(process.env)
          .then((terminal) => main(root, process.argv.slice(2), { terminal, environment: process.env, folder: process.cwd() }))
          .then((code) => { process.exitCode = code; });`,
      loader: "ts",
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["esbuild"],
    outfile: path,
    logLevel: "silent",
  });
  return path;
}

/** A started program. */
export interface Started {
  readonly pid: number;
  readonly written: { out: string; err: string };
  readonly ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
}

/** Starts a program in a folder. */
export function start(program: string, args: string, { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Started {
  const child = spawn(process.execPath, [program, ...args.split(" ")], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const written = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (written.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (written.err += text));
  return {
    pid: child.pid ?? 0,
    written,
    ended: new Promise((resolve) => child.on("close", resolve)),
    signal: (name) => child.kill(name),
  };
}
