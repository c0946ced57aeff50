import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import { main } from "../../../tools/cli/main";
import { root as commands } from "../../../tools/cli/root";
import { readJson, readText, writeFile, writeJson } from "../../../tools/files";
import { runningEmulator } from "../../../tools/sandbox/emulator";
import { isRunning, markOf } from "../../../tools/sandbox/process-mark";
import { statesIn } from "../../../tools/sandbox/paths";
import { temporaryFolder } from "../support/folder";
import { sandboxProject } from "../support/project";
import { outputOf, slowResource, type StackSketch } from "../support/stacks";
import { recordingTerminal } from "../support/terminal";

// The commands as a user runs them: the real Terraform, with resources built into it, and an emulator that only answers.

const folder = temporaryFolder();
const foreign = {
  terraform: { required_providers: { cloudflare: { source: "cloudflare/cloudflare", version: "5.14.0" } } },
};
const vpc = (extra: object = {}) => ({ terraform_data: { vpc: { input: "vpc-1" }, ...extra } });
const network: StackSketch = {
  document: {
    resource: vpc(),
    output: { url: { value: "https://example.com" }, x: { value: "${terraform_data.vpc.output}", sensitive: true } },
  },
};
const system: Readonly<Record<string, StackSketch>> = {
  "staging-app": {
    dependencies: ["staging-edge", "staging-network"],
    reads: ["staging-network"],
    document: { resource: { terraform_data: { app: { input: outputOf("staging-network", "x") } } } },
  },
  "staging-edge": { dependencies: ["staging-network"], document: foreign },
  "staging-network": network,
};

let count = 0;
const projects: Array<ReturnType<typeof sandboxProject>> = [];
afterEach(async () => {
  for (const project of projects.splice(0)) await project.stop();
});

/** A project, with the command line in it. */
function project(sketches = system) {
  const one = sandboxProject(join(folder, `project-${(count += 1)}`), sketches);
  projects.push(one);
  // The foreign provider is looked for in an empty mirror, so that no registry is asked.
  writeFile(
    join(one.environment.HOME, ".terraformrc"),
    `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`,
  );
  const run = async (...argv: string[]) => {
    const { terminal, written } = recordingTerminal();
    const code = await main(commands, argv, { terminal, environment: one.environment, folder: one.root });
    const times = /\d+(\.\d+)? s\b|\d+ min \d+ s/g;
    const plain = (text: string) =>
      text
        .replaceAll(times, "TIME")
        .replaceAll(one.root, "ROOT")
        .replaceAll(/127\.0\.0\.1:\d+/g, "HOST");
    return { code, out: plain(written.out), err: plain(written.err) };
  };
  return { ...one, run };
}

