import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText, writeJson } from "../../../tools/files";
import type { Bundle } from "../../../tools/plan/bundle";
import { environmentProject, things } from "../support/environment-project";
import { temporaryFolder } from "../support/folder";
import { outputOf, type StackSketch } from "../support/stacks";

const folder = temporaryFolder();
let count = 0;
const fresh = (sketches: Readonly<Record<string, StackSketch>>) =>
  environmentProject(join(folder, String((count += 1))), sketches);
type Project = ReturnType<typeof fresh>;

const network = (cidr = "10.0.0.0/16"): StackSketch => ({
  document: { resource: things({ vpc: cidr }), output: { id: { value: "${terraform_data.vpc.id}" } } },
});
const app = (image = "1"): StackSketch => ({
  dependencies: ["network"],
  reads: ["network"],
  document: { resource: things({ service: { network: outputOf("network", "id"), image } }) },
});
const pair = () => ({ network: network(), app: app() });
const statuses = ({ stacks }: Bundle) => stacks.map(({ name, status }) => `${name} ${status}`);

/** A project whose stacks are applied. */
async function standing(sketches: Readonly<Record<string, StackSketch>> = pair()): Promise<Project> {
  const project = fresh(sketches);
  expect(await project.run("plan staging --exit-zero")).toMatchObject({ code: 0, err: "" });
  expect(await project.run("apply staging --yes")).toMatchObject({ code: 0, err: "" });
  return project;
}

