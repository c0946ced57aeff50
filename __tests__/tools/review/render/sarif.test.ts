import { renderSarif } from "../../../../tools/review/render/sarif";
import { fullReview, riskyReview } from "../../../support/reviews";

interface Log {
  readonly version: string;
  readonly runs: ReadonlyArray<{
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: ReadonlyArray<{ readonly id: string }> };
    };
    readonly results: ReadonlyArray<
      Readonly<Record<string, unknown>> & {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
      }
    >;
  }>;
}
const run = (text: string) => {
  const log = JSON.parse(text) as Log;
  const [first] = log.runs;
  if (first === undefined) throw new Error("no run");
  return { log, ...first };
};

describe("renderSarif", () => {
  test("has a result for each risk, with its level and its place", () => {
    const { results, log, tool } = run(renderSarif(riskyReview()));
    expect([log.version, tool.driver.name]).toEqual(["2.1.0", "groundplan"]);
    expect(results.slice(0, 3).map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ["stateful-replace", "error"],
      ["security-group-opening", "error"],
      ["iam-widening", "error"],
    ]);
    expect(results[0]).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "cdktf.out/stacks/stack/cdk.tf.json" },
            region: { startLine: 1 },
          },
          logicalLocations: [{ name: "aws_db_instance.database_instance_D7FC2283", kind: "resource" }],
        },
      ],
    });
  });

  test("points from each result to its rule", () => {
    const { results, tool } = run(renderSarif(fullReview()));
    expect(results.filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId)).toEqual([]);
  });

  test("suppresses what is accepted, with the reason", () => {
    const { results } = run(renderSarif(fullReview()));
    expect(results.filter((result) => "suppressions" in result)).toEqual([
      expect.objectContaining({
        ruleId: "iam-widening",
        suppressions: [
          {
            kind: "external",
            status: "accepted",
            justification: "Meant, while the import of old uploads runs (ada, until 2026-12-31)",
          },
        ],
      }),
    ]);
  });

  test("has findings of policies too, and the same fingerprint for the same thing", () => {
    const [one, other] = [run(renderSarif(fullReview())), run(renderSarif(fullReview()))];
    expect(one.results.at(-1)).toMatchObject({ ruleId: "r", level: "error" });
    expect(one.results.map((result) => result["partialFingerprints"])).toEqual(
      other.results.map((result) => result["partialFingerprints"]),
    );
  });
});
