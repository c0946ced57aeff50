import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPath } from "../../../tools/terraform/binary";
import { cliConfig } from "./cli-config";
import { TfeEmulator } from "./emulator";
import { TerraformRunner } from "./terraform-runner";

/** How a program ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** A program that runs. */
export interface Running {
  readonly ended: Promise<Ended>;
  readonly signal: (name: NodeJS.Signals) => void;
}

/** The emulator with runs that are real, and a Terraform CLI that is told to talk to it. */
export interface RealCloud {
  readonly emulator: TfeEmulator;
  /** Removed at the end. */
  readonly folder: string;
  /** Environment of a Terraform CLI. */
  readonly environment: NodeJS.ProcessEnv;
  readonly terraform: string;
  /** Starts a program in that environment, without a terminal and without input. */
  start(program: string, args: readonly string[], cwd: string, environment?: NodeJS.ProcessEnv): Running;
  /** Runs Terraform to its end. */
  run(args: readonly string[], cwd: string): Promise<Ended>;
  stop(): Promise<void>;
}

/** Starts the emulator with real runs. */
export async function startRealCloud(): Promise<RealCloud> {
  const folder = mkdtempSync(join(tmpdir(), "groundplan-cloud-"));
  const terraform = onPath("terraform", process.env);
  if (terraform === undefined) throw new Error("terraform is not on the PATH");
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF_|TFE_|AWS_)/.test(name)));
  const emulator = new TfeEmulator(
    new TerraformRunner({
      folder: join(folder, "runs"),
      terraform,
      environment: plain,
      cliConfig: (token, where) => {
        const file = join(where, ".run.tfrc");
        writeFileSync(file, cliConfig({ services: emulator.services(), token }), { mode: 0o600 });
        return file;
      },
    }),
  );
  await emulator.start();
  const config = join(folder, "cli.tfrc");
  const home = join(folder, "home");
  mkdirSync(home);
  writeFileSync(config, cliConfig({ services: emulator.services(), token: emulator.token }), { mode: 0o600 });
  const environment = { ...plain, HOME: home, TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: "1" };

  const start: RealCloud["start"] = (program, args, cwd, other = environment) => {
    const child = spawn(program, args, { cwd, env: other, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, output })));
    return { ended, signal: (name) => void child.kill(name) };
  };
  return {
    emulator,
    folder,
    environment,
    terraform,
    start,
    run: (args, cwd) => start(terraform, args, cwd).ended,
    stop: async () => {
      try {
        await emulator.stop();
      } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

/** Writes a synthesized stack whose state is in the cloud, and returns its folder. */
export function writeStack(
  folder: string,
  name: string,
  document: Readonly<Record<string, unknown>>,
  organization = "acme-org",
): string {
  const stack = join(folder, "stacks", name);
  mkdirSync(stack, { recursive: true });
  const cloud = { organization, workspaces: { name } };
  const terraform = { cloud, required_version: ">= 1.11.0" };
  const metadata = { backend: "cloud", stackName: name, version: "0.21.0" };
  const whole = { "//": { metadata, outputs: {} }, terraform, ...document };
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(whole, null, 2));
  return stack;
}

/** A stack with one resource that needs no provider; making it takes as many seconds. */
export function oneResource(seconds = 0): Readonly<Record<string, unknown>> {
  const provisioner = seconds === 0 ? undefined : [{ "local-exec": { command: `sleep ${seconds}` } }];
  return {
    resource: { terraform_data: { one: { input: "ünïcode ✓", provisioner } } },
    output: { id: { value: "${terraform_data.one.id}" } },
  };
}