describe("npm run plan", () => {
  test("plans what stands by itself, and previews what reads from it", async () => {
    const project = fresh(pair());
    expect(await project.run("plan staging")).toMatchObject({ code: 2, err: "" });
    const bundle = project.bundle();
    expect(bundle).toMatchObject({
      ...{ version: 1, kind: "plan", complete: true, site: "account", system: "default" },
      ...{
        environment: "staging",
        tier: "staging",
        dirty: false,
        terraformVersion: expect.stringMatching(/^1\./) as string,
      },
    });
    expect(statuses(bundle)).toEqual(["network planned", "app preview"]);
    expect(bundle.stacks.map(({ wave, placeholders, backend }) => [wave, placeholders, backend])).toEqual([
      [1, [], "local"],
      [2, ["network"], "local"],
    ]);
    expect(bundle.stacks.map(({ actions }) => actions)).toEqual([
      [{ address: "terraform_data.vpc", actions: ["create"], replacePaths: [], importing: false }],
      [{ address: "terraform_data.service", actions: ["create"], replacePaths: [], importing: false }],
    ]);
    expect(readdirSync(join(project.paths().folder, "plans"))).toEqual(["network.tfplan"]);
    expect(project.state("network")).toBeUndefined();
  });

  test("says 0 when there is nothing to change, and keeps no plan", async () => {
    const project = await standing();
    expect(await project.run("plan staging")).toMatchObject({ code: 0, err: "" });
    expect(statuses(project.bundle())).toEqual(["network no-changes", "app no-changes"]);
    expect(readdirSync(join(project.paths().folder, "plans"))).toEqual([]);
  });

  test("previews with the values that stand where a change upstream leaves them alone", async () => {
    const project = await standing();
    project.synthesize({ network: network("10.1.0.0/16"), app: app() });
    expect(await project.run("plan staging")).toMatchObject({ code: 2 });
    const [, preview] = project.bundle().stacks;
    expect(preview).toMatchObject({ status: "preview", placeholders: [], actions: [] });
  });

  test("lets only its owner read plans, their JSON and logs, and keeps secrets out of the description", async () => {
    const secret = "wJalrXUtnFEMI-K7MDENG";
    const project = fresh({
      one: {
        document: {
          variable: { password: { type: "string", default: secret, sensitive: true } },
          resource: things({ x: "${var.password}" }),
          output: { password: { value: "${var.password}", sensitive: true } },
        },
      },
      two: {
        dependencies: ["one"],
        reads: ["one"],
        document: { resource: things({ y: outputOf("one", "password") }) },
      },
    });
    await project.run("plan staging");
    const { folder: place } = project.paths();
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(place)).toBe("700");
    for (const file of [...files(join(place, "plans")), ...files(join(place, "json")), ...files(join(place, "logs"))])
      expect([file, mode(file)]).toEqual([file, "600"]);
    expect(readFileSync(join(place, "json", "one.json"), "utf8")).toContain(secret);
    const shared = readdirSync(place).filter((name) => name.includes("."));
    expect(shared).toContain("bundle.json");
    for (const name of shared) expect(readFileSync(join(place, name), "utf8")).not.toContain(secret);
    const previews = files(join(project.root, ".groundplan", "work"));
    expect(previews.filter((file) => file.includes(join(".groundplan", "state")))).toEqual([]);
  });

  test("reports one stack's error and plans the others, save what reads from it", async () => {
    const project = fresh({
      bad: { document: { resource: things({ x: "${nothing.here}" }) } },
      reader: { dependencies: ["bad"], reads: ["bad"], document: { resource: things({ x: outputOf("bad", "id") }) } },
      other: { document: { resource: things({ x: 1 }) } },
    });
    const { code, out } = await project.run("plan staging");
    expect(code).toBe(1);
    expect(out).toContain("Error in bad, terraform_data.x: Reference to undeclared resource");
    expect(out).toContain(`log: ${project.paths().log("bad", "plan")}`);
    expect(statuses(project.bundle())).toEqual(["bad failed", "other planned", "reader blocked"]);
    expect(project.bundle().stacks[2]?.reason).toBe(
      "it reads values of bad, which could not be planned and has no state",
    );
  });

  test("previews what reads from a stack that failed, if that one has a state", async () => {
    const project = await standing();
    project.synthesize({
      network: { document: { resource: things({ vpc: "${nothing.here}" }), output: { id: { value: "x" } } } },
      app: app("2"),
    });
    expect((await project.run("plan staging")).code).toBe(1);
    expect(statuses(project.bundle())).toEqual(["network failed", "app preview"]);
    expect(project.bundle().stacks[1]).toMatchObject({ placeholders: [], actions: [{ actions: ["update"] }] });
  });

  test("plans from the states as they are when told to, and says so", async () => {
    const project = await standing();
    const { code, out } = await project.run("plan staging --no-refresh");
    expect(code).toBe(0);
    expect(out).toContain("Planned from the states as they are: what was changed outside of Terraform is not seen.");
    expect(project.bundle().refreshed).toBe(false);
    const refreshed = await project.run("plan staging");
    expect(refreshed.out).not.toContain("Planned from the states as they are");
    expect(project.bundle().refreshed).toBeUndefined();
  });

  test("plans a selection; one that reads from a stack left out needs that one's state", async () => {
    const project = fresh(pair());
    expect((await project.run("plan staging --stack app")).code).toBe(1);
    expect(project.bundle().stacks).toMatchObject([
      { name: "app", status: "blocked", reason: "it reads values of network, of which one is not deployed" },
    ]);
    expect((await project.run("plan staging --without app")).code).toBe(2);
    expect(statuses(project.bundle())).toEqual(["network planned"]);
    expect(await project.run("plan staging --stack nope")).toMatchObject({ code: 64 });
  });

  test.each([
    ["plan stagin", '"stagin" is no environment of system default; did you mean staging?'],
    ["plan staging --system defaul", '"defaul" is no system; did you mean default?'],
    ["plan staging --fail-on grave", "--fail-on must be critical, high, medium, low or none"],
  ])("refuses %s", async (command, message) => {
    const { code, err } = await fresh(pair()).run(command);
    expect(err).toContain(message);
    expect(code).toBe(64);
  });

  test("initializes once, and again when the backend changes", async () => {
    const project = await standing();
    const stack = join(project.root, ".groundplan/work/default/staging/cdktf.out/stacks/network/.terraform");
    const before = readText(join(stack, "groundplan-init"));
    await project.run("plan staging");
    expect(readText(join(stack, "groundplan-init"))).toBe(before);
    const local = { backend: { local: { path: "../../../.groundplan/state/elsewhere.tfstate" } } };
    project.synthesize({ network: { document: { ...network().document, terraform: local } }, app: app() });
    await project.run("plan staging --stack network");
    expect(readText(join(stack, "groundplan-init"))).not.toBe(before);
  });

  test("does not plan everything a second time where a state is missing that was there", async () => {
    const project = await standing();
    rmSync(join(project.root, ".groundplan", "state", "network.tfstate"));
    const { code, out } = await project.run("plan staging");
    expect(code).toBe(1);
    expect(out).toContain("Error in network: Its state is gone");
    const memory = /If it is meant: remove (.*)/.exec(out)?.[1] ?? "";
    rmSync(memory);
    expect((await project.run("plan staging --stack network")).code).toBe(2);
  });
});

