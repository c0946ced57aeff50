import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readText, writeJson } from "../../../tools/files";
import { isHealthy, runningEmulator } from "../../../tools/sandbox/emulator";
import { down, emulatorOrFail, up } from "../../../tools/sandbox/lifecycle";
import { isRunning, markOf } from "../../../tools/sandbox/process-mark";
import { stateFile } from "../../../tools/sandbox/paths";
import { findRuntime, interpreterOf } from "../../../tools/sandbox/python";
import { Children } from "../../../tools/terraform/children";
import { temporaryFolder, writeProgram } from "../support/folder";
import { sandboxProject } from "../support/project";

const folder = temporaryFolder();
let count = 0;
const started: Array<ReturnType<typeof sandboxProject>> = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

/** A project with nothing in it, and `up` for it. */
function project() {
  const one = sandboxProject(join(folder, `project-${(count += 1)}`), {});
  started.push(one);
  const lines: string[] = [];
  const { paths, environment, root } = one;
  const start = (overrides: { port?: number; environment?: NodeJS.ProcessEnv } = {}) =>
    up({
      paths,
      children: new Children(),
      environment,
      packageFolder: root,
      command: "test",
      onProgress: (line) => lines.push(line),
      ...overrides,
    });
  return { ...one, lines, start };
}

describe("up", () => {
  test("starts an emulator that answers, once", async () => {
    const { start, paths } = project();
    const first = await start();
    expect(first).toMatchObject({ started: true, forgotten: [] });
    expect(first.emulator).toMatchObject({ url: `http://127.0.0.1:${first.emulator.port}`, accountId: "123456789012" });
    expect(await isHealthy(first.emulator)).toBe(true);
    expect(await start()).toEqual({ emulator: first.emulator, started: false, forgotten: [] });
    expect(runningEmulator(paths)).toEqual(first.emulator);
  });

  test("recognises the record of an emulator that is gone, and forgets what it held", async () => {
    const { start, paths, deployment } = project();
    const { emulator } = await start();
    writeJson(stateFile(deployment, "network"), { version: 4 });
    process.kill(emulator.pid, "SIGKILL");
    while (isRunning(emulator)) await sleep(10);
    expect(runningEmulator(paths)).toBeUndefined();
    const next = await start();
    expect(next).toMatchObject({ started: true, forgotten: [{ system: "default", environment: "staging" }] });
    expect(existsSync(stateFile(deployment, "network"))).toBe(false);
  });

  test("never takes another process for the emulator because it has its id", async () => {
    const { start, paths } = project();
    const { emulator } = await start();
    writeJson(paths.emulatorRecord, { ...emulator, pid: process.pid });
    expect(runningEmulator(paths)).toBeUndefined();
    process.kill(emulator.pid, "SIGTERM");
  });

  test("says that a port is taken", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
    await expect(project().start({ port })).rejects.toThrow(`port ${port} is in use by another program`);
    server.close();
  });

  test("refuses another port while the emulator runs", async () => {
    const { start } = project();
    const { emulator } = await start();
    await expect(start({ port: emulator.port === 1 ? 2 : 1 })).rejects.toThrow(
      `the emulator already runs, on port ${emulator.port}`,
    );
  });

  test("shows the emulator's own words when it does not start, and leaves no record", async () => {
    const { start, paths, root } = project();
    writeProgram(
      join(root, "bin", "python3"),
      '#!/bin/sh\n[ "$1" = -c ] && echo 5.2.1 && exit 0\necho "no such module" >&2\nexit 1\n',
    );
    await expect(start()).rejects.toMatchObject({
      message: `the emulator did not start, its log is ${paths.emulatorLog}`,
      details: "no such module",
    });
    expect(existsSync(paths.emulatorRecord)).toBe(false);
  });
});

