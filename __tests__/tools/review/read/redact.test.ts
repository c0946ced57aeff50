import { readPlans, readTogether } from "../../../../tools/review/read/read-plans";
import { renderHtml } from "../../../../tools/review/render/html/render-html";
import { renderJson } from "../../../../tools/review/render/json";
import { renderMarkdown } from "../../../../tools/review/render/markdown";
import { renderSarif } from "../../../../tools/review/render/sarif";
import { renderTerminal } from "../../../../tools/review/render/terminal";
import { changeJson, planJson, reviewOf, type ChangeSketch } from "../../../support/plan-json";
import { recordingTerminal } from "../../support/terminal";

/** A secret for each place it is planted in. */
const sentinel = (place: string) => `SENTINEL-${place}-9xQ2`;
const all = /SENTINEL-[\w-]+-9xQ2/g;
const marked = (address: string, place: string, more: Partial<ChangeSketch> = {}): ChangeSketch => ({
  address,
  actions: ["update"],
  before: { secretive: sentinel(`${place}-before`), open: "a" },
  after: { secretive: sentinel(`${place}-after`), open: "b" },
  before_sensitive: { secretive: true },
  after_sensitive: {},
  ...more,
});

/** Everything that is shown of a plan. */
async function shown(plan: Record<string, unknown>): Promise<string> {
  const documents = readPlans(Buffer.from(JSON.stringify(plan)), "plan.json");
  const [document] = documents;
  if (document === undefined) throw new Error("no plan was read");
  const review = reviewOf(document);
  const { paint } = recordingTerminal().terminal;
  return [
    JSON.stringify(documents, (_, value: unknown) =>
      value instanceof Map ? [...(value as Map<string, unknown>)] : value,
    ),
    renderTerminal(review, { paint, columns: 200, verbose: true }),
    renderMarkdown(review),
    renderJson(review),
    renderSarif(review),
    await renderHtml(review),
  ].join("\n");
}

const leaks = async (plan: Record<string, unknown>) => [...new Set((await shown(plan)).match(all) ?? [])];

