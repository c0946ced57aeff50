import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chosenSystem } from "../../envs/chosen-system";
import type { Environment } from "../../envs/environment";
import { cloudStacks, stacksOf } from "../../stacks/cloud-stacks";
import { addSystem } from "../../stacks/system";
import { cloud } from "../support/in-cloud";
import { prod, shared, staging, system } from "../support/environments";

/** The app of a system, as it stands before it is synthesized. */
function withApp<T>(environments: Environment[], look: (app: App) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), "groundplan-app-"));
  try {
    const app = new App({ outdir });
    addSystem(app, chosenSystem({ system: system(...environments), environments }));
    return look(app);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const inCloud = (...environments: Environment[]) =>
  withApp(environments, (app) =>
    Object.fromEntries(cloudStacks(app).map(({ name, workspace, readBy }) => [name, { workspace, readBy }])),
  );

describe("cloudStacks", () => {
  test("finds every stack in Terraform Cloud with its workspace, and who reads its state by a reference", () => {
    expect(inCloud(staging({ state: cloud, delivery: {}, database: { engine: "postgres" } }))).toEqual({
      "staging-delivery": { workspace: "acme-staging-delivery", readBy: [] },
      "staging-network": { workspace: "acme-staging-network", readBy: ["staging-data"] },
      "staging-data": { workspace: "acme-staging-data", readBy: [] },
      "staging-app": { workspace: "acme-staging-app", readBy: [] },
      "staging-github": { workspace: "acme-staging-github", readBy: [] },
    });
  });

  test("finds who looks up the outputs of a stack by its name", () => {
    const migrating = { ...shared, state: cloud, migrations: { repository: "api" } };
    const found = inCloud(staging({ state: cloud, shared: migrating, database: { engine: "mysql" } }));
    expect(found["shared-bastion"]).toEqual({ workspace: "acme-shared-bastion", readBy: ["staging-migrations"] });
  });

  test("leaves out what keeps its state elsewhere, also as a reader", () => {
    const environments = [staging({ state: cloud }), prod()];
    expect(Object.keys(inCloud(...environments))).toEqual([
      "staging-delivery",
      "staging-network",
      "staging-data",
      "staging-app",
    ]);
  });

  test("finds none where nothing is in Terraform Cloud", () => {
    expect(inCloud(staging())).toEqual({});
  });
});

describe("stacksOf", () => {
  test("lists the stacks of the app in the order they were made, with who applies them and whether they need AWS", () => {
    const vercel = { kind: "vercel", repository: { owner: "acme", name: "web" } } as const;
    const environment = staging({ state: cloud, delivery: {}, sites: { web: vercel } });
    const stacks = withApp([environment], (app) =>
      stacksOf(app).map(({ node, appliedBy, usesAws }) => [node.id, appliedBy, usesAws]),
    );
    expect(stacks).toEqual([
      ["platform", "person", false],
      ["shared", "person", true],
      ["staging-delivery", "person", true],
      ["staging-vercel", "pipeline", false],
      ["staging-network", "pipeline", true],
      ["staging-data", "pipeline", true],
      ["staging-app", "pipeline", true],
      ["staging-github", "person", false],
    ]);
  });
});
