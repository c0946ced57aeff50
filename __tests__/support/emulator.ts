import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PACKAGES = join(__dirname, "..", "..", "tools", "sandbox");

/** A running emulator of a test's own. */
export interface TestEmulator {
  readonly url: string;
  readonly process: ChildProcess;
}

/** Starts the emulator on a free port; it goes when this process goes. */
export async function startTestEmulator(): Promise<TestEmulator> {
  const child = spawn(
    "python3",
    ["-m", "emulator", "--host", "127.0.0.1", "--port", "0", "--parent-pid", String(process.pid)],
    { env: { ...process.env, PYTHONPATH: PACKAGES }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { ready, port } = JSON.parse(line) as { ready: boolean; port: number };
    if (ready) return { url: `http://127.0.0.1:${port}`, process: child };
  }
  throw new Error(`the emulator did not start; install it with: pip install "moto[server]==5.2.1"\n${complaint}`);
}

/** Stops it and waits until it is gone. */
export async function stopTestEmulator({ process: child }: TestEmulator): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
}
