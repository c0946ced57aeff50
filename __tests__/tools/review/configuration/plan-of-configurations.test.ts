import { planOfConfigurations } from "../../../../tools/review/configuration/plan-of-configurations";
import { listOf, objectOf, type JsonObject } from "../../../../tools/json";

const table = (name: string, body: JsonObject = {}) => ({ resource: { aws_dynamodb_table: { [name]: body } } });

/** Every change but the no-ops: address, actions, and the sides. */
function changes(before: JsonObject | undefined, after: JsonObject | undefined) {
  return listOf(planOfConfigurations(before, after)["resource_changes"]).flatMap((value) => {
    const { address, previous_address: from, change } = objectOf(value);
    const { actions, before: old, after: now } = objectOf(change);
    return JSON.stringify(actions) === '["no-op"]' && from === undefined
      ? []
      : [{ address, ...(from === undefined ? {} : { from }), actions, old, now }];
  });
}

describe("planOfConfigurations", () => {
  test("says what is added, removed and changed, and nothing of what stays", () => {
    const before = { resource: { aws_sqs_queue: { stays: { name: "s" }, goes: { name: "g" }, turns: { name: "t" } } } };
    const after = { resource: { aws_sqs_queue: { stays: { name: "s" }, turns: { name: "u" }, comes: { name: "c" } } } };
    expect(changes(before, after)).toEqual([
      { address: "aws_sqs_queue.turns", actions: ["update"], old: { name: "t" }, now: { name: "u" } },
      { address: "aws_sqs_queue.comes", actions: ["create"], old: null, now: { name: "c" } },
      { address: "aws_sqs_queue.goes", actions: ["delete"], old: { name: "g" }, now: null },
    ]);
  });

  test("does not count what cdktf notes about where a block came from", () => {
    const noted = (path: string) => table("one", { name: "n", "//": { metadata: { path } } });
    expect(changes(noted("a/b"), noted("a/c"))).toEqual([]);
  });

  test("follows a moved block to the old address", () => {
    const after = {
      ...table("new", { name: "n" }),
      moved: [{ from: "aws_dynamodb_table.old", to: "aws_dynamodb_table.new" }],
    };
    expect(changes(table("old", { name: "n" }), after)).toEqual([
      {
        address: "aws_dynamodb_table.new",
        from: "aws_dynamodb_table.old",
        actions: ["no-op"],
        old: { name: "n" },
        now: { name: "n" },
      },
    ]);
  });

  test("forgets the objects of a stack that is no longer synthesized, because nothing destroys them", () => {
    expect(changes(table("one"), undefined).map(({ address, actions }) => ({ address, actions }))).toEqual([
      { address: "aws_dynamodb_table.one", actions: ["forget"] },
    ]);
  });

  test("creates everything of a new stack", () => {
    expect(changes(undefined, table("one")).map(({ actions }) => actions)).toEqual([["create"]]);
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    [
      "the backend",
      { terraform: { backend: { s3: { bucket: "a" } } } },
      { terraform: { cloud: { organization: "acme" } } },
      "terraform.backend",
    ],
    [
      "a provider's version",
      { terraform: { required_providers: { aws: { version: "5.100.0" } } } },
      { terraform: { required_providers: { aws: { version: "6.0.0" } } } },
      "terraform.required_providers.aws",
    ],
    ["a region", { provider: { aws: [{ region: "a" }] } }, { provider: { aws: [{ region: "b" }] } }, "provider.aws"],
    [
      "a region of an alias",
      { provider: { aws: [{ region: "a" }, { alias: "far", region: "b" }] } },
      { provider: { aws: [{ region: "a" }, { alias: "far", region: "c" }] } },
      "provider.aws.far",
    ],
    ["a variable's default", { variable: { n: { default: 1 } } }, { variable: { n: { default: 2 } } }, "var.n"],
    ["a local value", { locals: { n: "a" } }, { locals: { n: "b" } }, "local.n"],
    ["a module", { module: { m: { source: "./a" } } }, { module: { m: { source: "./b" } } }, "module.m"],
    [
      "what is read",
      { data: { aws_ami: { linux: { owners: ["amazon"] } } } },
      { data: { aws_ami: { linux: { owners: ["self"] } } } },
      "data.aws_ami.linux",
    ],
  ])("shows a change of %s", (_, before, after, address) => {
    expect(changes(before, after)).toMatchObject([{ address, actions: ["update"] }]);
  });

  test("has outputs with their marks, those that are gone too", () => {
    const before = { output: { kept: { value: "a" }, gone: { value: "b", sensitive: true } } };
    const after = { output: { kept: { value: "a" }, made: { value: "${aws_vpc.v.id}" } } };
    expect(planOfConfigurations(before, after)["output_changes"]).toEqual({
      gone: {
        actions: ["delete"],
        before: "b",
        after: null,
        after_unknown: false,
        before_sensitive: true,
        after_sensitive: false,
      },
      kept: {
        actions: ["no-op"],
        before: "a",
        after: "a",
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      },
      made: {
        actions: ["create"],
        before: null,
        after: "${aws_vpc.v.id}",
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      },
    });
  });

  test("knows what refers to what, in nested values and functions too", () => {
    const after = {
      resource: {
        aws_instance: { web: { list: [{ a: '${join(",", [aws_subnet.a.id, data.aws_ami.linux.image_id])}' }] } },
      },
    };
    const { root_module: module } = objectOf(planOfConfigurations(undefined, after)["configuration"]);
    expect(objectOf(module)["resources"]).toEqual([
      {
        address: "aws_instance.web",
        mode: "managed",
        type: "aws_instance",
        name: "web",
        expressions: { "(all)": { references: ["aws_subnet.a.id", "data.aws_ami.linux.image_id"] } },
      },
    ]);
  });
});
