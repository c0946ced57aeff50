import {
  clusterNames,
  imageTagVariable,
  serviceNameProblems,
  serviceNames,
} from "../../../modules/compute/service-names";
import { context } from "../../support/synth";

describe("serviceNames", () => {
  test("are known without the service", () => {
    expect(serviceNames(context(), "web-api")).toEqual({
      cluster: "acme-test",
      execLogGroup: "/ecs/acme-test/exec",
      service: "acme-test-web-api",
      family: "acme-test-web-api",
      container: "web-api",
      taskRole: "acme-test-web-api-task",
      executionRole: "acme-test-web-api-execution",
      logGroup: "/ecs/acme-test-web-api",
      securityGroup: "acme-test-web-api-tasks",
      targetGroup: "acme-test-web-api",
    });
  });

  test("hold those of the cluster", () => {
    expect(serviceNames(context(), "api")).toMatchObject(clusterNames(context()));
  });
});

describe("serviceNameProblems", () => {
  const found = (name: string) => serviceNameProblems(context(), name).filter((problem) => problem !== undefined);

  test("pass a name whose target group has exactly 32 characters", () => {
    expect(found("a".repeat(32 - "acme-test-".length))).toEqual([]);
  });

  test("fail on one character more, because of the target group alone", () => {
    expect(found("a".repeat(23))).toEqual([
      'name of targetGroup must be at most 32 characters, got 33 in "acme-test-aaaaaaaaaaaaaaaaaaaaaaa"; shorten the project, the environment or the part after it',
    ]);
  });

  test("fail on a name no service takes", () => {
    expect(found("Api")).toContain(
      'name of ecsService must be lower-case letters, digits and single hyphens, got "acme-test-Api"',
    );
  });
});

describe("imageTagVariable", () => {
  test.each([
    ["api", undefined, "api_image_tag"],
    ["web-api", undefined, "web_api_image_tag"],
    ["web", "api", "web__api_image_tag"],
    ["job-worker", "log-router", "job_worker__log_router_image_tag"],
  ])("of %s and %s is %s", (service, sidecar, variable) => {
    expect(imageTagVariable(service, sidecar)).toBe(variable);
  });
});