describe("down", () => {
  test("stops the emulator and forgets every deployment", async () => {
    const { start, paths, deployment } = project();
    const { emulator } = await start();
    writeJson(stateFile(deployment, "network"), { version: 4 });
    expect(await down(paths, "test")).toMatchObject({ stopped: emulator, forgotten: [{ system: "default" }] });
    expect([isRunning(emulator), existsSync(deployment.states), existsSync(paths.emulatorRecord)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(await down(paths, "test")).toEqual({ stopped: undefined, forgotten: [] });
  });

  test("refuses while another run works on a deployment", async () => {
    const { paths, deployment, start } = project();
    await start();
    const other = spawn("/bin/sleep", ["30"]);
    writeJson(deployment.lock, { ...markOf(other.pid ?? 0), command: "npm start" });
    await expect(down(paths, "test")).rejects.toThrow(`another run is at work here: npm start (process ${other.pid})`);
    other.kill("SIGKILL");
  });
});

describe("emulatorOrFail", () => {
  test("says how to start one", async () => {
    await expect(emulatorOrFail(project().paths)).rejects.toMatchObject({
      message: "the emulator is not running",
      tryThis: "npm run sandbox up",
      exitCode: 66,
    });
  });
});

describe("findRuntime", () => {
  /** What is found with only those programs on the PATH. */
  async function found(programs: Record<string, string>) {
    const root = join(folder, `runtime-${(count += 1)}`);
    for (const [name, script] of Object.entries(programs)) writeProgram(join(root, name), `#!/bin/sh\n${script}\n`);
    const lines: string[] = [];
    const venv = join(root, "venv");
    const environment = { PATH: root, ROOT: root };
    const search = { children: new Children(), environment, venv, onProgress: (line: string) => lines.push(line) };
    const relative = (text: string) => text.replaceAll(root, "ROOT");
    try {
      return {
        runtime: JSON.parse(relative(JSON.stringify(await findRuntime(search)))) as unknown,
        lines: lines.map(relative),
      };
    } catch (error) {
      return { error: error as Error & { details: string; tryThis: string }, lines: lines.map(relative) };
    }
  }
  const WITHOUT_MOTO = '[ "$1" = -c ] && exit 1';

  test("takes python3 if it has moto", async () => {
    expect(await found({ python3: "echo 5.2.1" })).toEqual({
      runtime: { kind: "python", python: "ROOT/python3", moto: "5.2.1" },
      lines: [],
    });
  });

  test("does not take another major version of moto", async () => {
    const { error } = await found({ python3: '[ "$1" = -c ] && echo 4.2.0 && exit 0; exit 1' });
    expect(error?.message).toMatch(/^the emulator needs Python 3 with moto/);
  });

  test("takes the interpreter of moto_server", () => {
    const python = writeProgram(join(folder, "pipx", "python3.12"), "#!/bin/sh\necho 5.2.1\n");
    const server = writeProgram(join(folder, "pipx", "moto_server"), `#!${python}\n`);
    expect(interpreterOf(server)).toBe(python);
    expect(interpreterOf(writeProgram(join(folder, "pipx", "shim"), "#!/usr/bin/env bash\n"))).toBeUndefined();
  });

  test("makes a private environment when no Python has moto, and uses it the next time", async () => {
    const makeVenv = `/bin/mkdir -p "$3/bin" && printf '#!/bin/sh\\n[ "$1" = -c ] && echo 5.2.1; exit 0\\n' > "$3/bin/python" && /bin/chmod +x "$3/bin/python"`;
    const { runtime, lines } = await found({ python3: `${WITHOUT_MOTO}; ${makeVenv}` });
    expect(runtime).toEqual({ kind: "python", python: "ROOT/venv/bin/python", moto: "5.2.1" });
    expect(lines).toEqual(["no Python with moto found, installing moto 5.2.1 into ROOT/venv"]);
  });

  test("falls back to a container", async () => {
    const { runtime, lines } = await found({ docker: '[ "$1 $3" = "pull motoserver/moto:5.2.1" ]' });
    expect(runtime).toEqual({ kind: "container", engine: "ROOT/docker", image: "motoserver/moto:5.2.1" });
    expect(lines).toEqual(["fetching the container image motoserver/moto:5.2.1 with docker"]);
  });

  test("says what to install when nothing works, with every reason", async () => {
    const { error } = await found({
      python3: `${WITHOUT_MOTO}; echo "No module named venv" >&2; exit 1`,
      docker: "echo no daemon >&2; exit 1",
    });
    expect(error).toMatchObject({
      message: "the emulator needs Python 3 with moto, or Docker or Podman, and none of them works here",
      details: "pip install failed: No module named venv\ndocker pull failed: no daemon",
      tryThis: 'python3 -m pip install "moto[server]==5.2.1"',
      exitCode: 66,
    });
    expect((await found({})).error?.details).toBe("python3 is not on the PATH");
  });
});

describe("in a container", () => {
  test("the emulator is started, watched and removed through its engine", async () => {
    const { start, paths, root, environment } = project();
    const log = join(root, "docker.log");
    // The container is played by the same server in the background.
    writeProgram(
      join(root, "docker", "docker"),
      `#!/bin/sh
echo "$*" >> ${log}
case "$1" in
  run) for last; do :; done; ${join(root, "bin", "python3")} -m emulator --port "$last" > /dev/null 2>&1 & echo $! > ${join(root, "pid")} ;;
  inspect) kill -0 "$(/bin/cat ${join(root, "pid")})" 2>/dev/null && echo true ;;
  rm) kill "$(/bin/cat ${join(root, "pid")})" ;;
esac
`,
    );
    const { emulator } = await start({ environment: { ...environment, PATH: join(root, "docker") } });
    expect(emulator).toMatchObject({ runtime: `motoserver/moto:5.2.1, ${join(root, "docker", "docker")}` });
    expect(runningEmulator(paths)).toEqual(emulator);
    await down(paths, "test");
    for (let tries = 0; tries < 100 && (await isHealthy(emulator)); tries += 1) await sleep(20);
    expect(await isHealthy(emulator)).toBe(false);
    const name = emulator.container?.name ?? "";
    const calls = (readText(log) ?? "").trim().split("\n");
    expect(calls.filter((call) => !call.startsWith("inspect"))).toEqual([
      "pull --quiet motoserver/moto:5.2.1",
      `run --detach --rm --name ${name} --publish 127.0.0.1:${emulator.port}:${emulator.port} --volume ${root}:/groundplan:ro` +
        ` --env PYTHONPATH=/groundplan --entrypoint python3 motoserver/moto:5.2.1 -m emulator --host 0.0.0.0 --port ${emulator.port}`,
      `rm --force ${name}`,
    ]);
  });
});