describe("npm start", () => {
  test("goes from nothing to an empty second plan, and says what exists, what does not and what to do next", async () => {
    const { run, paths } = project();
    const { code, out, err } = await run("start");
    expect(err).toBe("");
    const sections = out.split("\n\n");
    expect(sections[0]).toMatch(/^System default, environment staging, on a local AWS emulator\n/);
    expect(sections[0]).toMatch(/^ {2}3 stacks synthesized in TIME$/m);
    expect(sections[0]).toMatch(/^ {2}the emulator is up in TIME: http:\/\/HOST$/m);
    expect(sections[0]).toMatch(/^ {2}Terraform \d+\.\d+\.\d+, providers from your Terraform CLI configuration/m);
    expect(sections[1]).toBe(`Plan
  staging-network  1 to add
  staging-edge     not planned  its provider cannot be had here
  staging-app      1 to add     preview, values of staging-network are placeholders
  2 changes, no risk found
  Review: .groundplan/sandbox/default/staging/review.html`);
    expect(sections[2]).toBe(`Deploy
  staging-network  applying, 1 resource
  staging-network  deployed in TIME, 1 resource changed
  staging-app  applying, 1 resource
  staging-app  deployed in TIME, 1 resource changed
  2 of 2 stacks deployed in TIME; the slowest chain of waits takes TIME`);
    expect(sections[3]).toMatch(/^Second plan\n/);
    expect(sections[3]).toMatch(/\n {2}empty for every stack: what is deployed is what the code says$/);
    expect(sections.slice(4).join("\n\n")).toBe(`Deployed
  staging-network  1 resource, just now
    terraform_data
    url  https://example.com
  staging-app  1 resource, just now
    terraform_data

Not deployed locally
  staging-edge  needs Cloudflare (cloudflare/cloudflare), which has no local emulator

The emulator goes on running at http://HOST.

Next
  npm run sandbox status              shows what exists, with its endpoints
  npm run plan staging -- --sandbox   plans and reviews what you edit in envs/staging.ts
  npm run apply staging -- --sandbox  applies just that plan
  npm run sandbox down                stops the emulator and forgets everything
`);
    expect(code).toBe(0);
    expect(readJson(paths.timing)).toMatchObject({
      system: "default",
      environment: "staging",
      wallSeconds: expect.any(Number) as number,
      criticalPath: { seconds: expect.any(Number) as number },
      stacks: [
        { name: "staging-network", dependencies: [] },
        { name: "staging-app", dependencies: ["staging-network"] },
      ],
    });

    const again = await run("start");
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/the emulator was up already/);
    expect(again.out).toMatch(/^ {2}staging-network {2}no changes$/m);
  });

  test("deploys nothing and stops the emulator again when a stack cannot be planned", async () => {
    const { run, paths } = project({ network: { document: { resource: vpc({ bad: { input: "${nothing.here}" } }) } } });
    const { code, out } = await run("start");
    expect(code).toBe(1);
    expect(out).toMatch(/\nError in network, terraform_data\.bad: Reference to undeclared resource\n/);
    expect(out).toMatch(/\nNothing was deployed, and the emulator is stopped again\.\n$/);
    expect(runningEmulator(paths)).toBeUndefined();
  });

  test("says so when nothing of a system can be deployed here, and leaves no emulator behind", async () => {
    const { run, paths } = project({ "staging-hosted": { document: foreign } });
    const { code, out } = await run("start");
    expect(code).toBe(0);
    expect(out.split("\n\n").slice(1).join("\n\n")).toBe(`Plan
  staging-hosted  not planned  its provider cannot be had here

Not deployed locally
  staging-hosted  needs Cloudflare (cloudflare/cloudflare), which has no local emulator

No stack of this system can be deployed here; the emulator is stopped again.
`);
    expect(runningEmulator(paths)).toBeUndefined();
  });

  test("shows the words of a synth that fails, and leaves no emulator behind", async () => {
    const { run, paths, failSynth } = project();
    failSynth("envs/staging.ts: natGateways must be one of single, per-zone");
    expect(await run("start", "--env", "staging")).toMatchObject({
      code: 66,
      err:
        "Error: staging of system default does not synthesize\n  envs/staging.ts: natGateways must be one of single, per-zone\n" +
        "Try this: mend what it says above and run the command again\n",
    });
    expect(runningEmulator(paths)).toBeUndefined();
  });

  test("is 1 when the second plan is not empty, and says what would change", async () => {
    const { run } = project({
      network: { document: { resource: { terraform_data: { clock: { input: "${timestamp()}" } } } } },
    });
    const { code, out } = await run("start");
    expect(code).toBe(1);
    expect(out).toMatch(
      /network {2}planned again in TIME: still to change: update terraform_data\.clock\n {2}not empty: see above\n/,
    );
  });

  test("says so when another run is at work", async () => {
    const { run, deployment } = project();
    const other = spawn("/bin/sleep", ["30"]);
    writeJson(deployment.lock, { ...markOf(other.pid ?? 0), command: "npm start" });
    const busy = `Error: another run is at work here: npm start (process ${other.pid})\nTry this: wait until it is done, or end it with: kill -INT ${other.pid}\n`;
    expect(await run("start")).toEqual({ code: 1, out: "", err: busy });
    expect(await run("sandbox", "deploy")).toEqual({ code: 1, out: "", err: busy });
    other.kill("SIGKILL");
  });

  test.each([["../../etc"], ["Prod"], ["a b"]])(
    "refuses %j as the name of a system, since it becomes a folder",
    async (name) => {
      const { code, err } = await project().run("start", "--system", name);
      expect({ code, err }).toEqual({
        code: 64,
        err: `Error: --system must be lower-case letters, digits and hyphens, got ${JSON.stringify(name)}\nTry this: npm start -- --help\n`,
      });
    },
  );

  test("says where it has to be run", async () => {
    const { terminal, written } = recordingTerminal();
    expect(await main(commands, ["start"], { terminal, environment: {}, folder })).toBe(66);
    expect(written.err).toBe(
      `Error: ${folder} is not inside a groundplan project\nTry this: change into the project's folder and run the command again\n`,
    );
  });
});

