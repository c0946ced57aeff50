import { blueGreenNameProblems, blueGreenNames } from "../../../modules/compute/blue-green-names";
import { context } from "../../support/synth";

describe("blueGreenNames", () => {
  test("are known without the service", () => {
    expect(blueGreenNames(context(), "web")).toEqual({
      blueTargetGroup: "acme-test-web-blue",
      greenTargetGroup: "acme-test-web-green",
      codeDeployApplication: "acme-test-web",
      deploymentGroup: "acme-test-web",
      codeDeployRole: "acme-test-web-codedeploy",
      errorAlarm: "acme-test-web-release-errors",
      unhealthyAlarm: "acme-test-web-release-unhealthy",
    });
  });
});

describe("blueGreenNameProblems", () => {
  const found = (name: string) => blueGreenNameProblems(context(), name).filter((problem) => problem !== undefined);
  const longest = "a".repeat(32 - "acme-test-".length - "-green".length);

  test("pass a name whose green target group has exactly 32 characters", () => {
    expect(found(longest)).toEqual([]);
  });

  test("fail on one character more, because of that target group alone", () => {
    expect(found(`${longest}a`)).toEqual([
      'name of targetGroup must be at most 32 characters, got 33 in "acme-test-aaaaaaaaaaaaaaaaa-green"; shorten the project, the environment or the part after it',
    ]);
  });
});
