import { join } from "node:path";
import { awsProviders, obstacles, providersOf, readStacks, remoteStatesOf } from "../../../tools/plan/stack";
import { deployable } from "../../../tools/sandbox/deploy";
import { temporaryFolder } from "../support/folder";
import { outputOf, writeStacks } from "../support/stacks";

const folder = temporaryFolder();
const needs = (...sources: string[]) => ({
  terraform: {
    required_providers: Object.fromEntries(sources.map((source) => [source.split("/").at(-1), { source }])),
  },
});

describe("providersOf", () => {
  test("writes every source in full and leaves the public registry out", () => {
    const required_providers = {
      aws: { source: "aws", version: "5.100.0" },
      random: {},
      cloudflare: { source: "registry.terraform.io/cloudflare/cloudflare" },
      own: { source: "example.com/acme/own" },
    };
    expect(providersOf({ terraform: { required_providers } })).toEqual([
      { source: "hashicorp/aws", version: "5.100.0" },
      { source: "hashicorp/random" },
      { source: "cloudflare/cloudflare" },
      { source: "example.com/acme/own" },
    ]);
    expect(providersOf({})).toEqual([]);
  });
});

describe("remoteStatesOf", () => {
  const reading = (source: object, expression: string) => ({
    data: { terraform_remote_state: { upstream: source } },
    output: { x: { value: expression } },
  });
  const read = "${data.terraform_remote_state.upstream.outputs.a}";

  test.each([
    ["a local file", { config: { path: "../../state/staging-data.tfstate" } }],
    ["an object in S3", { config: { key: "acme/staging-data.tfstate" } }],
    ["a folder in S3", { config: { key: "acme/staging-data/terraform.tfstate" } }],
    ["a workspace", { config: { workspaces: { name: "staging-data" } } }],
  ])("knows the producer by %s", (_name, source) => {
    expect(remoteStatesOf(reading(source, read), ["staging-data"])).toEqual([
      { id: "upstream", producer: "staging-data", outputs: ["a"] },
    ]);
  });

  test("lists each output that is read once, however it is written", () => {
    const expression = `${read} \${data.terraform_remote_state.upstream.outputs["b-c"]} ${read}`;
    expect(remoteStatesOf(reading({}, expression), [])[0]?.outputs).toEqual(["a", "b-c"]);
  });

  test("does not count a state of which nothing is read", () => {
    expect(remoteStatesOf(reading({}, "none"), [])).toEqual([]);
  });

  test("does not mistake a longer name for a shorter one", () => {
    expect(remoteStatesOf(reading({}, "${data.terraform_remote_state.upstream2.outputs.a}"), [])).toEqual([]);
  });
});

describe("readStacks", () => {
  const outdir = join(folder, "read");
  writeStacks(outdir, {
    bastion: {},
    network: {},
    data: { dependencies: ["network"] },
    migrations: {
      dependencies: ["network", "data"],
      document: {
        data: {
          terraform_remote_state: {
            "state-bastion": { backend: "local", config: { path: "../../../state/bastion.tfstate" } },
            "state-elsewhere": { backend: "s3", config: { key: "shared/elsewhere.tfstate" } },
          },
        },
        output: {
          here: { value: "${data.terraform_remote_state.state-bastion.outputs.vpc_id}" },
          there: { value: "${data.terraform_remote_state.state-elsewhere.outputs.vpc_id}" },
        },
      },
    },
  });

  test("lets a stack wait for those of the manifest, and for those whose state it reads by name", () => {
    expect(Object.fromEntries(readStacks(outdir).map(({ name, dependencies }) => [name, dependencies]))).toEqual({
      bastion: [],
      network: [],
      data: ["network"],
      migrations: ["network", "data", "bastion"],
    });
  });
});

describe("obstacles", () => {
  const stacks = writeStacks(join(folder, "cdktf.out"), {
    network: { document: needs("aws") },
    edge: { dependencies: ["network"], document: needs("aws", "cloudflare/cloudflare") },
    mixed: { document: needs("integrations/github", "acme/own") },
    hosted: { document: needs("kislerdm/neon", "upstash/upstash", "render-oss/render") },
    app: { dependencies: ["edge"], document: needs("aws") },
    site: {
      dependencies: ["edge"],
      reads: ["edge"],
      document: { ...needs("aws"), output: { x: { value: outputOf("edge", "zone") } } },
    },
    after: { dependencies: ["site"], reads: ["site"], document: { output: { x: { value: outputOf("site", "x") } } } },
    plain: {},
  });

  test("are foreign providers, and values of stacks that are not deployed", () => {
    expect(obstacles(stacks)).toEqual([
      { stack: "edge", reason: "needs Cloudflare (cloudflare/cloudflare), which has no local emulator" },
      { stack: "mixed", reason: "needs GitHub (integrations/github) and acme/own, which have no local emulator" },
      {
        stack: "hosted",
        reason:
          "needs Neon (kislerdm/neon), Upstash (upstash/upstash) and Render (render-oss/render), which have no local emulator",
      },
      { stack: "site", reason: "reads values of edge, which is not deployed locally" },
      { stack: "after", reason: "reads values of site, which is not deployed locally" },
    ]);
  });

  test("leave a stack that is only ordered after one of them, and its order", () => {
    expect(deployable(stacks).map(({ name, dependencies }) => [name, dependencies])).toEqual([
      ["network", []],
      ["app", ["network"]],
      ["plain", []],
    ]);
  });
});

describe("awsProviders", () => {
  test("finds each block by its alias, in a list or alone", () => {
    const main = { region: "eu-west-3" };
    const other = { alias: "us", region: "us-east-1" };
    expect([...awsProviders({ provider: { aws: [main, other] } })]).toEqual([
      ["", main],
      ["us", other],
    ]);
    expect([...awsProviders({ provider: { aws: main } })]).toEqual([["", main]]);
    expect([...awsProviders({})]).toEqual([]);
  });
});
