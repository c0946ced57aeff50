import { utimesSync } from "node:fs";
import { join } from "node:path";
import { renderInventory } from "../../../tools/cli/render";
import { writeJson } from "../../../tools/files";
import { inventory } from "../../../tools/sandbox/inventory";
import { recordingTerminal } from "../support/terminal";
import { temporaryFolder } from "../support/folder";

const states = temporaryFolder();
const instance = (attributes: object, sensitive: string[] = []) => ({
  attributes,
  sensitive_attributes: sensitive.map((value) => [{ type: "get_attr", value }]),
});
const resource = (type: string, name: string, ...instances: object[]) => ({ mode: "managed", type, name, instances });

const changedAt = new Date("2026-11-20T10:00:00Z");
const write = (stack: string, state: object) => {
  writeJson(join(states, `${stack}.tfstate`), { version: 4, ...state });
  utimesSync(join(states, `${stack}.tfstate`), changedAt, changedAt);
};

beforeAll(() => {
  write("data", {
    outputs: {
      bucket: { value: "uploads" },
      ports: { value: [80, 443] },
      "cross-stack-output-x": { value: "TOP SECRET", sensitive: true },
    },
    resources: [
      resource("aws_db_instance", "db", instance({ endpoint: "db.example:5432" })),
      resource(
        "aws_s3_bucket",
        "uploads",
        instance({ bucket: "uploads" }),
        instance({ bucket: "TOP SECRET" }, ["bucket"]),
      ),
    ],
  });
  write("network", { outputs: {}, resources: [resource("aws_vpc", "main", instance({ cidr_block: "10.0.0.0/16" }))] });
  write("empty", { outputs: {}, resources: [] });
});

describe("inventory", () => {
  test("counts resources by type and shows endpoints and outputs, never what is sensitive", () => {
    const found = inventory({ states }, ["network", "unknown", "data"]);
    expect(found.map(({ stack }) => stack)).toEqual(["network", "data"]);
    expect(found[1]).toEqual({
      stack: "data",
      resources: 3,
      byType: [
        ["aws_s3_bucket", 2],
        ["aws_db_instance", 1],
      ],
      outputs: [
        ["bucket", "uploads"],
        ["ports", [80, 443]],
      ],
      facts: [
        ["database", "db.example:5432"],
        ["bucket", "uploads"],
      ],
      changedAt: changedAt.getTime(),
    });
    expect(JSON.stringify(found)).not.toContain("SECRET");
  });

  test("is empty where nothing was deployed", () => {
    expect(inventory({ states: join(states, "none") }, [])).toEqual([]);
  });

  test("is shown stack by stack", () => {
    const now = changedAt.getTime() + 3 * 60_000;
    expect(
      renderInventory(inventory({ states }, ["network", "data"]), recordingTerminal().terminal.paint, now),
    ).toEqual([
      "  network  1 resource, 3 min ago",
      "    aws_vpc",
      "    network  10.0.0.0/16",
      "  data  3 resources, 3 min ago",
      "    aws_s3_bucket 2, aws_db_instance",
      "    database  db.example:5432",
      "    bucket    uploads",
      "    bucket    uploads",
      "    ports     [80,443]",
    ]);
  });

  test("shows how a host is reached", () => {
    write("hosts", {
      outputs: {},
      resources: [
        resource("aws_instance", "host", instance({ id: "i-1", private_ip: "10.0.0.4" })),
        resource("aws_eip", "address", instance({ public_ip: "192.0.2.1" })),
        resource("aws_ssm_document", "deploy", instance({ name: "acme-staging-api-deploy" })),
      ],
    });
    expect(inventory({ states }, []).find(({ stack }) => stack === "hosts")?.facts).toEqual([
      ["address", "192.0.2.1"],
      ["host", "i-1"],
      ["command document", "acme-staging-api-deploy"],
    ]);
  });
});
