import { statefulReplace as rule } from "../../../../../tools/review/meaning/risks/stateful-replace";
import { findingsOf, planOf, replaced, reviewOf, updated, type ChangeSketch } from "../../../../support/plan-json";

const address = "aws_db_instance.db";
const cannotUpdate = { entry: { action_reason: "replace_because_cannot_update" } };

describe(rule.id, () => {
  test("says what is lost, by what it is seen, and what would make it safe", () => {
    const change = replaced(address, { engine: "mysql" }, { engine: "postgres" }, { replace_paths: [["engine"]] });
    expect(reviewOf(planOf([change])).risks.filter((risk) => risk.rule === rule.id)).toEqual([
      {
        rule: "stateful-replace",
        severity: "critical",
        title: "The database is destroyed and made anew",
        stack: "stack",
        address,
        construct: "",
        evidence: 'engine: "mysql" → "postgres"',
        why: "The new one is empty: what the old one held is gone, unless there is a copy elsewhere.",
        fix: "Take the change of the named attribute back, or make the new one beside the old one and move the data first.",
      },
    ]);
  });

  test.each<[string, ChangeSketch, string]>([
    [
      "a database cluster",
      replaced("aws_rds_cluster.c", { engine: "a" }, { engine: "b" }, { replace_paths: [["engine"]] }),
      'critical: The database cluster is destroyed and made anew (engine: "a" → "b")',
    ],
    [
      "a Redis of Upstash",
      replaced("upstash_redis_database.r", { region: "a" }, { region: "b" }, { replace_paths: [["region"]] }),
      'critical: The Redis database is destroyed and made anew (region: "a" → "b")',
    ],
    [
      "a zone of Cloudflare",
      replaced("cloudflare_zone.z", { name: "a" }, { name: "b" }, { replace_paths: [["name"]] }),
      'critical: The DNS zone is destroyed and made anew (name: "a" → "b")',
    ],
    [
      "a repository of GitHub",
      replaced("github_repository.r", { name: "a" }, { name: "b" }, { replace_paths: [["name"]] }),
      'critical: The repository is destroyed and made anew (name: "a" → "b")',
    ],
    [
      "a project of Vercel",
      replaced("vercel_project.p", { team_id: "a" }, { team_id: "b" }, { replace_paths: [["team_id"]] }),
      'high: The Vercel project with its deployments is destroyed and made anew (team_id: "a" → "b")',
    ],
    [
      "one that is made before the old one goes: its data stays behind as well",
      { ...replaced("aws_kms_key.k", { m: 1 }, { m: 2 }, { replace_paths: [["m"]] }), actions: ["create", "delete"] },
      "critical: The key, and with it whatever it encrypts is destroyed and made anew (m: 1 → 2)",
    ],
    [
      "a value known only after apply",
      replaced(
        address,
        { kms_key_id: "k" },
        {},
        { after_unknown: { kms_key_id: true }, replace_paths: [["kms_key_id"]] },
      ),
      'critical: The database is destroyed and made anew (kms_key_id: "k" → (known after apply))',
    ],
    [
      "a replacement that names no attribute, by Terraform's word for why",
      replaced(address, {}, {}, { entry: { action_reason: "replace_because_tainted" } }),
      "critical: The database is destroyed and made anew (actions: replace (replace_because_tainted))",
    ],
    [
      "a replacement without any reason",
      replaced(address, {}, {}),
      "critical: The database is destroyed and made anew (actions: replace)",
    ],
    [
      "an attribute inside a set, whose place is not known",
      replaced("aws_s3_bucket.b", { g: [{ k: 1 }] }, { g: [{ k: 2 }] }, { replace_paths: [["g", { k: 2 }, "k"]] }),
      "critical: The bucket is destroyed and made anew (g[…].k: 1 → 2)",
    ],
  ])("finds %s", (_, change, expected) => {
    expect(findingsOf(rule, [change])).toEqual([expected]);
  });

  test("names five of the attributes that force it", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const side = (value: number) => Object.fromEntries(names.map((name) => [name, value]));
    const change = replaced(address, side(1), side(2), { ...cannotUpdate, replace_paths: names.map((name) => [name]) });
    expect(findingsOf(rule, [change])).toEqual([
      "critical: The database is destroyed and made anew (a: 1 → 2; b: 1 → 2; c: 1 → 2; d: 1 → 2; e: 1 → 2; and 1 more)",
    ]);
  });

  test.each([
    ["staging", "high"],
    ["prod", "critical"],
    [undefined, "critical"],
  ])("of the tier %s is %s", (tier, severity) => {
    const { risks } = reviewOf(planOf([replaced(address, {}, {})]), { tier });
    expect(risks.map((risk) => risk.severity)).toEqual([severity]);
  });

  test.each<[string, ChangeSketch]>([
    ["a change in place", updated(address, { engine: "a" }, { engine: "b" })],
    ["a type that holds nothing", replaced("aws_lb.l", {}, {})],
    ["what is only read", { ...replaced("data.aws_db_instance.db", {}, {}), entry: { type: "aws_db_instance" } }],
    ["actions that are not known", { ...replaced(address, {}, {}), actions: ["delete", "create", "delete"] }],
  ])("finds nothing in %s", (_, change) => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });
});
