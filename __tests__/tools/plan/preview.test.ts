import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeFile } from "../../../tools/files";
import { planOffline } from "../../../tools/plan/offline";
import { planStacks } from "../../../tools/plan/preview";
import { previewDocument } from "../../../tools/plan/preview-document";
import { readStacks, type Stack } from "../../../tools/plan/stack";
import { readState, writeOutputs } from "../../../tools/plan/state-file";
import { Children } from "../../../tools/terraform/children";
import { setUpTerraform } from "../../../tools/terraform/setup";
import { temporaryFolder } from "../support/folder";
import { outputOf, writeStacks, type StackSketch } from "../support/stacks";

const folder = temporaryFolder();
const environment = { PATH: process.env["PATH"], HOME: folder };
let count = 0;

const resource = (input: unknown) => ({ terraform_data: { x: { input } } });
const consumer: StackSketch = {
  dependencies: ["network"],
  reads: ["network"],
  document: {
    resource: {
      terraform_data: {
        x: { input: outputOf("network", "id"), count: `\${length(${outputOf("network", "ids").slice(2, -1)})}` },
      },
    },
  },
};
const network: StackSketch = {
  document: {
    resource: resource(1),
    output: { id: { value: "${aws_vpc.main.id}" }, ids: { value: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"] } },
  },
};

async function preview(
  sketches: Readonly<Record<string, StackSketch>>,
  states?: Readonly<Record<string, Record<string, string[] | string>>>,
  only?: readonly string[],
) {
  const root = join(folder, `preview-${(count += 1)}`);
  const stacks = writeStacks(join(root, "cdktf.out"), sketches);
  const setup = await setUpTerraform({
    children: new Children(),
    environment,
    folder: join(root, "terraform"),
    needs: [],
  });
  const stateOf = (stack: string) => join(root, "states", `${stack}.tfstate`);
  for (const [stack, outputs] of Object.entries(states ?? {}))
    writeOutputs(stateOf(stack), new Map(Object.entries(outputs)));
  const plans = await planStacks({
    stacks,
    only,
    folder: join(root, "preview"),
    terraform: setup.terraform,
    environment: setup.environment,
    json: true,
    ...(states === undefined ? {} : { stateOf }),
  });
  return { root, plans, stacks };
}

describe("planStacks", () => {
  test("plans a stack whose upstream has no state, with placeholders in a folder of its own", async () => {
    const { plans, root } = await preview({ network, app: consumer }, undefined, ["app"]);
    expect(plans).toMatchObject([
      { stack: "app", status: "changes", counts: { add: 2 }, placeholders: ["network"], problems: [] },
    ]);
    expect(readdirSync(join(root, "cdktf.out", "stacks", "app"))).toEqual(["cdk.tf.json"]);
    expect(existsSync(join(root, ".groundplan"))).toBe(false);
    const states = join(root, "preview", "app", ".groundplan", "state");
    expect(readState(join(states, "network.tfstate"))?.outputs.get("id")?.value).toMatch(/^vpc-/);
    expect(existsSync(join(root, "preview", "app", "PREVIEW"))).toBe(true);
  });

  test("keeps the plan as JSON, and no plan that could be applied", async () => {
    const { plans } = await preview({ one: { document: { resource: resource("a") } } });
    const path = plans[0]?.planJsonPath ?? "";
    expect(readJson(path)).toMatchObject({ resource_changes: [{ address: "terraform_data.x" }] });
    expect(readdirSync(join(path, "..")).filter((name) => name.endsWith("tfplan"))).toEqual([]);
  });

  test("prefers real values, and invents only what is missing", async () => {
    const only = await preview(
      { network: { document: {} }, app: consumer },
      { network: { id: "vpc-real", ids: ["a", "b", "c"] } },
    );
    expect(only.plans[1]).toMatchObject({ counts: { add: 3 }, placeholders: [] });
    const some = await preview({ network: { document: {} }, app: consumer }, { network: { ids: ["a", "b"] } });
    expect(some.plans[1]).toMatchObject({ counts: { add: 2 }, placeholders: ["network"] });
  });

  test("tells nothing to do from something to do", async () => {
    const { plans } = await preview({ nothing: { document: {} } });
    expect(plans[0]).toMatchObject({ status: "empty", counts: { add: 0, change: 0, remove: 0, import: 0 } });
  });

  test("reports what Terraform refuses, and plans the rest", async () => {
    const { plans } = await preview({
      bad: { document: { resource: resource("${nothing.here}") } },
      good: { document: { resource: resource(1) } },
    });
    expect(plans.map(({ status }) => status)).toEqual(["failed", "changes"]);
    expect(plans[0]?.problems).toMatchObject([{ stack: "bad", summary: "Reference to undeclared resource" }]);
  });
});

describe("planOffline", () => {
  test("validates and plans the stacks that need AWS alone", async () => {
    const outdir = join(folder, "offline", "cdktf.out");
    writeStacks(outdir, {
      one: { document: { resource: resource(1) } },
      edge: { document: { terraform: { required_providers: { cloudflare: { source: "cloudflare/cloudflare" } } } } },
    });
    const plans = await planOffline({ outdir, folder: join(folder, "offline", "groundplan"), environment });
    expect(plans).toMatchObject([{ stack: "one", status: "changes", counts: { add: 1 }, problems: [] }]);
  });
});

describe("previewDocument", () => {
  const pathOf = (stack: string) => `states/${stack}`;
  const stackOf = (document: object): Stack => {
    const outdir = join(folder, `document-${(count += 1)}`);
    writeStacks(outdir, { network: {}, app: {} });
    writeFile(join(outdir, "stacks", "app", "cdk.tf.json"), JSON.stringify(document));
    const [, app] = readStacks(outdir);
    if (app === undefined) throw new Error("no stack");
    return app;
  };

  test("keeps state beside it whatever the backend", () => {
    const document = {
      terraform: { cloud: { organization: "acme" }, required_providers: { aws: {} } },
      data: {
        aws_region: { r: {} },
        terraform_remote_state: { up: { backend: "s3", config: { bucket: "b", key: "network/terraform.tfstate" } } },
      },
      output: { x: { value: "${data.terraform_remote_state.up.outputs.id}" } },
    };
    expect(previewDocument(stackOf(document), false, pathOf)).toEqual({
      terraform: { required_providers: { aws: {} }, backend: { local: { path: "states/app" } } },
      data: {
        aws_region: { r: {} },
        terraform_remote_state: { up: { backend: "local", config: { path: "states/network" } } },
      },
      output: document.output,
    });
  });

  test("lets the AWS provider ask nobody anything, unless it may be called", () => {
    const aws = [
      { region: "eu-west-3", allowed_account_ids: ["1"], assume_role: [{}], profile: "prod" },
      { alias: "us", region: "us-east-1" },
    ];
    const stack = stackOf({ provider: { aws } });
    const offline = {
      access_key: "preview",
      secret_key: "preview",
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_region_validation: true,
      skip_metadata_api_check: "true",
      max_retries: 1,
    };
    expect(previewDocument(stack, false, pathOf)["provider"]).toEqual({
      aws: [
        { region: "eu-west-3", ...offline },
        { alias: "us", region: "us-east-1", ...offline },
      ],
    });
    expect(previewDocument(stack, true, pathOf)["provider"]).toEqual({ aws });
  });
});
