import type { ServiceSettings } from "../../envs/environment";
import { releaseTargets, siteTargets, taskTarget } from "../../stacks/release-targets";
import { api } from "../support/environments";
import { context } from "../support/synth";

const { image } = api;
const offHours = { stop: "0 20 ? * MON-FRI *", start: "0 8 ? * MON-FRI *", timezone: "Europe/Paris" };
const services: Readonly<Record<string, ServiceSettings>> = {
  api,
  green: { ...api, deployment: { kind: "blue-green" } },
  runner: { kind: "app-runner", image, port: 80 },
  host: { kind: "docker-host", image },
  sleeper: { kind: "docker-host", image, offHours },
  away: { kind: "render", source: { kind: "image", url: "ghcr.io/acme/api", tag: "v1" } },
};
const targets = (...names: string[]) => releaseTargets(context(), services, names);
const none = { services: [], appRunnerServices: [], hosts: [] };

describe("releaseTargets", () => {
  test("are none for no service, for one at Render, and for one that there is not", () => {
    expect(targets()).toEqual(none);
    expect(targets("away", "nothing")).toEqual(none);
  });

  test("are on ECS the service, its family and its roles", () => {
    const target = {
      clusterName: "acme-test",
      serviceName: "acme-test-api",
      family: "acme-test-api",
      roleNames: ["acme-test-api-execution", "acme-test-api-task"],
    };
    expect(targets("api")).toEqual({ ...none, services: [target] });
  });

  test("are with blue/green also what CodeDeploy knows it by", () => {
    expect(targets("green").services).toEqual([
      expect.objectContaining({
        serviceName: "acme-test-green",
        codeDeploy: { applicationName: "acme-test-green", deploymentGroupName: "acme-test-green" },
      }),
    ]);
  });

  test("are on App Runner the service and its roles", () => {
    expect(targets("runner")).toEqual({
      ...none,
      appRunnerServices: [
        {
          serviceName: "acme-test-runner",
          accessRoleName: "acme-test-runner-access",
          instanceRoleName: "acme-test-runner-instance",
        },
      ],
    });
  });

  test("are on a host the document and the instance, which may be started only if a schedule stops it", () => {
    const host = (name: string, startable: boolean) => ({
      documentName: `acme-test-${name}-deploy`,
      instanceName: `acme-test-${name}`,
      startable,
    });
    expect(targets("host", "sleeper")).toEqual({ ...none, hosts: [host("host", false), host("sleeper", true)] });
  });
});

describe("taskTarget", () => {
  test("is the family apart from that of a service of the same name", () => {
    expect(taskTarget(context(), "api")).toMatchObject({
      clusterName: "acme-test",
      family: "acme-test-api-once",
      roleNames: ["acme-test-api-once-execution", "acme-test-api-once-task"],
    });
  });
});

describe("siteTargets", () => {
  test("are the buckets of the sites, by name", () => {
    expect(siteTargets(context(), ["web"])).toEqual([{ bucketName: "acme-test-web-site-123456789012" }]);
    expect(siteTargets(context(), [])).toEqual([]);
  });
});
