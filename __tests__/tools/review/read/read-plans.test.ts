import { readPlans } from "../../../../tools/review/read/read-plans";
import { Digits, UNKNOWN } from "../../../../tools/review/value";
import { changeJson, planJson, planOf } from "../../../support/plan-json";

const one = { address: "aws_a.b", actions: ["create"], after: { name: "é" } };
const text = JSON.stringify(planJson([one]));
const read = (bytes: Uint8Array | string) =>
  readPlans(typeof bytes === "string" ? Buffer.from(bytes) : bytes, "plan.json");
const addresses = (bytes: Uint8Array | string) =>
  read(bytes).map(({ changes }) => changes.map(({ address }) => address));
const utf16be = (given: string) => Buffer.from(given, "utf16le").swap16();

describe("readPlans", () => {
  test.each<[string, Uint8Array | string]>([
    ["UTF-8", text],
    ["UTF-8 with a byte order mark", `\uFEFF${text}`],
    ["UTF-16 as PowerShell writes it", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
    ["UTF-16, big end first", utf16be(`\uFEFF${text}`)],
    [
      "lines of a wrapper around it",
      `[command]/usr/bin/terraform show -json plan {x}\nstarting\n${text}\n::debug::done {1}\n`,
    ],
    ["a wrapper's word on the same line", `stdout: ${text}`],
    ["white space around it", `\n\n  ${text}  \n`],
  ])("reads %s", (_, bytes) => {
    expect(read(bytes).map(({ changes }) => changes.map(({ address, after }) => [address, after]))).toEqual([
      [["aws_a.b", { name: "é" }]],
    ]);
  });

  test("reads several plans in one file, each with a source of its own", () => {
    const other = JSON.stringify(planJson([{ ...one, address: "aws_a.c" }]), null, 2);
    expect(addresses(`${text}\n${other}`)).toEqual([["aws_a.b"], ["aws_a.c"]]);
    expect(read(`${text}${text}`).map(({ source }) => source)).toEqual(["plan.json", "plan.json#2"]);
  });

  test.each<[string, Uint8Array | string, string]>([
    ["an empty file", "", "plan.json is empty"],
    ["a saved plan", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), "plan.json is a saved plan, not its JSON"],
    [
      "a bookmark",
      '{"remote_plan_format":1,"run_id":"run-1","hostname":"app.terraform.io"}',
      "plan.json is a bookmark of a run in Terraform Cloud, not a plan",
    ],
    [
      "a plan that is cut short",
      text.slice(0, -20),
      "plan.json is cut short: the JSON that begins in line 1 does not end",
    ],
    ["text", "Terraform will perform the following actions", "plan.json holds no JSON"],
    ["a list", "[1, 2]", "plan.json holds no plan"],
    ["a state", '{"format_version":"1.0","values":{}}', "plan.json is a state"],
    ["another JSON", '{"a":1}', "plan.json is no plan"],
    [
      "a format of the future",
      JSON.stringify({ ...planJson([]), format_version: "2.0" }),
      "plan.json has plan format 2.0, and formats up to 1.x are known",
    ],
  ])("refuses %s and says what to do", (_, bytes, message) => {
    const error = (() => {
      try {
        read(bytes);
      } catch (thrown) {
        return thrown as { message: string; tryThis?: string; exitCode: number };
      }
      return undefined;
    })();
    expect(error).toMatchObject({ message, exitCode: 66 });
    expect(error?.tryThis).toMatch(/terraform|groundplan/);
  });

  test.each<[string, readonly string[], string]>([
    ["no-op", ["no-op"], "no-op"],
    ["replace", ["delete", "create"], "replace"],
    ["replace", ["create", "delete"], "replace-create-first"],
    ["forget", ["forget"], "forget"],
    ["create and forget", ["create", "forget"], "create-forget"],
    ["open", ["open"], "open"],
    ["what is not known", ["create", "explode"], "unknown"],
    ["two updates", ["update", "update"], "unknown"],
    ["nothing", [], "unknown"],
  ])("knows %s", (_, actions, action) => {
    expect(planOf([{ ...one, actions }]).changes[0]?.action).toBe(action);
  });

  test("says of an action it does not know what the plan has", () => {
    expect(planOf([{ ...one, actions: ["create", "explode"] }]).remarks).toEqual([
      "aws_a.b: the actions are create, explode, which this reader does not know",
    ]);
  });

  test("puts what is known after apply in its place", () => {
    const { changes } = planOf([
      {
        ...one,
        actions: ["update"],
        before: { id: "i-1", tags: { a: "1" }, list: ["x", "y"] },
        after: { tags: {}, list: ["x", null], made: null },
        after_unknown: { id: true, tags: { a: true }, list: [false, true], blocks: [{ arn: true }], made: false },
      },
    ]);
    expect(changes[0]?.after).toEqual({
      id: UNKNOWN,
      tags: { a: UNKNOWN },
      list: ["x", UNKNOWN],
      made: null,
      blocks: [{ arn: UNKNOWN }],
    });
    expect(planOf([{ ...one, after: undefined, after_unknown: true }]).changes[0]?.after).toBe(UNKNOWN);
  });

  test("keeps the digits of numbers that no double holds, and those of others", () => {
    const plan = text.replace('"é"', '12345678901234567890123, "small": 12, "part": 0.25, "far": 1e3');
    expect(read(plan)[0]?.changes[0]?.after).toEqual({
      name: new Digits("12345678901234567890123"),
      small: 12,
      part: 0.25,
      far: 1000,
    });
  });

  test("parts drift by whether the plan was made because of it", () => {
    const drift = (address: string, attribute: string) =>
      changeJson({ address, actions: ["update"], before: { [attribute]: "a" }, after: { [attribute]: "b" } });
    const { drift: found } = planOf([], {
      resource_drift: [drift("aws_a.used[0]", "size"), drift("aws_a.other", "tags"), drift("aws_a.used2", "tags")],
      relevant_attributes: [
        { resource: "aws_a.used", attribute: ["size"] },
        { resource: "aws_a.used2", attribute: ["size", 0] },
      ],
    });
    expect(found.map(({ address, relevant }) => [address, relevant])).toEqual([
      ["aws_a.used[0]", true],
      ["aws_a.other", false],
      ["aws_a.used2", false],
    ]);
  });

  test("reads moves, imports, deposed objects, reasons and generated configuration", () => {
    const { changes } = planOf([
      {
        address: "aws_a.new",
        actions: ["no-op"],
        before: { a: 1 },
        after: { a: 1 },
        entry: { previous_address: "aws_a.old" },
      },
      { address: "aws_a.taken", actions: ["no-op"], before: {}, after: {}, importing: { id: "i-1" } },
      { address: "aws_a.later", actions: ["create"], after: {}, importing: { unknown: true } },
      {
        address: "aws_a.b",
        actions: ["delete"],
        before: {},
        entry: { deposed: "00aa11bb", action_reason: "delete_because_no_resource_config" },
      },
    ]);
    expect(
      changes.map(({ previousAddress, importing, deposed, reason }) => ({
        previousAddress,
        importing,
        deposed,
        reason,
      })),
    ).toEqual([
      { previousAddress: "aws_a.old" },
      { importing: { id: "i-1", unknown: false } },
      { importing: { unknown: true } },
      { deposed: "00aa11bb", reason: "delete_because_no_resource_config" },
    ]);
  });

  test("follows references through inputs and outputs of modules, without indexes", () => {
    const resource = (address: string, ...references: readonly string[]) => ({
      address,
      expressions: { block: [{ value: { references } }] },
    });
    const { references } = planOf([], {
      configuration: {
        root_module: {
          resources: [
            resource("aws_lb.front", 'module.net["a"].subnet_ids', "module.net"),
            {
              ...resource("aws_instance.web", "aws_lb.front.arn", "aws_lb.front", "each.key"),
              depends_on: ["data.aws_ami.linux"],
            },
          ],
          module_calls: {
            net: {
              expressions: { vpc: { references: ["aws_vpc.main.id", "aws_vpc.main"] } },
              module: {
                resources: [resource("aws_subnet.one", "var.vpc")],
                outputs: { subnet_ids: { expression: { references: ["aws_subnet.one.id", "aws_subnet.one"] } } },
              },
            },
          },
        },
      },
    });
    expect(Object.fromEntries(references)).toEqual({
      "aws_lb.front": ["module.net.aws_subnet.one"],
      "aws_instance.web": ["aws_lb.front", "data.aws_ami.linux"],
      "module.net.aws_subnet.one": ["aws_vpc.main"],
    });
  });

  test("reads checks, deferred changes and actions of providers", () => {
    const plan = planOf([], {
      checks: [
        {
          address: { to_display: "check.up", kind: "check" },
          status: "fail",
          instances: [{ problems: [{ message: "it is down" }] }],
        },
      ],
      deferred_changes: [{ reason: "instance_count_unknown", resource_change: changeJson(one) }],
      action_invocations: [
        {
          address: "action.x.y",
          type: "x",
          lifecycle_action_trigger: { triggering_resource_address: "aws_a.b", action_trigger_event: "AfterCreate" },
        },
      ],
      errored: true,
      complete: false,
      applyable: false,
    });
    expect(plan).toMatchObject({
      ...{ errored: true, complete: false, applyable: false },
      checks: [{ address: "check.up", kind: "check", status: "fail", problems: ["it is down"] }],
      deferred: [{ reason: "instance_count_unknown", change: { address: "aws_a.b" } }],
      invocations: [{ address: "action.x.y", type: "x", trigger: "aftercreate of aws_a.b", deferred: false }],
    });
  });

  test("remarks on what it does not know and goes on", () => {
    const { remarks, changes } = planOf([one], {
      format_version: undefined,
      surprises: [],
      resource_drift: "none",
      deferred_changes: [{}],
    });
    expect(changes).toHaveLength(1);
    expect(remarks).toEqual([
      "the plan does not say which format it has; it is read as 1.2",
      'the plan has a section "surprises" that this reader does not know',
      "resource_drift is not a list, so it is not shown",
      "deferred_changes has an entry without an address, which is not shown",
    ]);
  });

  test("takes names such as __proto__ for names", () => {
    const plan = text.replace('"name":"é"', '"__proto__":{"a":1},"constructor":"c"');
    const after = read(plan)[0]?.changes[0]?.after as Record<string, unknown>;
    expect(Object.keys(after)).toEqual(["__proto__", "constructor"]);
  });
});