describe("npm run sandbox", () => {
  test("starts, deploys, shows, destroys and stops, each by itself", async () => {
    const { run, deployment, paths } = project();
    expect(await run("sandbox", "status")).toEqual({
      code: 0,
      err: "",
      out: "The emulator is down. Start it with: npm run sandbox up\n\nSystem default, environment staging\n  nothing is deployed\n",
    });
    expect(await run("sandbox", "deploy")).toEqual({
      code: 66,
      out: "",
      err: "Error: the emulator is not running\nTry this: npm run sandbox up\n",
    });
    expect((await run("sandbox", "up")).out).toMatch(
      /^The emulator runs at http:\/\/HOST \(moto 5\.2\.1, .*python3\)\.\nNext: /,
    );
    expect((await run("sandbox", "up")).out).toBe(
      "The emulator runs already, at http://HOST.\nNext: npm run sandbox deploy\n",
    );
    expect((await run("sandbox", "deploy")).code).toBe(0);
    const { out } = await run("sandbox", "status");
    expect(out.split("\n\n")[1]).toBe(`System default, environment staging
  staging-network  1 resource, just now
    terraform_data
    url  https://example.com
  staging-app  1 resource, just now
    terraform_data
  not deployed: staging-edge
`);
    const destroyed = await run("sandbox", "destroy");
    expect(destroyed.code).toBe(0);
    expect(destroyed.out).toMatch(/Everything is destroyed, no state holds a resource\.\n$/);
    expect(statesIn(deployment)).toEqual([]);
    expect(await run("sandbox", "destroy")).toEqual({ code: 0, out: "Nothing is deployed.\n", err: "" });
    expect((await run("sandbox", "down")).out).toBe("The emulator at http://HOST is stopped.\n");
    expect(runningEmulator(paths)).toBeUndefined();
    expect((await run("sandbox", "down")).out).toBe("The emulator was not running.\n");
  });

  test("warns that the states go with the emulator's memory", async () => {
    const { run } = project();
    await run("sandbox", "up");
    await run("sandbox", "deploy");
    expect((await run("sandbox", "down")).out).toBe(
      "  warning: the states of default staging are removed, what they describe went with the emulator's memory\nThe emulator at http://HOST is stopped.\n",
    );
  });

  test("keeps what succeeded when a stack fails, and exits with 1", async () => {
    const broken = { input: 1, provisioner: [{ "local-exec": { command: "exit 7" } }] };
    const { run } = project({ good: network, bad: { document: { resource: vpc({ broken }) } } });
    await run("sandbox", "up");
    const { code, out } = await run("sandbox", "deploy");
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}1 of 2 stacks deployed in TIME/m);
    expect(out).toMatch(/^Error in bad, terraform_data\.broken: local-exec provisioner error$/m);
    expect((await run("sandbox", "status")).out).toMatch(/^ {2}good {2}1 resource/m);
  });
});

