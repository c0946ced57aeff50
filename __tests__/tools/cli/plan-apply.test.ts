import { statSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/folder";
import { environmentProject, things } from "../support/environment-project";
import { outputOf, type StackSketch } from "../support/stacks";

const folder = temporaryFolder();
let count = 0;
const fresh = (sketches: Readonly<Record<string, StackSketch>>) =>
  environmentProject(join(folder, String((count += 1))), sketches);

const network: StackSketch = {
  document: { resource: things({ vpc: "10.0.0.0/16" }), output: { id: { value: "${terraform_data.vpc.id}" } } },
};
const app: StackSketch = {
  dependencies: ["network"],
  reads: ["network"],
  document: { resource: things({ service: outputOf("network", "id") }) },
};

describe("plan and apply", () => {
  test("plan, apply what was planned, and find nothing more to do", async () => {
    const project = fresh({ network, app });
    const plan = await project.run("run plan staging".replace("run ", ""));
    expect(plan.err).toBe("");
    expect(plan.code).toBe(2);
    expect(project.bundle().stacks.map(({ name, status }) => [name, status])).toEqual([
      ["network", "planned"],
      ["app", "preview"],
    ]);
    const apply = await project.run("apply staging --yes");
    expect(apply.code).toBe(0);
    const again = await project.run("plan staging");
    expect(again.code).toBe(0);
    expect(statSync(project.paths().folder).mode & 0o777).toBe(0o700);
  });
});
