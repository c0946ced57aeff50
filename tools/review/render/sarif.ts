import { createHash } from "node:crypto";
import type { AcceptedRisk, Review, Risk, Severity } from "../review";

const LEVELS: Readonly<Record<Severity, string>> = { critical: "error", high: "error", medium: "warning", low: "note" };
/** What GitHub's code scanning sorts by; its thresholds are 9, 7 and 4. */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

/** A review as SARIF 2.1.0, for code scanning: a result for each risk and for each finding of a policy; accepted risks are suppressed results. */
export function renderSarif(review: Review): string {
  const { risks, accepted, policy } = review;
  const all = [...risks, ...accepted.map(({ risk }) => risk)];
  const ids = [
    ...new Set([...all.map(({ rule }) => rule), ...(policy?.findings ?? []).map(({ rule }) => rule)]),
  ].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "groundplan", rules: ids.map((id) => ruleOf(id, all)) } },
        automationDetails: { id: `${review.kind}/${review.title}/` },
        results: [
          ...risks.map((risk) => resultOf(risk, ids)),
          ...accepted.map((one) => ({ ...resultOf(one.risk, ids), suppressions: [suppressionOf(one)] })),
          ...(policy?.findings ?? []).map(({ rule, level, stack, address, message }) => ({
            ruleId: rule,
            ruleIndex: ids.indexOf(rule),
            level,
            message: { text: `${address}: ${message}` },
            locations: [locationOf(stack, address, "")],
            partialFingerprints: { "groundplan/v1": digest([rule, stack, address]) },
          })),
        ],
        columnKind: "utf16CodeUnits",
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: string, risks: readonly Risk[]) {
  const known = risks.find(({ rule }) => rule === id);
  if (known === undefined) return { id };
  return {
    id,
    shortDescription: { text: id.replaceAll("-", " ") },
    fullDescription: { text: known.why },
    help: { text: known.fix },
    defaultConfiguration: { level: LEVELS[known.severity] },
    properties: { tags: ["terraform"], "security-severity": SCORES[known.severity] },
  };
}

function resultOf(
  { rule, severity, title, stack, address, construct, evidence, why, fix }: Risk,
  ids: readonly string[],
) {
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: LEVELS[severity],
    message: { text: `${title} (${severity}). ${evidence}. ${why} ${fix}` },
    locations: [locationOf(stack, address, construct)],
    partialFingerprints: { "groundplan/v1": digest([rule, stack, address]) },
    properties: { severity },
  };
}

function suppressionOf({ reason, owner, expires }: AcceptedRisk) {
  return { kind: "external", status: "accepted", justification: `${reason} (${owner}, until ${expires})` };
}

function locationOf(stack: string, address: string, construct: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: `cdktf.out/stacks/${encodeURIComponent(stack)}/cdk.tf.json` },
      region: { startLine: 1 },
    },
    logicalLocations: [
      {
        name: address,
        fullyQualifiedName: construct === "" ? `${stack}/${address}` : `${stack}/${construct}`,
        kind: "resource",
      },
    ],
  };
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
