import {
  APP_RUNNER_WARNING,
  appRunnerNameProblems,
  appRunnerNames,
  appRunnerServiceProblems,
  type AppRunnerServiceSettings,
} from "../../../modules/compute/app-runner-service-settings";
import { context } from "../../support/synth";

const least: AppRunnerServiceSettings = { image: { repository: "api", tag: "1.0.0" }, port: 4000 };
const found = (settings: Partial<AppRunnerServiceSettings>) =>
  appRunnerServiceProblems({ ...least, ...settings }).filter((problem) => problem !== undefined);

describe("APP_RUNNER_WARNING", () => {
  test("says since when, for whom, and where to go", () => {
    expect(APP_RUNNER_WARNING).toMatch(
      /closed to new customers since 2026-04-30.*existing services go on.*ECS Express Mode$/,
    );
  });
});

describe("appRunnerNames", () => {
  test("are known without the service, and no role or group is that of a service on ECS", () => {
    expect(appRunnerNames(context(), "api")).toEqual({
      service: "acme-test-api",
      scaling: "acme-test-api",
      connector: "acme-test-api",
      securityGroup: "acme-test-api-connector",
      accessRole: "acme-test-api-access",
      instanceRole: "acme-test-api-instance",
    });
  });
});

describe("appRunnerNameProblems", () => {
  const problems = (name: string) => appRunnerNameProblems(context(), name).filter((problem) => problem !== undefined);

  test("pass a name whose scaling configuration has exactly 32 characters", () => {
    expect(problems("a".repeat(32 - "acme-test-".length))).toEqual([]);
  });

  test("fail on one character more, because of the scaling configuration alone", () => {
    expect(problems("a".repeat(23))).toEqual([
      'name of appRunnerScaling must be at most 32 characters, got 33 in "acme-test-aaaaaaaaaaaaaaaaaaaaaaa"; shorten the project, the environment or the part after it',
    ]);
  });

  test("fail on a service of more than 40 characters too", () => {
    expect(problems("a".repeat(31))).toContain(
      'name of appRunnerService must be at most 40 characters, got 41 in "acme-test-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; shorten the project, the environment or the part after it',
    );
  });
});

describe("appRunnerServiceProblems", () => {
  test("pass the smallest settings, and an explicit undefined for all that has a default", () => {
    expect(found({})).toEqual([]);
    expect(found({ cpuUnits: undefined, memoryMiB: undefined, healthCheck: undefined, secrets: undefined })).toEqual(
      [],
    );
  });

  test.each<Partial<AppRunnerServiceSettings>>([
    { port: 1 },
    { port: 65_535 },
    { minInstances: 25, maxInstances: 25 },
    { minInstances: 1, maxInstances: 1 },
    { concurrency: 1 },
    { concurrency: 200 },
    { healthCheck: { path: "/", intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 1 } },
    { healthCheck: { intervalSeconds: 20, timeoutSeconds: 20, healthyThreshold: 20, unhealthyThreshold: 20 } },
    { startCommand: "node server.js" },
    { environment: { PORTS: "1" }, secrets: { KEY: { from: "stripe" } } },
    { releases: "terraform" },
  ])("pass %j", (settings) => {
    expect(found(settings)).toEqual([]);
  });

  test.each<[Partial<AppRunnerServiceSettings>, string]>([
    [
      { image: { repository: "api", tag: "latest" } },
      'image.tag must be a fixed version, got "latest"; two starts of the same task could run two different images',
    ],
    [{ port: 0 }, "port must be a whole number from 1 to 65535, got 0"],
    [{ port: undefined }, "port must be a whole number from 1 to 65535, got undefined"],
    [{ startCommand: "a\nb" }, String.raw`startCommand must be a command in one line, got "a\nb"`],
    [{ cpuUnits: 512 }, "memoryMiB must be 1024 with cpuUnits 512, got 512"],
    [{ minInstances: 0 }, "minInstances must be a whole number from 1 to 25, got 0"],
    [{ maxInstances: 26 }, "maxInstances must be a whole number from 1 to 25, got 26"],
    [{ minInstances: 5 }, "maxInstances must be at least minInstances (5), got 4"],
    [{ concurrency: 0 }, "concurrency must be a whole number from 1 to 200, got 0"],
    [{ concurrency: 201 }, "concurrency must be a whole number from 1 to 200, got 201"],
    [{ healthCheck: { path: "health" } }, 'healthCheck.path must be a path that begins with a slash, got "health"'],
    [
      { healthCheck: { intervalSeconds: 21 } },
      "healthCheck.intervalSeconds must be a whole number from 1 to 20, got 21",
    ],
    [{ healthCheck: { timeoutSeconds: 0 } }, "healthCheck.timeoutSeconds must be a whole number from 1 to 20, got 0"],
    [
      { healthCheck: { healthyThreshold: 21 } },
      "healthCheck.healthyThreshold must be a whole number from 1 to 20, got 21",
    ],
    [
      { healthCheck: { unhealthyThreshold: 0 } },
      "healthCheck.unhealthyThreshold must be a whole number from 1 to 20, got 0",
    ],
    [
      { environment: { API_KEY: "x" } },
      "environment.API_KEY must not be a secret, got a name that reads like one; move it to secrets",
    ],
    [{ environment: { PORT: "1" } }, "environment.PORT must have another name, got one that App Runner sets itself"],
    [
      { secrets: { AWSAPPRUNNER_X: { from: "a" } } },
      "secrets.AWSAPPRUNNER_X must have another name, got one that App Runner sets itself",
    ],
    [{ releases: "never" as "pipeline" }, 'releases must be one of pipeline, terraform, got "never"'],
  ])("fail on %j", (settings, message) => {
    expect(found(settings)).toEqual([message]);
  });
});