describe("Ctrl-C", () => {
  const program = join(folder, "cli.cjs");
  beforeAll(() => {
    const entry = join(__dirname, "..", "..", "..", "tools", "cli.ts");
    buildSync({
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      target: "node20",
      outfile: program,
      logLevel: "error",
    });
  });
  const slow: Readonly<Record<string, StackSketch>> = {
    network: { document: { resource: vpc({ slow: slowResource(60) }) } },
    app: { dependencies: ["network"], document: { resource: vpc() } },
  };

  /** Runs a command as a process of its own, and waits until it deploys. */
  async function deploying(one: ReturnType<typeof project>, ...argv: string[]) {
    const child = spawn(process.execPath, [program, ...argv], { cwd: one.root, env: one.environment });
    const written = { out: "", err: "" };
    child.stdout.on("data", (text: Buffer) => (written.out += text.toString()));
    child.stderr.on("data", (text: Buffer) => (written.err += text.toString()));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    while (!written.out.includes("network  applying") && child.exitCode === null) await sleep(20);
    await sleep(100);
    const emulator = runningEmulator(one.paths);
    if (emulator === undefined) throw new Error(`no emulator runs: ${JSON.stringify(written)}`);
    return { child, written, ended, emulator };
  }

  test("ends npm start cleanly: nothing runs any more, and nothing is left", async () => {
    const one = project(slow);
    const { child, written, ended, emulator } = await deploying(one, "start");
    child.kill("SIGINT");
    child.kill("SIGINT"); // npm passes on what the terminal has sent already
    expect(await ended).toBe(4);
    expect(written.err).toBe(
      "Interrupted: waiting for what runs to end in good order. Press Ctrl-C again to end it at once.\n",
    );
    expect(written.out).toMatch(
      /\nInterrupted; the emulator is stopped and what was deployed to it is gone\. Nothing is left running\.\n$/,
    );
    expect(isRunning(emulator)).toBe(false);
    expect([existsSync(one.deployment.lock), existsSync(one.deployment.states)]).toEqual([false, false]);
  });

  test("leaves a state to go on from when the emulator was there before", async () => {
    const one = project(slow);
    await one.run("sandbox", "up");
    const { child, written, ended, emulator } = await deploying(one, "sandbox", "deploy");
    child.kill("SIGTERM");
    expect(await ended).toBe(4);
    expect(written.out).toMatch(/\nInterrupted; deployed so far, with the number of resources: network \(2\)\.\n/);
    expect(isRunning(emulator)).toBe(true);
    expect(existsSync(one.deployment.lock)).toBe(false);
    one.synthesize({ network: { document: { resource: vpc() } } });
    expect((await one.run("sandbox", "destroy")).code).toBe(0);
  });

  test("a second time ends everything at once", async () => {
    const stubborn = {
      input: 1,
      provisioner: [{ "local-exec": { command: "trap '' INT TERM; echo $$ > pid; sleep 60 & wait; sleep 60" } }],
    };
    const one = project({ network: { document: { resource: vpc({ stubborn }) } } });
    await one.run("sandbox", "up");
    const { child, written, ended } = await deploying(one, "sandbox", "deploy");
    const pidFile = join(one.deployment.outdir, "stacks", "network", "pid");
    while (readText(pidFile) === undefined) await sleep(20);
    const pid = Number(readText(pidFile));
    child.kill("SIGINT");
    await sleep(600);
    if (child.exitCode === null) child.kill("SIGINT");
    expect(await ended).toBe(4);
    expect(isRunning({ pid, mark: "" })).toBe(false);
    expect(existsSync(one.deployment.lock)).toBe(false);
    expect(written.out).toMatch(/The emulator still runs\. Continue with: npm run sandbox deploy\n/);
  });
});
