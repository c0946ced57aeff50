import {
  blueGreenOf,
  deploymentProblems,
  type DeploymentSettings,
  TRAFFIC_SHIFTS,
} from "../../../modules/compute/deployment-settings";

const routing = { paths: ["/*"], priority: 1 };
type Service = Parameters<typeof deploymentProblems>[1];
const found = (deployment: DeploymentSettings | undefined, service: Service = { routing }) =>
  deploymentProblems(deployment, service).filter((problem) => problem !== undefined);

describe("blueGreenOf", () => {
  test("shifts a tenth first, and keeps the old tasks five minutes", () => {
    expect(blueGreenOf({ kind: "blue-green" })).toEqual({
      deploymentConfigName: "CodeDeployDefault.ECSCanary10Percent5Minutes",
      waitMinutes: 5,
      readyWaitMinutes: undefined,
      errorsPerMinute: 10,
      unhealthyTasks: 1,
    });
  });

  test("is the same for an explicit undefined", () => {
    const nothing = { trafficShift: undefined, waitMinutes: undefined, readyWaitMinutes: undefined, alarms: undefined };
    expect(blueGreenOf({ kind: "blue-green", ...nothing })).toEqual(blueGreenOf({ kind: "blue-green" }));
    const silent = { alarms: { errorsPerMinute: undefined, unhealthyTasks: undefined } };
    expect(blueGreenOf({ kind: "blue-green", ...silent })).toEqual(blueGreenOf({ kind: "blue-green" }));
  });

  test.each(TRAFFIC_SHIFTS)("knows CodeDeploy's %s", (trafficShift) => {
    expect(blueGreenOf({ kind: "blue-green", trafficShift }).deploymentConfigName).toBe(
      `CodeDeployDefault.ECS${trafficShift}`,
    );
  });
});

describe("deploymentProblems", () => {
  test("has none without a choice, for a rolling deployment, and for the plain blue-green one", () => {
    const anything = { releases: "terraform", spotShare: 50, scaling: { requestsPerTarget: 1 } } as const;
    expect(found(undefined, anything)).toEqual([]);
    expect(found({ kind: "rolling" }, anything)).toEqual([]);
    expect(found({ kind: "blue-green" })).toEqual([]);
    expect(found({ kind: "blue-green" }, { routing, releases: "pipeline", spotShare: 0, scaling: {} })).toEqual([]);
  });

  test("fails on a kind there is not", () => {
    expect(found({ kind: "canary" } as unknown as DeploymentSettings)).toEqual([
      'deployment.kind must be one of rolling, blue-green, got "canary"',
    ]);
  });

  test.each<[Partial<DeploymentSettings>, string | undefined]>([
    [{ waitMinutes: 0 }, undefined],
    [{ waitMinutes: -1 }, "deployment.waitMinutes must be a whole number from 0 to 2880, got -1"],
    [{ waitMinutes: 2880 }, undefined],
    [{ waitMinutes: 2881 }, "deployment.waitMinutes must be a whole number from 0 to 2880, got 2881"],
    [{ readyWaitMinutes: 1 }, undefined],
    [{ readyWaitMinutes: 0 }, "deployment.readyWaitMinutes must be a whole number from 1 to 2880, got 0"],
    [{ readyWaitMinutes: 2880 }, undefined],
    [{ readyWaitMinutes: 2881 }, "deployment.readyWaitMinutes must be a whole number from 1 to 2880, got 2881"],
    [{ alarms: { errorsPerMinute: 1, unhealthyTasks: 1 } }, undefined],
    [
      { alarms: { errorsPerMinute: 0 } },
      "deployment.alarms.errorsPerMinute must be a whole number from 1 to 1000000, got 0",
    ],
    [{ alarms: { errorsPerMinute: 1_000_000, unhealthyTasks: 5000 } }, undefined],
    [
      { alarms: { unhealthyTasks: 5001 } },
      "deployment.alarms.unhealthyTasks must be a whole number from 1 to 5000, got 5001",
    ],
    [
      { trafficShift: "Canary20Percent" } as unknown as Partial<DeploymentSettings>,
      'deployment.trafficShift must be one of AllAtOnce, Canary10Percent5Minutes, Canary10Percent15Minutes, Linear10PercentEvery1Minutes, Linear10PercentEvery3Minutes, got "Canary20Percent"',
    ],
  ])("of %j", (chosen, problem) => {
    expect(found({ kind: "blue-green", ...chosen })).toEqual(problem ? [problem] : []);
  });

  test("are all that a service with CodeDeploy cannot have", () => {
    expect(
      found({ kind: "blue-green" }, { releases: "terraform", spotShare: 1, scaling: { requestsPerTarget: 100 } }),
    ).toEqual([
      "routing must be given with a blue-green deployment, got none",
      'releases must be pipeline with a blue-green deployment, got "terraform"; ECS takes its revisions from CodeDeploy only',
      "spotShare must be 0 with a blue-green deployment, got 1; CodeDeploy starts its tasks without the service's capacity providers",
      "scaling.requestsPerTarget must be left out with a blue-green deployment, got 100; the requests change their target group",
    ]);
  });
});
