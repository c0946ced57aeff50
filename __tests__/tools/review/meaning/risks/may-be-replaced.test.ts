import { FORCING, mayBeReplaced as rule } from "../../../../../tools/review/meaning/risks/may-be-replaced";
import { argumentsOf } from "../../../../support/provider-classes";
import { created, findingsOf, planOf, reviewOf, updated, type ChangeSketch } from "../../../../support/plan-json";

const change = updated("aws_db_instance.db", { engine: "mysql", username: "a" }, { engine: "postgres", username: "a" });
const kind = "configuration-diff" as const;

describe(rule.id, () => {
  test("says what may happen, by what it is seen, and what would make it safe", () => {
    expect(reviewOf(planOf([change]), { kind }).risks).toEqual([
      {
        rule: "may-be-replaced",
        severity: "high",
        title: "The database may be destroyed and made anew",
        stack: "stack",
        address: "aws_db_instance.db",
        construct: "",
        evidence: 'engine: "mysql" → "postgres"',
        why: "An attribute changes that the provider may not be able to change in place.",
        fix: "Look at the plan before you apply it; if it is replaced, move what it holds first.",
      },
    ]);
  });

  test("names every such attribute, one that comes or goes too, and is mild for what holds nothing", () => {
    const group = updated(
      "aws_security_group.g",
      { name: "a", vpc_id: "${aws_vpc.a.id}" },
      { description: "d", name: "b" },
    );
    expect(findingsOf(rule, [group], { kind })).toEqual([
      'low: It may be destroyed and made anew (name: "a" → "b"; description: null → "d"; vpc_id: "${aws_vpc.a.id}" → null)',
    ]);
  });

  test.each<[string, ChangeSketch]>([
    [
      "an attribute that can be changed in place",
      updated("aws_db_instance.db", { allocated_storage: 1 }, { allocated_storage: 2 }),
    ],
    ["a type that is not in the table", updated("aws_a.a", { name: "a" }, { name: "b" })],
    ["what is new", created("aws_db_instance.db", { engine: "postgres" })],
  ])("finds nothing in %s", (_, one) => {
    expect(findingsOf(rule, [one], { kind })).toEqual([]);
  });

  test("leaves it to a plan to say what is replaced", () => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });

  test("names attributes that the providers know", () => {
    const unknown = Object.entries(FORCING).flatMap(([type, names]) => {
      const known = argumentsOf(type);
      return known === undefined ? [] : names.filter((name) => !known.has(name)).map((name) => `${type}.${name}`);
    });
    expect(unknown).toEqual([]);
    expect(Object.keys(FORCING).filter((type) => argumentsOf(type) === undefined)).toEqual([
      "upstash_redis_database",
      "vercel_project",
    ]);
  });
});
