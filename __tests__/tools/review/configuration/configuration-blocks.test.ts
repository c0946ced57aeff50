import {
  blocksOf,
  movesOf,
  outputsOf,
  SETTING_TYPES,
} from "../../../../tools/review/configuration/configuration-blocks";
import type { JsonObject } from "../../../../tools/json";

/** Blocks in short: address, mode, type, name, and the body. */
const blocks = (document: JsonObject) =>
  [...blocksOf(document).values()].map(({ address, mode, type, name, body }) => [address, mode, type, name, body]);

describe("blocksOf", () => {
  test.each<[string, JsonObject, readonly unknown[]]>([
    [
      "a resource",
      { resource: { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } } },
      ["aws_vpc.main", "managed", "aws_vpc", "main", { cidr_block: "10.0.0.0/16" }],
    ],
    [
      "a data source",
      { data: { aws_ami: { linux: { owners: ["amazon"] } } } },
      ["data.aws_ami.linux", "data", "aws_ami", "linux", { owners: ["amazon"] }],
    ],
    [
      "an ephemeral resource",
      { ephemeral: { random_password: { p: { length: 20 } } } },
      ["ephemeral.random_password.p", "ephemeral", "random_password", "p", { length: 20 }],
    ],
    [
      "a backend",
      { terraform: { backend: { s3: { bucket: "b" } } } },
      ["terraform.backend", "data", "terraform_backend", "backend", { s3: { bucket: "b" } }],
    ],
    [
      "Terraform Cloud as a backend",
      { terraform: { cloud: { organization: "o" } } },
      ["terraform.backend", "data", "terraform_backend", "backend", { cloud: { organization: "o" } }],
    ],
    [
      "a provider that is asked for",
      { terraform: { required_providers: { aws: { version: "6.0.0" } } } },
      ["terraform.required_providers.aws", "data", "terraform_required_provider", "aws", { version: "6.0.0" }],
    ],
    [
      "a provider",
      { provider: { aws: { region: "a" } } },
      ["provider.aws", "data", "terraform_provider", "aws", { region: "a" }],
    ],
    [
      "a provider by its alias",
      { provider: { aws: [{ alias: "far", region: "a" }] } },
      ["provider.aws.far", "data", "terraform_provider", "aws.far", { alias: "far", region: "a" }],
    ],
    [
      "a module",
      { module: { m: { source: "./m" } } },
      ["module.m", "data", "terraform_module", "m", { source: "./m" }],
    ],
    [
      "a local value, also one that is no object",
      { locals: { n: [1] } },
      ["local.n", "data", "terraform_local", "n", { value: [1] }],
    ],
    ["a variable", { variable: { v: { default: 1 } } }, ["var.v", "data", "terraform_variable", "v", { default: 1 }]],
  ])("has %s", (_, document, expected) => {
    expect(blocks(document)).toEqual([expected]);
  });

  test("leaves out what cdktf notes, at any depth, and outputs", () => {
    const note = { "//": { metadata: { path: "a" } } };
    expect(
      blocks({
        ...note,
        resource: { aws_a: { b: { ...note, list: [{ ...note, x: 1 }] } } },
        output: { o: { value: 1 } },
      }),
    ).toEqual([["aws_a.b", "managed", "aws_a", "b", { list: [{ x: 1 }] }]]);
  });

  test.each<[string, JsonObject]>([
    ["nothing", {}],
    ["parts of another kind", { resource: [], data: "x", terraform: null, provider: { aws: "x" }, locals: 1 }],
  ])("has none in %s", (_, document) => {
    expect(blocks(document)).toEqual([]);
  });

  test("gives settings types that no provider has", () => {
    expect(Object.values(SETTING_TYPES).filter((type) => !type.startsWith("terraform_"))).toEqual([]);
  });
});

describe("outputsOf", () => {
  test("has value and mark of each", () => {
    const document = { output: { a: { value: "${x.y}", sensitive: true }, b: { value: [1] }, c: "odd" } };
    expect([...outputsOf(document)]).toEqual([
      ["a", { value: "${x.y}", sensitive: true }],
      ["b", { value: [1], sensitive: false }],
      ["c", { value: undefined, sensitive: false }],
    ]);
  });
});

describe("movesOf", () => {
  test.each<[string, unknown, ReadonlyArray<readonly [string, string]>]>([
    [
      "a list of blocks",
      [
        { from: "aws_a.a", to: "aws_a.b" },
        { from: "aws_a.c", to: "aws_a.d" },
      ],
      [
        ["aws_a.b", "aws_a.a"],
        ["aws_a.d", "aws_a.c"],
      ],
    ],
    ["one block", { from: "aws_a.a", to: "aws_a.b" }, [["aws_a.b", "aws_a.a"]]],
    ["references", [{ from: "${aws_a.a}", to: "${aws_a.b}" }], [["aws_a.b", "aws_a.a"]]],
    ["blocks that lack a side", [{ from: "aws_a.a" }, { to: "aws_a.b" }, "x", null], []],
    ["no block at all", undefined, []],
  ])("reads %s", (_, moved, expected) => {
    expect([...movesOf(moved === undefined ? {} : { moved })]).toEqual(expected);
  });
});
