import { probableRename as rule } from "../../../../../tools/review/meaning/risks/probable-rename";
import {
  created,
  destroyed,
  findingsOf,
  kept,
  planOf,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

const before = {
  id: "sg-1",
  arn: "arn:aws:ec2:eu-west-3:123456789012:security-group/sg-1",
  name: "web",
  description: "d",
  tags: {},
  ingress: [],
};
const after = { name: "web", description: "d", tags: null };
const later = { after_unknown: { id: true, arn: true, ingress: true } };
const OLD = "aws_security_group.old";
const NEW = "aws_security_group.new";
const title = "medium: A renamed resource is destroyed and another one created";

describe(rule.id, () => {
  test("says which became which, and how to say so", () => {
    const { risks } = reviewOf(planOf([destroyed(OLD, before), created(NEW, after, later)]));
    expect(risks.filter((risk) => risk.rule === rule.id)).toEqual([
      {
        rule: "probable-rename",
        severity: "medium",
        title: "A renamed resource is destroyed and another one created",
        stack: "stack",
        address: OLD,
        construct: "",
        evidence: `${OLD} goes, ${NEW} comes`,
        why: "An object that is destroyed and one that is created are alike: the code was moved or renamed, and Terraform takes them for two.",
        fix: `Say that it moved: in cdktf \`moveFromId("${OLD}")\` on ${NEW}, in HCL a \`moved\` block.`,
      },
    ]);
  });

  test("finds a database, of whose new one most is known only after apply", () => {
    const old = {
      ...{
        identifier: "acme",
        engine: "postgres",
        engine_version: "16.4",
        allocated_storage: 20,
        storage_encrypted: true,
      },
      ...{
        id: "db-1",
        resource_id: "db-ABC",
        availability_zone: "eu-west-3a",
        ca_cert_identifier: "rds-ca-rsa2048-g1",
      },
      ...{
        listener_endpoint: [],
        master_user_secret: [{ secret_arn: "arn:s", secret_status: "active" }],
        replicas: [],
      },
    };
    const now = {
      identifier: "acme",
      engine: "postgres",
      engine_version: "16.4",
      allocated_storage: 20,
      storage_encrypted: true,
    };
    const unknown = {
      ...{ id: true, resource_id: true, availability_zone: true, ca_cert_identifier: true, listener_endpoint: true },
      ...{ master_user_secret: true, replicas: true },
    };
    expect(
      findingsOf(rule, [
        destroyed("aws_db_instance.a", old),
        created("aws_db_instance.b", now, { after_unknown: unknown }),
      ]),
    ).toEqual([
      "critical: A renamed resource is destroyed and another one created (aws_db_instance.a goes, aws_db_instance.b comes)",
    ]);
    const other = { ...now, engine: "mysql" };
    expect(
      findingsOf(rule, [
        destroyed("aws_db_instance.a", old),
        created("aws_db_instance.b", other, { after_unknown: unknown }),
      ]),
    ).toEqual([]);
  });

  test.each<[string, readonly ChangeSketch[], readonly string[]]>([
    [
      "one that goes and two that come",
      [destroyed(OLD, before), created(NEW, after, later), created(`${NEW}_2`, after, later)],
      [`${title} (${OLD} goes, ${NEW} or ${NEW}_2 comes; which is which is not certain)`],
    ],
    [
      "two that go and one that comes",
      [destroyed(OLD, before), destroyed(`${OLD}_2`, { ...before, id: "sg-2" }), created(NEW, after, later)],
      [
        `${title} (${OLD} goes, ${NEW} comes; which is which is not certain)`,
        `${title} (${OLD}_2 goes, ${NEW} comes; which is which is not certain)`,
      ],
    ],
    [
      "one that goes and many that come, of which three are named",
      [destroyed(OLD, before), ...[1, 2, 3, 4, 5].map((index) => created(`${NEW}_${index}`, after, later))],
      [
        `${title} (${OLD} goes, ${NEW}_1 or ${NEW}_2 or ${NEW}_3 or one of 2 more comes; which is which is not certain)`,
      ],
    ],
    [
      "two pairs",
      [
        destroyed(OLD, before),
        destroyed(`${OLD}_2`, { ...before, name: "db" }),
        created(`${NEW}_2`, { ...after, name: "db" }, later),
        created(NEW, after, later),
      ],
      [`${title} (${OLD}_2 goes, ${NEW}_2 comes)`, `${title} (${OLD} goes, ${NEW} comes)`],
    ],
    [
      "count that becomes for_each",
      [destroyed(`${OLD}[0]`, before), created(`${OLD}["web"]`, after, later)],
      [`${title} (${OLD}[0] goes, ${OLD}["web"] comes)`],
    ],
    [
      "one whose secret is masked on both sides",
      [
        destroyed("upstash_redis_database.a", { database_name: "c", password: "one" }),
        created("upstash_redis_database.b", { database_name: "c", password: "two" }),
      ],
      [
        "critical: A renamed resource is destroyed and another one created (upstash_redis_database.a goes, upstash_redis_database.b comes)",
      ],
    ],
  ])("finds %s", (_, changes, expected) => {
    expect(findingsOf(rule, changes)).toEqual(expected);
  });

  test.each<[string, readonly ChangeSketch[]]>([
    ["objects that differ", [destroyed(OLD, before), created(NEW, { ...after, name: "db" }, later)]],
    ["objects of two types", [destroyed(OLD, before), created("aws_lb.new", after, later)]],
    ["one that has something more", [destroyed(OLD, before), created(NEW, { ...after, vpc: "v" }, later)]],
    ["one that has something less", [destroyed(OLD, { ...before, vpc: "v" }), created(NEW, after, later)]],
    [
      "objects of which nothing is left to compare",
      [destroyed("aws_eip.a", { id: "1", arn: "a" }), created("aws_eip.b", {}, { after_unknown: { id: true } })],
    ],
    ["an object that says it moved", [{ ...kept(NEW, before), entry: { previous_address: OLD } }]],
    ["one that goes and none that comes", [destroyed(OLD, before), updated(NEW, { ...before, name: "a" }, before)]],
    [
      "what is left of a replaced object",
      [destroyed(OLD, before, { entry: { deposed: "00aa11bb" } }), created(NEW, after, later)],
    ],
    [
      "what is only read",
      [destroyed(OLD, before), { ...created(`data.${NEW}`, after), entry: { type: "aws_security_group" } }],
    ],
  ])("finds nothing in %s", (_, changes) => {
    expect(findingsOf(rule, changes)).toEqual([]);
  });

  test("stays fast, and its text short, for very many that are alike", () => {
    const changes = Array.from({ length: 2_000 }, (_, index) => [
      destroyed(`${OLD}[${index}]`, before),
      created(`${NEW}[${index}]`, after, later),
    ]).flat();
    const found = findingsOf(rule, changes);
    expect(found).toHaveLength(2_000);
    expect(Math.max(...found.map(({ length }) => length))).toBeLessThan(300);
  });
});
