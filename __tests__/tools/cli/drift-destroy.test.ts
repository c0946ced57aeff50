import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { destroyCommand } from "../../../tools/cli/destroy";
import { driftCommand } from "../../../tools/cli/drift";
import { readJson } from "../../../tools/files";
import { environmentProject, things } from "../support/environment-project";
import { temporaryFolder } from "../support/folder";
import { outputOf, type StackSketch } from "../support/stacks";

const folder = temporaryFolder();
let count = 0;
const network: StackSketch = {
  document: { resource: things({ vpc: 1 }), output: { id: { value: "${terraform_data.vpc.id}" } } },
};
const app: StackSketch = {
  dependencies: ["staging-network"],
  reads: ["staging-network"],
  document: { resource: things({ service: outputOf("staging-network", "id") }) },
};
const system = {
  shared: { document: { resource: things({ images: 1 }) } },
  "staging-network": network,
  "staging-app": app,
};

async function standing(sketches: Readonly<Record<string, StackSketch>> = system) {
  const project = environmentProject(join(folder, String((count += 1))), sketches, [driftCommand, destroyCommand]);
  expect(await project.run("plan staging --exit-zero")).toMatchObject({ code: 0, err: "" });
  expect(await project.run("apply staging --yes")).toMatchObject({ code: 0, err: "" });
  return {
    ...project,
    bundleOf: (kind: string) =>
      readJson(join(project.root, ".groundplan", kind, "default", "staging", "bundle.json")) as {
        stacks: Array<{ name: string; status: string; applied?: { outcome: string } }>;
      },
  };
}
const objects = (state: Record<string, unknown> | undefined) =>
  (state?.["resources"] as Array<{ mode: string }> | undefined)?.filter(({ mode }) => mode === "managed").length;

describe("npm run drift", () => {
  test("finds none where nobody changed anything, and writes no state", async () => {
    const project = await standing();
    const before = project.state("staging-network");
    expect(await project.run("drift staging")).toMatchObject({ code: 0, err: "" });
    expect(project.bundleOf("drift").stacks.map(({ status }) => status)).toEqual([
      "no-changes",
      "no-changes",
      "no-changes",
    ]);
    expect(project.state("staging-network")).toEqual(before);
    expect(existsSync(project.paths().file)).toBe(true);
  });

  test("leaves out what is not deployed", async () => {
    const project = environmentProject(join(folder, String((count += 1))), system, [driftCommand]);
    const { code, out } = await project.run("drift staging");
    expect(code).toBe(0);
    expect(out).toContain("staging-app  not planned: it is not deployed");
  });

  test("is no plan that could be applied", async () => {
    const project = await standing();
    await project.run("drift staging");
    const drift = readFileSync(join(project.root, ".groundplan/drift/default/staging/bundle.json"), "utf8");
    writeFileSync(project.paths().file, drift);
    expect((await project.run("apply staging --yes")).code).toBe(7);
  });
});

describe("npm run destroy", () => {
  test("destroys the environment in reverse order, and not what others share", async () => {
    const project = await standing();
    const { code, out, err } = await project.run("destroy staging --yes");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/staging-app {2}destroyed in[^]*staging-network {2}destroyed in/);
    expect([objects(project.state("staging-app")), objects(project.state("staging-network"))]).toEqual([0, 0]);
    expect(objects(project.state("shared"))).toBe(1);
    expect(await project.run("destroy staging --yes")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Nothing is deployed.") as string,
    });
    expect((await project.run("destroy staging --stack shared --yes")).code).toBe(0);
    expect(objects(project.state("shared"))).toBe(0);
  });

  test.each([
    ["staging", 0],
    ["y", 3],
  ])("asks for the environment's name, and %j comes to %d", async (answer, expected) => {
    const project = await standing();
    const questions: string[] = [];
    const ask = (question: string) => Promise.resolve((questions.push(question), answer));
    expect((await project.run("destroy staging", { ask })).code).toBe(expected);
    expect(questions).toEqual(["Destroy 2 changes in staging? Type staging to go on: "]);
    expect(objects(project.state("staging-app"))).toBe(expected === 0 ? 0 : 1);
  });

  test("does nothing when nobody is there to say yes", async () => {
    const project = await standing();
    expect((await project.run("destroy staging")).code).toBe(6);
    expect(objects(project.state("staging-app"))).toBe(1);
  });

  test("names what is protected before anything is touched", async () => {
    const project = await standing({
      "staging-network": {
        document: { resource: { terraform_data: { vpc: { input: 1, lifecycle: { prevent_destroy: true } } } } },
      },
      "staging-app": { dependencies: ["staging-network"], document: { resource: things({ service: 1 }) } },
    });
    const { code, out } = await project.run("destroy staging --yes");
    expect(code).toBe(1);
    expect(out).toContain("Instance cannot be destroyed");
    expect(out).toContain("Nothing was destroyed");
    expect(objects(project.state("staging-app"))).toBe(1);
    expect((await project.run("destroy staging --yes --without staging-network")).code).toBe(0);
    expect(objects(project.state("staging-app"))).toBe(0);
  });
});
