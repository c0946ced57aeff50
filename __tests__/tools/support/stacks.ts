import { join } from "node:path";
import { writeJson } from "../../../tools/files";
import { readStacks, type Stack } from "../../../tools/plan/stack";

/** A stack as a test describes it. */
export interface StackSketch {
  readonly dependencies?: readonly string[];
  /** Synthesized JSON; the backend and the remote states are added. */
  readonly document?: Readonly<Record<string, unknown>>;
  /** Stacks of which it reads the state. */
  readonly reads?: readonly string[];
}

/** Writes stacks the way synth does, with local states beside the output folder, and reads them back. */
export function writeStacks(outdir: string, sketches: Readonly<Record<string, StackSketch>>): Stack[] {
  const stacks = Object.fromEntries(
    Object.entries(sketches).map(([name, { dependencies = [] }]) => [
      name,
      {
        name,
        annotations: [],
        dependencies,
        workingDirectory: `stacks/${name}`,
        synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
      },
    ]),
  );
  writeJson(join(outdir, "manifest.json"), { version: "0.21.0", stacks });
  for (const [name, { document = {}, reads = [] }] of Object.entries(sketches)) {
    const remote = reads.map((other) => [
      remoteState(other),
      { backend: "local", config: { path: statePath(other) }, workspace: "${terraform.workspace}" },
    ]);
    writeJson(join(outdir, "stacks", name, "cdk.tf.json"), {
      ...(remote.length > 0 ? { data: { terraform_remote_state: Object.fromEntries(remote) } } : {}),
      ...document,
      terraform: { backend: { local: { path: statePath(name) } }, ...objectIn(document["terraform"]) },
    });
  }
  return readStacks(outdir);
}

/** The expression of another stack's output, as synth writes it. */
export function outputOf(stack: string, output: string): string {
  return `\${data.terraform_remote_state.${remoteState(stack)}.outputs.${output}}`;
}

/** A resource that takes so many seconds to make; it is built into Terraform and needs no provider. */
export function slowResource(seconds: number, input: unknown = "value") {
  return { input, provisioner: [{ "local-exec": { command: `sleep ${seconds}` } }] };
}

function remoteState(stack: string): string {
  return `cross-stack-reference-input-${stack}`;
}

function statePath(stack: string): string {
  return `../../../.groundplan/state/${stack}.tfstate`;
}

function objectIn(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
