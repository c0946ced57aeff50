import { diagnosticOf, parseEvent } from "../../../tools/terraform/events";

const at = "2026-11-21T02:32:12.500000Z";
const line = (message: object) => JSON.stringify({ "@level": "info", "@timestamp": at, ...message });
const time = Date.parse(at);
const resource = { addr: "aws_vpc.main", resource_type: "aws_vpc" };

describe("parseEvent", () => {
  test.each<[string, object, object]>([
    [
      "planned_change",
      { change: { resource, action: "replace" } },
      { kind: "planned", at: time, address: "aws_vpc.main", action: "replace" },
    ],
    [
      "apply_start",
      { hook: { resource, action: "create" } },
      { kind: "started", at: time, address: "aws_vpc.main", action: "create" },
    ],
    [
      "apply_progress",
      { hook: { resource, action: "create", elapsed_seconds: 10 } },
      { kind: "progressed", at: time, address: "aws_vpc.main", action: "create" },
    ],
    [
      "apply_complete",
      { hook: { resource, action: "create", id_value: "vpc-1" } },
      { kind: "completed", at: time, address: "aws_vpc.main", action: "create" },
    ],
    [
      "apply_errored",
      { hook: { resource, action: "create" } },
      { kind: "errored", at: time, address: "aws_vpc.main", action: "create" },
    ],
    [
      "change_summary",
      { changes: { add: 3, change: 2, remove: 1, operation: "plan" } },
      { kind: "summary", at: time, operation: "plan", counts: { add: 3, change: 2, remove: 1, import: 0 } },
    ],
    [
      "diagnostic",
      { diagnostic: { severity: "error", summary: "No", detail: "Because", address: "aws_vpc.main" } },
      {
        kind: "diagnostic",
        at: time,
        diagnostic: { severity: "error", summary: "No", detail: "Because", address: "aws_vpc.main" },
      },
    ],
  ])("reads %s", (type, message, expected) => {
    expect(parseEvent(line({ type, ...message }))).toEqual(expected);
  });

  test.each([
    "",
    "Successfully configured the backend",
    '{"type":"apply_st',
    "[1]",
    line({ type: "outputs" }),
    line({ type: "version" }),
  ])("passes over %s", (text) => {
    expect(parseEvent(text)).toBeUndefined();
  });
});

describe("diagnosticOf", () => {
  test.each([
    ["resource.aws_vpc.main.tags", "aws_vpc.main"],
    ['resource "aws_vpc" "main"', "aws_vpc.main"],
    ["data.aws_ami.linux", "data.aws_ami.linux"],
    ["terraform.backend", undefined],
  ])("takes the address from the snippet %s when there is none", (context, address) => {
    expect(diagnosticOf({ severity: "error", summary: "s", detail: "d", snippet: { context } })).toEqual({
      severity: "error",
      summary: "s",
      detail: "d",
      address,
    });
  });

  test("takes what it does not know for an error", () => {
    expect(diagnosticOf(undefined)).toEqual({ severity: "error", summary: "", detail: "", address: undefined });
  });
});
