import { pipelineNameProblems, pipelineNames } from "../../../modules/delivery/pipeline-names";
import { context } from "../../support/synth";

describe("pipelineNames", () => {
  test("are known without the pipeline", () => {
    expect(pipelineNames(context(), "release")).toEqual({
      pipeline: "acme-test-release",
      buildProject: "acme-test-release-build",
      pipelineRole: "acme-test-release-pipeline",
      buildRole: "acme-test-release-build",
      logGroup: "/aws/codebuild/acme-test-release-build",
      artifactBucket: "acme-test-release-artifacts-123456789012",
    });
  });
});

describe("pipelineNameProblems", () => {
  const found = (name: string) => pipelineNameProblems(context(), name).filter((problem) => problem !== undefined);
  const longest = "a".repeat(63 - "acme-test-".length - "-artifacts-123456789012".length);

  test("pass a name whose bucket has exactly 63 characters", () => {
    expect(found(longest)).toEqual([]);
  });

  test("fail on one character more, because of the bucket alone", () => {
    expect(found(`${longest}a`)).toEqual([
      expect.stringMatching(/^name of bucket must be at most 63 characters, got 64 /),
    ]);
  });
});
