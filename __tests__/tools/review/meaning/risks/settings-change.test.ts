import { planOfConfigurations } from "../../../../../tools/review/configuration/plan-of-configurations";
import { settingsChange as rule } from "../../../../../tools/review/meaning/risks/settings-change";
import { readPlans } from "../../../../../tools/review/read/read-plans";
import type { JsonObject } from "../../../../../tools/json";
import { findingsOf, reviewOf, updated } from "../../../../support/plan-json";

function planFrom(before: JsonObject | undefined, after: JsonObject | undefined) {
  const [plan] = readPlans(Buffer.from(JSON.stringify(planOfConfigurations(before, after))), "diff");
  if (plan === undefined) throw new Error("no plan was read");
  return plan;
}

/** What the rule finds between two configurations. */
function found(before: JsonObject | undefined, after: JsonObject | undefined): string[] {
  const stack = {
    name: "stack",
    kind: "configuration-diff" as const,
    plan: planFrom(before, after),
    lifecycleOf: () => ({}),
  };
  return rule.check(stack).map(({ severity, title = rule.title, evidence }) => `${severity}: ${title} (${evidence})`);
}

const queue = { resource: { aws_sqs_queue: { q: { name: "q" } } } };
const backend = (bucket: string) => ({ ...queue, terraform: { backend: { s3: { bucket } } } });
const region = (name: string) => ({ ...queue, provider: { aws: [{ region: name }] } });
const version = (text: string) => ({ ...queue, terraform: { required_providers: { aws: { version: text } } } });

describe(rule.id, () => {
  test("says what changes, and what would make it safe", () => {
    const { risks } = reviewOf(planFrom(region("eu-west-3"), region("eu-west-1")), { kind: "configuration-diff" });
    expect(risks).toEqual([
      {
        rule: "settings-change",
        severity: "critical",
        title: "The region changes: everything is made anew elsewhere",
        stack: "stack",
        address: "provider.aws",
        construct: "",
        evidence: 'region: "eu-west-3" → "eu-west-1"',
        why: "A setting of Terraform itself changes, and with it what every resource of the stack means.",
        fix: "Move the state first (terraform init -migrate-state), or upgrade the provider by itself, without another change.",
      },
    ]);
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    [
      "another place for the state",
      backend("a"),
      backend("b"),
      'high: The state moves to another place (backend: { s3: { bucket: "a" } } → { s3: { bucket: "b" } })',
    ],
    [
      "a place for a state that had none",
      queue,
      backend("b"),
      'high: The state moves to another place (backend: null → { s3: { bucket: "b" } })',
    ],
    [
      "no place for the state any more",
      backend("a"),
      queue,
      'high: The state moves to another place (backend: { s3: { bucket: "a" } } → nothing)',
    ],
    [
      "a patch of a provider",
      version("5.100.0"),
      version("5.100.1"),
      'low: A provider is upgraded (version: "5.100.0" → "5.100.1")',
    ],
    [
      "a new major version",
      version("5.100.0"),
      version("6.0.0"),
      'medium: A provider is upgraded (version: "5.100.0" → "6.0.0")',
    ],
    [
      "an older version",
      version("5.100.0"),
      version("5.99.9"),
      'high: A provider is set back to an older version (version: "5.100.0" → "5.99.9")',
    ],
    [
      "an older major version",
      version("~> 6.0"),
      version("~> 5.100"),
      'high: A provider is set back to an older version (version: "~> 6.0" → "~> 5.100")',
    ],
    [
      "a region that is no longer set",
      region("a"),
      { ...queue, provider: { aws: [{ profile: "x" }] } },
      'critical: The region changes: everything is made anew elsewhere (region: "a" → null)',
    ],
  ])("finds %s", (_, before, after, expected) => {
    expect(found(before, after)).toEqual([expected]);
  });

  test.each<[string, JsonObject | undefined, JsonObject | undefined]>([
    ["a new stack", undefined, { ...backend("a"), ...region("a"), ...version("5.0.0") }],
    ["a stack that is gone", { ...backend("a"), ...region("a") }, undefined],
    [
      "another setting of a provider",
      { ...queue, provider: { aws: [{ region: "a" }] } },
      { ...queue, provider: { aws: [{ region: "a", max_retries: 3 }] } },
    ],
    [
      "a second provider",
      region("a"),
      { ...queue, provider: { aws: [{ region: "a" }, { alias: "far", region: "b" }] } },
    ],
    ["a first version", queue, version("5.0.0")],
    ["the same settings", backend("a"), backend("a")],
  ])("finds nothing in %s", (_, before, after) => {
    expect(found(before, after)).toEqual([]);
  });

  test("finds nothing in a plan, which has no settings", () => {
    expect(findingsOf(rule, [updated("terraform_provider.aws", { region: "a" }, { region: "b" })])).toEqual([]);
  });
});
