import {
  clusterNames,
  imageTagVariable,
  oneOffTaskNameProblems,
  oneOffTaskNames,
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

  test.each([
    ["migrate-once", ['name must be without -once at its end, which one-off tasks have, got "migrate-once"']],
    ["once", []],
    ["once-api", []],
  ])("keep %s apart from one-off tasks", (name, problems) => {
    expect(found(name)).toEqual(problems);
  });
});

describe("oneOffTaskNames", () => {
  test("are known without the task, and none is that of a service of the same name", () => {
    const names = oneOffTaskNames(context(), "migrate");
    expect(names).toEqual({
      cluster: "acme-test",
      execLogGroup: "/ecs/acme-test/exec",
      family: "acme-test-migrate-once",
      container: "migrate-once",
      taskRole: "acme-test-migrate-once-task",
      executionRole: "acme-test-migrate-once-execution",
      logGroup: "/ecs/acme-test-migrate-once",
      securityGroup: "acme-test-migrate-once-tasks",
      networkParameter: "/acme-test/migrate-once/network",
    });
    const { cluster, execLogGroup, ...ofService } = serviceNames(context(), "migrate");
    expect(Object.values(ofService).filter((name) => Object.values<string>({ ...names }).includes(name))).toEqual([]);
    expect(names).toMatchObject({ cluster, execLogGroup });
  });
});

describe("oneOffTaskNameProblems", () => {
  const found = (name: string) => oneOffTaskNameProblems(context(), name).filter((problem) => problem !== undefined);

  test("pass a name whose roles have exactly 64 characters", () => {
    expect(found("a".repeat(64 - "acme-test--once-execution".length))).toEqual([]);
  });

  test("fail on one character more, because of the roles alone", () => {
    expect(found("a".repeat(40))).toEqual([
      expect.stringMatching(/^name of iamRole must be at most 64 characters, got 65 /),
    ]);
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
