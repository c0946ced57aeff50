import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peakMemoryMb, run, wallMs } from "../../../tools/bench/process";

const node = (script: string) => ({ command: process.execPath, args: ["-e", script], cwd: tmpdir() });

describe("run", () => {
  test("returns standard output, and hands the environment on", async () => {
    const command = {
      ...node("console.error('aside'); console.log(process.env.GREETING)"),
      env: { GREETING: "hello" },
    };
    await expect(run(command)).resolves.toBe("hello\n");
  });

  test("fails with the command and its last words", async () => {
    await expect(run(node("console.error('out of luck'); process.exit(3)"))).rejects.toMatchObject({
      message: expect.stringMatching(/ ended with exit code 3$/),
      details: "out of luck",
    });
  });
});

describe("wallMs", () => {
  test("is the time a command takes, not less", async () => {
    await expect(wallMs(node("setTimeout(() => {}, 200)"))).resolves.toBeGreaterThanOrEqual(200);
  });
});

describe("peakMemoryMb", () => {
  test("is that of the largest process, also of one started by another", async () => {
    const folder = mkdtempSync(join(tmpdir(), "groundplan-bench-"));
    // Far beyond a jest worker: until it runs its program, a new process counts as large as the one that started it.
    const large = "Buffer.alloc(1_200_000_000, 1)";
    const parent = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(large)}])`;
    try {
      await expect(peakMemoryMb(node("0"), join(folder, "memory"))).resolves.toBeLessThan(1_200);
      await expect(peakMemoryMb(node(parent), join(folder, "memory"))).resolves.toBeGreaterThan(1_200);
      expect(existsSync(join(folder, "memory", "probe.cjs"))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 30_000); // it fills more than a gigabyte, on a machine that may be busy
});
