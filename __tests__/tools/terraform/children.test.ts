import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readText } from "../../../tools/files";
import { Children } from "../../../tools/terraform/children";
import { isRunning } from "../../../tools/sandbox/process-mark";
import { temporaryFolder, writeProgram } from "../support/folder";

const folder = temporaryFolder();
const options = { cwd: folder, environment: process.env };
const shell = (children: Children, script: string, onLine?: (line: string) => void) =>
  children.run("/bin/sh", ["-c", script], { ...options, onLine });

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await sleep(20);
  expect(condition()).toBe(true);
}

describe("Children", () => {
  test("give the exit code and both outputs, line by line as they come", async () => {
    const lines: string[] = [];
    const outcome = await shell(new Children(), "echo one; echo two; echo three >&2; exit 3", (line) =>
      lines.push(line),
    );
    expect(outcome).toEqual({ exitCode: 3, stdout: "one\ntwo", stderr: "three\n" });
    expect(lines).toEqual(["one", "two"]);
  });

  test("let what runs end in good order, once, and start nothing more", async () => {
    const children = new Children();
    const script = writeProgram(
      join(folder, "graceful"),
      "#!/bin/sh\ntrap 'echo stopped; exit 1' INT\necho ready\nwhile :; do sleep 0.05; done\n",
    );
    const outcome = children.run(script, [], {
      ...options,
      onLine: (line) => line === "ready" && children.interrupt(),
    });
    expect(await outcome).toEqual({ exitCode: 1, stdout: "ready\nstopped", stderr: "" });
    expect(children.interrupted).toBe(true);
    expect(await shell(children, "echo more")).toEqual({ exitCode: null, stdout: "", stderr: "" });
  });

  test("leave no grandchild behind when they are ended at once", async () => {
    const children = new Children();
    const pidFile = join(folder, "grandchild.pid");
    const outcome = shell(
      children,
      `trap '' INT; sh -c 'trap "" INT; echo $$ > "$0.new"; mv "$0.new" "$0"; sleep 60' ${pidFile}; true`,
    );
    await until(() => readText(pidFile) !== undefined);
    const pid = Number(readText(pidFile));
    children.interrupt();
    await sleep(100);
    expect(isRunning({ pid, mark: "" })).toBe(true);
    children.kill();
    expect((await outcome).exitCode).toBeNull();
    await until(() => !isRunning({ pid, mark: "" }));
  });

  test.each([
    ["is not there", "no-such-program", "no-such-program was not found"],
    ["may not be executed", "/dev/null", "/dev/null may not be executed"],
  ])("say so when a program %s", async (_name, program, message) => {
    await expect(new Children().run(program, [], options)).rejects.toThrow(message);
  });
});
