import { join } from "node:path";
import { writeJson } from "../../../tools/files";
import type { Value } from "../../../tools/plan/evaluate";
import { readState, typeOf, writeOutputs } from "../../../tools/plan/state-file";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();

describe("readState", () => {
  test("gives managed instances with their addresses, and outputs", () => {
    const path = join(folder, "full.tfstate");
    const instance = { attributes: { id: "a" }, dependencies: ["aws_vpc.main"] };
    writeJson(path, {
      version: 4,
      outputs: { url: { value: "https://x", type: "string" }, secret: { value: "s", sensitive: true } },
      resources: [
        {
          mode: "managed",
          type: "aws_vpc",
          name: "main",
          instances: [{ attributes: { id: "v" }, sensitive_attributes: [] }],
        },
        {
          mode: "managed",
          type: "aws_subnet",
          name: "all",
          instances: [{ ...instance, index_key: 0 }, { index_key: "b" }],
        },
        { mode: "data", type: "terraform_remote_state", name: "x", instances: [{}] },
        {
          mode: "managed",
          module: "module.m",
          type: "aws_db_instance",
          name: "db",
          instances: [{ sensitive_attributes: [[{ type: "get_attr", value: "password" }]] }],
        },
      ],
    });
    const state = readState(path);
    expect(state?.instances.map(({ address, type }) => [address, type])).toEqual([
      ["aws_vpc.main", "aws_vpc"],
      ["aws_subnet.all[0]", "aws_subnet"],
      ['aws_subnet.all["b"]', "aws_subnet"],
      ["module.m.aws_db_instance.db", "aws_db_instance"],
    ]);
    expect(state?.instances[1]).toMatchObject({ attributes: { id: "a" }, dependencies: ["aws_vpc.main"] });
    expect(state?.instances[3]?.sensitive).toEqual(new Set(["password"]));
    expect(Object.fromEntries(state?.outputs ?? [])).toEqual({
      url: { value: "https://x", sensitive: false },
      secret: { value: "s", sensitive: true },
    });
  });

  test("is undefined where there is no state", () => {
    expect(readState(join(folder, "none.tfstate"))).toBeUndefined();
  });
});

describe("writeOutputs", () => {
  test("writes a state that is read back, every output sensitive as between stacks", () => {
    const path = join(folder, "outputs.tfstate");
    writeOutputs(path, new Map<string, Value>([["ids", ["a", "b"]]]));
    expect(readState(path)).toEqual({
      instances: [],
      outputs: new Map([["ids", { value: ["a", "b"], sensitive: false }]]),
    });
  });
});

describe("typeOf", () => {
  test.each<[Value, unknown]>([
    ["a", "string"],
    [null, "string"],
    [1, "number"],
    [true, "bool"],
    [
      ["a", "b"],
      ["list", "string"],
    ],
    [[], ["tuple", []]],
    [
      ["a", 1],
      ["tuple", ["string", "number"]],
    ],
    [{ a: 1 }, ["object", { a: "number" }]],
    [
      [{ a: 1 }, { a: 2 }],
      ["list", ["object", { a: "number" }]],
    ],
  ])("of %j is %j", (value, type) => {
    expect(typeOf(value)).toEqual(type);
  });
});
