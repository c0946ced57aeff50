import { join } from "node:path";
import { referencesIn, Synthesized } from "../../../tools/plan/synthesized";
import { temporaryFolder } from "../support/folder";
import { outputOf, writeStacks } from "../support/stacks";

const folder = temporaryFolder();
const stacks = writeStacks(join(folder, "out"), {
  network: {
    document: {
      provider: { aws: [{ region: "eu-west-3" }, { alias: "second", region: "eu-west-1" }] },
      locals: { size: "${var.size}" },
      variable: { size: { default: 20 } },
      resource: {
        aws_vpc: {
          vpc: {
            "//": { metadata: { path: "network/vpc/vpc" } },
            cidr_block: "10.0.0.0/16",
            count_of: "${local.size}",
          },
        },
        aws_s3_bucket: {
          copy: { provider: "aws.second", bucket: "b-${aws_vpc.vpc.cidr_block}", depends_on: ["aws_vpc.vpc"] },
        },
      },
      output: { vpc: { value: "${aws_vpc.vpc.id}" }, cidr: { value: "${aws_vpc.vpc.cidr_block}" } },
    },
  },
  app: {
    reads: ["network"],
    document: {
      resource: {
        aws_lb: {
          lb: {
            vpc: outputOf("network", "vpc"),
            cidr: outputOf("network", "cidr"),
            later: "${aws_lb.lb.arn}",
            on: "true",
            port: "443",
          },
        },
      },
    },
  },
});
const system = new Synthesized(stacks);
const only = (type: string) => {
  const [resource] = system.ofType(type);
  if (resource === undefined) throw new Error(`no ${type}`);
  return resource;
};

describe("Synthesized", () => {
  test("knows each resource's construct and region", () => {
    expect(only("aws_vpc")).toMatchObject({
      stack: "network",
      address: "aws_vpc.vpc",
      path: "vpc/vpc",
      construct: "vpc",
      region: "eu-west-3",
    });
    expect(only("aws_s3_bucket")).toMatchObject({ path: "copy", construct: "copy", region: "eu-west-1" });
  });

  test("follows references across stacks, and leaves order alone", () => {
    expect(system.references(only("aws_lb"))).toEqual([only("aws_vpc"), only("aws_lb")]);
    expect(system.references(only("aws_s3_bucket"), [])).toEqual([]);
  });

  test("reads what is known before apply", () => {
    expect(system.text(only("aws_lb"), "cidr")).toBe("10.0.0.0/16");
    expect(system.text(only("aws_s3_bucket"), "bucket")).toBe("b-10.0.0.0/16");
    expect(system.number(only("aws_vpc"), "count_of")).toBe(20);
    expect(system.number(only("aws_lb"), "port")).toBe(443);
    expect(system.flag(only("aws_lb"), "on")).toBe(true);
  });

  test("does not know what comes after apply", () => {
    expect(system.text(only("aws_lb"), "vpc")).toBeUndefined();
    expect(system.text(only("aws_lb"), "later")).toBeUndefined();
    expect(system.number(only("aws_lb"), "missing")).toBeUndefined();
    expect(system.flag(only("aws_lb"), "missing")).toBe(false);
  });
});

describe("referencesIn", () => {
  test.each([
    ["${a.b.c}", [["a", "b", "c"]]],
    [
      '${f(a.b, "${c.d[0].e}")}',
      [
        ["a", "b"],
        ["c", "d", 0, "e"],
      ],
    ],
    ['${a.b["k"]} ${x ? y.z : [q.r]}', [["a", "b", "k"], ["x"], ["y", "z"], ["q", "r"]]],
    [
      "${[for s in a.b : s.id]}",
      [
        ["a", "b"],
        ["s", "id"],
      ],
    ],
    [
      "${a.b[c.d]}",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["${a.b[*].id}", [["a", "b"]]],
    ["plain", []],
    ["${not a reference", []],
  ])("%s", (text, references) => {
    expect(referencesIn(text)).toEqual(references);
  });
});