describe("npm run apply", () => {
  test("applies the plans, and the previews once they turn out as shown", async () => {
    const project = fresh(pair());
    await project.run("plan staging");
    const { code, out, err } = await project.run("apply staging --yes");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/network {2}deployed in .*\n.*app {2}deployed in/);
    expect(out.trimEnd().split("\n").at(-1)).toBe("Applied.");
    expect(project.state("network")).toMatchObject({ serial: expect.any(Number) as number });
    expect(project.state("app")).toBeDefined();
    expect(readdirSync(join(project.paths().folder, "plans"))).toEqual([]);
    expect(existsSync(join(project.paths().folder, "json"))).toBe(false); // it holds secrets
    expect(project.bundle().stacks.map(({ applied }) => applied?.outcome)).toEqual(["done", "done"]);
  });

  test("does nothing a second time", async () => {
    const project = await standing();
    expect(await project.run("apply staging --yes")).toMatchObject({ code: 0, err: "" });
    expect((await project.run("apply staging")).out).toContain("Nothing to change.");
  });

  test("asks for nothing where nothing is to be changed, and needs a plan", async () => {
    const project = fresh(pair());
    expect(await project.run("apply staging")).toMatchObject({
      code: 7,
      err: expect.stringContaining("nothing is planned for staging of system default") as string,
    });
  });

  test.each<[string, (project: Project) => unknown, string]>([
    [
      "the configuration has changed",
      (project) => project.synthesize({ network: network("10.9.0.0/16"), app: app() }),
      "network: its configuration has changed since the plan: resource.terraform_data.vpc",
    ],
    [
      "a stack is new",
      (project) => project.synthesize({ ...pair(), more: network() }),
      "more: it is new since the plan",
    ],
    ["a stack is gone", (project) => project.synthesize({ network: network() }), "app: it is no longer synthesized"],
    ["a saved plan is gone", (project) => rmSync(project.paths().plan("network")), "network: its saved plan is gone"],
    [
      "a saved plan is another",
      (project) => appendFileSync(project.paths().plan("network"), "x"),
      "network: its saved plan is not the one that was reviewed",
    ],
    [
      "the state has moved",
      (project) => {
        const path = join(project.root, ".groundplan", "state", "network.tfstate");
        const state = JSON.parse(readFileSync(path, "utf8")) as { serial: number };
        writeFileSync(path, JSON.stringify({ ...state, serial: state.serial + 1 }));
      },
      "network: its state has changed since the plan: somebody applied something",
    ],
    [
      "Terraform is another",
      (project) => edit(project, { terraformVersion: "1.0.0" }),
      "it was planned by Terraform 1.0.0, and this one is 1.",
    ],
    [
      "a provider is another",
      (project) =>
        edit(project, {
          stacks: project.bundle().stacks.map((stack) => ({ ...stack, providers: { "hashicorp/aws": "1.0.0" } })),
        }),
      "network: it was planned with hashicorp/aws 1.0.0, and here it is missing",
    ],
    [
      "it is too old",
      (project) => edit(project, { plannedAt: "2020-01-01T00:00:00Z" }),
      "hours old, and may be 24 at most",
    ],
    [
      "it is incomplete",
      (project) => edit(project, { complete: false }),
      "it is incomplete: the planning was interrupted",
    ],
    [
      "it is another environment's",
      (project) => edit(project, { environment: "prod" }),
      "it was planned for prod of system default in the account, not for staging of system default in the account",
    ],
    ["it is the sandbox's", (project) => edit(project, { site: "sandbox" }), "in the sandbox, not for staging"],
    ["it is a drift", (project) => edit(project, { kind: "drift" }), "it is a drift, not a plan"],
  ])("refuses when %s, and applies nothing", async (_why, change, message) => {
    const project = await standing();
    project.synthesize({ network: network("10.1.0.0/16"), app: app() });
    expect((await project.run("plan staging")).code).toBe(2);
    const before = project.state("app");
    change(project);
    const { code, err } = await project.run("apply staging --yes");
    expect(err).toContain(message);
    expect(err).toContain("Try this: npm run plan staging");
    expect(code).toBe(7);
    expect(project.state("app")).toEqual(before);
    expect(JSON.stringify(project.state("network"))).not.toContain("10.1.0.0/16");
  });

  test("applies an older plan if it may be so old", async () => {
    const project = fresh({ network: network() });
    await project.run("plan staging");
    edit(project, { plannedAt: new Date(Date.now() - 30 * 3_600_000).toISOString() });
    expect((await project.run("apply staging --yes")).code).toBe(7);
    expect((await project.run("apply staging --yes --max-age 31")).code).toBe(0);
  });

  test("does not apply a preview that turns out otherwise, and plans the rest anew", async () => {
    // How many there are is known only once the network is there.
    const several: StackSketch = {
      ...app(),
      document: { resource: { terraform_data: { x: { count: `\${length(${bare("network", "id")}) > 40 ? 1 : 3}` } } } },
    };
    const project = fresh({
      network: {
        document: { resource: things({ vpc: 1 }), output: { id: { value: "${terraform_data.vpc.id}-0123456789" } } },
      },
      app: several,
    });
    expect((await project.run("plan staging")).code).toBe(2);
    const shown = project.bundle().stacks[1]?.actions.length;
    const { code, out } = await project.run("apply staging --yes");
    expect(code).toBe(7);
    expect(out).toContain("app was planned once more, and it is not what was shown:");
    expect(project.state("network")).toBeDefined();
    expect(project.state("app")).toBeUndefined();
    expect(shown).toBe(3);
    expect(project.bundle()).toMatchObject({
      complete: true,
      stacks: [{ name: "app", status: "planned", actions: [{ address: "terraform_data.x[0]" }] }],
    });
    expect((await project.run("apply staging --yes")).code).toBe(0);
  });

  test("stops what depends on a failure and nothing else, and goes on from there", async () => {
    const flag = join(folder, `flag-${count}`);
    const fragile = {
      document: {
        resource: {
          terraform_data: {
            sound: { input: 1 },
            fragile: {
              input: 1,
              depends_on: ["terraform_data.sound"],
              provisioner: [{ "local-exec": { command: `test -e ${flag}` } }],
            },
          },
        },
        output: { id: { value: "${terraform_data.fragile.id}" } },
      },
    };
    const project = fresh({ network: fragile, app: app(), other: network() });
    await project.run("plan staging");
    const { code, out } = await project.run("apply staging --yes");
    expect(code).toBe(1);
    expect(out).toContain("app  not begun, waits for network");
    expect(out).toContain(`network  log: ${project.paths().log("network", "apply")}`);
    expect(out).toContain("Go on with: npm run apply staging");
    expect(project.bundle().stacks.map(({ name, applied }) => [name, applied?.outcome])).toEqual([
      ["network", "failed"],
      ["other", "done"],
      ["app", undefined],
    ]);
    writeFileSync(flag, "");
    const resumed = await project.run("apply staging --yes");
    expect(resumed.out).toContain("network was failed at");
    expect([resumed.code, resumed.err]).toEqual([0, ""]);
    expect(project.bundle().stacks.map(({ applied }) => applied?.outcome)).toEqual(["done", "done", "done"]);
  });

  test("does not go on after a failure if something else would be done now", async () => {
    const project = await standing({ network: network() });
    const broken = {
      document: {
        resource: {
          terraform_data: {
            vpc: { input: "10.2.0.0/16" },
            bad: { provisioner: [{ "local-exec": { command: "false" } }] },
          },
        },
      },
    };
    project.synthesize({ network: broken });
    await project.run("plan staging");
    expect((await project.run("apply staging --yes")).code).toBe(1);
    // Somebody changes what the plan left alone.
    const path = join(project.root, ".groundplan", "state", "network.tfstate");
    const state = JSON.parse(readFileSync(path, "utf8")) as { serial: number; resources: unknown[] };
    writeFileSync(
      path,
      JSON.stringify({ ...state, serial: state.serial + 1, resources: [...state.resources, orphan] }),
    );
    const { code, out } = await project.run("apply staging --yes");
    expect(out).toContain("not shown: delete of terraform_data.orphan");
    expect(code).toBe(7);
  });

  test("refuses a bundle in which a stack failed, unless it is left out", async () => {
    const project = fresh({ bad: { document: { resource: things({ x: "${nothing.here}" }) } }, good: network() });
    await project.run("plan staging");
    const { code, err } = await project.run("apply staging --yes");
    expect(err).toContain("bad could not be planned, nothing was applied");
    expect(code).toBe(1);
    expect(await project.run("apply staging --yes --without bad")).toMatchObject({ code: 0, err: "" });
    expect(project.state("good")).toBeDefined();
  });

  test("does not apply a preview without what it waits for", async () => {
    const project = fresh(pair());
    await project.run("plan staging");
    const { code, err } = await project.run("apply staging --yes --stack app");
    expect(err).toContain("app is a preview until network is applied");
    expect(code).toBe(64);
    expect((await project.run("apply staging --yes --stack network")).code).toBe(0);
    expect((await project.run("apply staging --yes")).code).toBe(0);
  });

  test.each([
    ["staging", "y", 0],
    ["staging", "", 3],
    ["staging", "no", 3],
    ["prod", "y", 3],
    ["prod", "prod", 0],
  ])("in %s, the answer %j comes to %d", async (environment, answer, expected) => {
    const project = fresh(pair());
    project.synthesize(pair(), "prod");
    await project.run(`plan ${environment}`);
    const questions: string[] = [];
    const ask = (question: string) => {
      questions.push(question);
      return Promise.resolve(answer);
    };
    const { code } = await project.run(`apply ${environment}`, { ask });
    expect(questions).toEqual([
      environment === "prod" ? "Apply 2 changes in prod? Type prod to go on: " : "Apply 2 changes in staging? [y/N] ",
    ]);
    expect(code).toBe(expected);
    expect(project.state("network") === undefined).toBe(expected !== 0);
  });

  test("does nothing when nobody is there to say yes, or whoever is there goes away", async () => {
    const project = fresh(pair());
    await project.run("plan staging");
    expect((await project.run("apply staging")).code).toBe(6);
    expect((await project.run("apply staging", { ask: () => Promise.resolve(undefined) })).code).toBe(4);
    expect(project.state("network")).toBeUndefined();
  });
});

function edit(project: Project, change: Partial<Bundle>): void {
  writeJson(project.paths().file, { ...project.bundle(), ...change });
}

function files(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function bare(stack: string, output: string): string {
  return outputOf(stack, output).slice(2, -1);
}

const orphan = {
  mode: "managed",
  type: "terraform_data",
  name: "orphan",
  provider: 'provider["terraform.io/builtin/terraform"]',
  instances: [{ schema_version: 0, attributes: { id: "o", input: null, output: null, triggers_replace: null } }],
};