describe("redaction", () => {
  test("lets no secret through from any section", async () => {
    const importId = sentinel("import");
    const plan = planJson(
      [
        marked("aws_a.update", "marked"),
        marked("aws_a.only_after", "only-after", { before_sensitive: {}, after_sensitive: { secretive: true } }),
        { ...marked("aws_a.whole", "whole"), before_sensitive: true, after_sensitive: true },
        {
          address: "aws_a.create",
          actions: ["create"],
          after: { nested: [{ deep: sentinel("nested") }] },
          after_sensitive: { nested: [{ deep: true }] },
        },
        {
          address: "aws_a.delete",
          actions: ["delete"],
          before: { value: sentinel("deleted") },
          before_sensitive: { value: true },
        },
        {
          ...marked("aws_a.import", "import-body"),
          importing: { id: importId },
          before: { secretive: importId },
          after: { secretive: importId },
        },
        { address: `aws_a.each["${sentinel("key")}"]`, actions: ["create"], after: { token: sentinel("key") } },
        {
          address: "aws_a.named",
          actions: ["create"],
          after: { db_password: sentinel("name"), settings: { apiKey: sentinel("camel") } },
        },
        {
          address: "aws_a.pair",
          actions: ["create"],
          after: {
            environment: [
              { name: "DB_PASSWORD", value: sentinel("pair") },
              { name: "PORT", value: "80" },
            ],
          },
        },
        {
          address: "aws_a.json",
          actions: ["create"],
          after: {
            container_definitions: JSON.stringify([{ environment: [{ name: "API_TOKEN", value: sentinel("json") }] }]),
          },
        },
        {
          address: "aws_a.url",
          actions: ["create"],
          after: { endpoint: `postgres://app:${sentinel("url")}@db.example.com/app` },
        },
        {
          address: "aws_a.script",
          actions: ["create"],
          after: { user_data: `#!/bin/sh\nexport APP_SECRET=${sentinel("script")}\n` },
        },
        {
          address: "aws_a.echo",
          actions: ["update"],
          before: { note: "x" },
          after: { note: `see ${sentinel("marked-after")} and ${sentinel("variable")} ${sentinel("prior")}` },
        },
      ],
      {
        resource_drift: [changeJson(marked("aws_a.drift", "drift"))],
        deferred_changes: [
          { reason: "resource_config_unknown", resource_change: changeJson(marked("aws_a.deferred", "deferred")) },
        ],
        output_changes: {
          secret: {
            actions: ["update"],
            before: sentinel("output-before"),
            after: sentinel("output-after"),
            before_sensitive: true,
            after_sensitive: true,
          },
        },
        variables: { anything: { value: sentinel("variable") } },
        planned_values: {
          root_module: {
            resources: [{ address: "aws_a.x", values: { v: sentinel("planned") }, sensitive_values: { v: true } }],
          },
        },
        prior_state: {
          values: {
            root_module: {
              child_modules: [
                {
                  resources: [{ address: "aws_a.y", values: { v: sentinel("prior") }, sensitive_values: { v: true } }],
                },
              ],
            },
          },
        },
        configuration: {
          root_module: {
            variables: { anything: { sensitive: true } },
            resources: [{ address: "aws_a.z", expressions: { v: { constant_value: sentinel("constant") } } }],
          },
        },
        checks: [
          {
            address: { to_display: "check.a" },
            status: "fail",
            instances: [{ problems: [{ message: `wrong: ${sentinel("marked-before")}` }] }],
          },
        ],
        action_invocations: [{ address: "action.a", type: "a", config: { token: sentinel("action") } }],
      },
    );
    expect(await leaks(plan)).toEqual([]);
  });

  test.each([
    ["an AWS access key", "AKIAIOSFODNN7EXAMPLE"],
    ["a GitHub token", "ghp_0123456789abcdefghijklmnopqrstuvwxyz"],
    ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijkl"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"],
    ["an AWS secret key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY9"],
    ["a random token", "q8Zt3LmX0vRk7YpW2sHd9JcF4bNa"],
  ])("masks %s by its shape", async (_, secret) => {
    const plan = planJson([{ address: "aws_a.b", actions: ["create"], after: { note: secret } }]);
    const text = await shown(plan);
    for (const line of secret.split("\n").filter((part) => !part.startsWith("-----"))) expect(text).not.toContain(line);
    expect(text).toContain("(masked)");
  });

  test.each([
    ["arn", "arn:aws:iam::123456789012:role/acme-prod-Api7FC2283"],
    ["subnet_id", "subnet-0abc123def4567890"],
    [
      "image",
      "123456789012.dkr.ecr.eu-west-3.amazonaws.com/api@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ],
    ["name", "cross-stack-output-aws_db_instancedatabase_instance_D7FC2283address"],
    ["etag", "5d41402abc4b2a76b9719d911017c592"],
    ["kms_key_id", "1234abcd-12ab-34cd-56ef-1234567890ab"],
    ["manage_master_user_password", true],
    ["password_length", 24],
    ["master_user_secret_arn", "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds-AbCdEf"],
    ["token_ttl", 3600],
    ["key_name", "deploy"],
    ["description", "AllowTheApplicationLoadBalancerToReachTheServiceOnPort3000"],
    ["secret_name", "acme/prod/jwt"],
  ])("shows %s: %j", (name, value) => {
    const [document] = readPlans(
      Buffer.from(JSON.stringify(planJson([{ address: "aws_a.b", actions: ["create"], after: { [name]: value } }]))),
      "x",
    );
    expect(document?.changes[0]?.after).toEqual({ [name]: value });
  });

  test("masks in every plan what is a secret in one of them: a stack that reads an output has no mark of it", () => {
    const secret = sentinel("across");
    const producer = planJson([], {
      output_changes: { password: { actions: ["create"], after: secret, after_sensitive: true } },
    });
    const consumer = planJson([{ address: "aws_a.b", actions: ["create"], after: { input: secret } }]);
    const files = [consumer, producer].map((plan, index) => ({
      source: `${index}`,
      bytes: Buffer.from(JSON.stringify(plan)),
    }));
    expect(JSON.stringify(readTogether(files))).not.toMatch(all);
  });

  test("says whether what is masked has changed", () => {
    const plan = (after: string) =>
      readPlans(
        Buffer.from(
          JSON.stringify(
            planJson([marked("aws_a.b", "x", { before: { secretive: "one secret" }, after: { secretive: after } })]),
          ),
        ),
        "x",
      )[0]?.changes[0]?.after;
    expect(plan("one secret")).toEqual({ secretive: { why: "sensitive", same: true } });
    expect(plan("another one")).toEqual({ secretive: { why: "sensitive", same: false } });
  });

  test("shows that a value is no longer sensitive, or newly is", () => {
    const [document] = readPlans(
      Buffer.from(
        JSON.stringify(
          planJson([
            {
              address: "aws_a.b",
              actions: ["update"],
              before: { v: "same value" },
              after: { v: "same value" },
              before_sensitive: {},
              after_sensitive: { v: true },
            },
          ]),
        ),
      ),
      "x",
    );
    expect(document?.changes[0]?.sensitivityChanges).toEqual([["v"]]);
  });

  test("does not mask an ordinary word everywhere because one attribute with it is sensitive", () => {
    const [document] = readPlans(
      Buffer.from(
        JSON.stringify(
          planJson([
            {
              address: "aws_a.b",
              actions: ["create"],
              after: { username: "postgres", engine: "postgres" },
              after_sensitive: { username: true },
            },
          ]),
        ),
      ),
      "x",
    );
    expect(document?.changes[0]?.after).toEqual({ username: { why: "sensitive", same: false }, engine: "postgres" });
  });
});
