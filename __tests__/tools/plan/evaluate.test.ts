import fc from "fast-check";
import { evaluate, inside, textOf, type Step, type Value } from "../../../tools/plan/evaluate";
import { parseTemplate } from "../../../tools/plan/expression";

const known: Readonly<Record<string, Value>> = {
  "aws_vpc.main": { id: "vpc-1", tags: { Name: "main" } },
  "aws_subnet.all": [
    { id: "subnet-a", zone: "a" },
    { id: "subnet-b", zone: "b" },
  ],
  "local.ports": [80, 443],
};

/** A reference is looked up by its first two steps; one that is not known is shown as it was written. */
function resolve(path: readonly Step[]): Value {
  const value = known[path.slice(0, 2).join(".")];
  return (value === undefined ? undefined : inside(value, path.slice(2))) ?? `<${path.join(".")}>`;
}
const valueOf = (template: string) => evaluate(parseTemplate(template), resolve);

describe("evaluate", () => {
  test.each<[string, Value]>([
    ["", ""],
    ["plain text", "plain text"],
    ["${aws_vpc.main.id}", "vpc-1"],
    ["arn:${aws_vpc.main.id}/x", "arn:vpc-1/x"],
    ["$${not an expression}", "${not an expression}"],
    ["%%{not a directive}", "%{not a directive}"],
    ["100%", "100%"],
    ["${unknown.thing.attr}", "<unknown.thing.attr>"],
    ['${unknown.thing["key"][0].attr}', "<unknown.thing.key.0.attr>"],
    ["${aws_vpc.main.tags.Name}", "main"],
    ['${aws_vpc.main.tags["Name"]}', "main"],
    ["${aws_subnet.all[1].id}", "subnet-b"],
    ["${aws_subnet.all.0.id}", "subnet-a"],
    ["${aws_subnet.all[*].id}", ["subnet-a", "subnet-b"]],
    ["${aws_subnet.all.*.zone}", ["a", "b"]],
    ["${[for s in aws_subnet.all : s.id]}", ["subnet-a", "subnet-b"]],
    ["${[for i, s in aws_subnet.all : i]}", [0, 1]],
    ["${{ for s in aws_subnet.all : s.zone => s.id }}", { a: "subnet-a", b: "subnet-b" }],
    ["${[for k, v in aws_vpc.main : k if k != null]}", ["id", "tags"]],
    ["${tolist(aws_subnet.all[*].id)[1]}", "subnet-b"],
    ["${element(tolist(aws_subnet.all[*].id), 3)}", "subnet-b"],
    ["${one(aws_subnet.all).id}", "subnet-a"],
    ['${join(",", aws_subnet.all[*].id)}', "subnet-a,subnet-b"],
    ["${concat([1], local.ports)}", [1, 80, 443]],
    ["${flatten([[1], [2, 3]])}", [1, 2, 3]],
    ["${length(local.ports)}", 2],
    ["${local.ports[0] + 1}", 81],
    ["${-5}", -5],
    ["${true ? 1 : 2}", 1],
    ["${false ? 1 : 2}", 2],
    ["${!false && (1 == 2)}", true],
    ["${null}", null],
    ['${[1, "two", true]}', [1, "two", true]],
    ['${{"a" = 1, b = aws_vpc.main.id}}', { a: 1, b: "vpc-1" }],
    ['${"quoted \\"text\\" with ${aws_vpc.main.id}"}', 'quoted "text" with vpc-1'],
    ['${jsonencode([{"name" = "api", "arn" = aws_vpc.main.id}])}', '[{"name":"api","arn":"vpc-1"}]'],
    ['${lookup(aws_vpc.main.tags, "Name", "none")}', "main"],
    ['${lookup(aws_vpc.main.tags, "Other", "none")}', "none"],
    ['${split("-", aws_vpc.main.id)[1]}', "1"],
    ['${replace(aws_vpc.main.id, "vpc-", "x")}', "x1"],
    ['${trimprefix(aws_vpc.main.id, "vpc-")}', "1"],
    ['${trimsuffix(aws_vpc.main.id, "-1")}', "vpc"],
    ['${format("%s:%d", aws_vpc.main.id, 80)}', "vpc-1:80"],
    ["${merge({a = 1}, {b = 2})}", { a: 1, b: 2 }],
    ["${keys(aws_vpc.main)}", ["id", "tags"]],
    ["${upper(aws_vpc.main.id)}", "VPC-1"],
    ["${coalesce(null, aws_vpc.main.id)}", "vpc-1"],
    ["${somefunction(aws_vpc.main.id, 1)}", "vpc-1"],
    ['${tonumber("12")}', 12],
    ["${concat(local.ports...)}", [80, 443]],
  ])("makes %s of it", (template, expected) => {
    expect(valueOf(template)).toEqual(expected);
  });

  test("gives text without expressions back as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[$%]\{/.test(text));
        expect(valueOf(text)).toBe(text);
      }),
    );
  });

  test("reads back every JSON value that is written as an expression", () => {
    const written = (value: unknown): string => {
      if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
      if (typeof value !== "object" || value === null) return JSON.stringify(value);
      return `{${Object.entries(value)
        .map(([key, inner]) => `${JSON.stringify(key)} = ${written(inner)}`)
        .join(", ")}}`;
    };
    const words = fc.stringMatching(/^[a-z ]{0,8}$/);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        words,
        fc.nat(),
        fc.boolean(),
        fc.array(tie("tree")),
        fc.dictionary(words, tie("tree")),
      ),
    }));
    fc.assert(fc.property(tree, (value) => expect(valueOf(`\${${written(value)}}`)).toEqual(value)));
  });

  test.each(["${", "${a", "${a.}", "${[1 2]}", "${f(}", "${a b}"])("refuses %s", (template) => {
    expect(() => parseTemplate(template)).toThrow(/^not understood at character \d+: /);
  });

  test("ends for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'${}[]().,"\\a1*: =%') }), (text) => {
        try {
          parseTemplate(text);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: not understood/);
        }
      }),
    );
  });
});

describe("textOf", () => {
  test.each<[Value, string]>([
    [null, ""],
    [1, "1"],
    [true, "true"],
    [["a"], '["a"]'],
  ])("of %j is %j", (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});
