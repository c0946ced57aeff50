import { dockerHostNames } from "../../../modules/compute/docker-host-names";
import { oneOffTaskNames } from "../../../modules/compute/service-names";
import {
  documentsOf,
  globalClustersOf,
  parametersOf,
  plainParametersOf,
  schedulesOf,
} from "../../../modules/delivery/own-arns";
import { reachOf } from "../../../modules/delivery/reach";
import { SERVICE_AREAS } from "../../../modules/delivery/service-areas";
import { account, prod } from "../../support/delivery";
import { allows } from "../../support/iam";

const reach = reachOf(prod);
const among = (arns: readonly string[], resource: string) =>
  allows([{ Effect: "Allow", Action: "*", Resource: arns }], { action: "any:Thing", resource });
const parameter = (name: string) => `arn:aws:ssm:eu-west-3:${account}:parameter${name}`;

describe("plainParametersOf", () => {
  const host = dockerHostNames(prod, "api");
  const task = oneOffTaskNames(prod, "migrate");

  test("are those that hosts and tasks keep, all of them the environment's own", () => {
    const plain = plainParametersOf(reach, SERVICE_AREAS);
    for (const name of [host.imageTagParameter, host.envFileVersionParameter, task.networkParameter]) {
      expect(among(plain, parameter(name))).toBe(true);
      expect(among(parametersOf(reach), parameter(name))).toBe(true);
    }
  });

  test.each([
    "/acme-prod/api/stripe-key",
    "/acme-prod/image-tag",
    "/acme-staging/api/image-tag",
    "/acme-prod-image-tag",
  ])("are not %s", (name) => {
    expect(among(plainParametersOf(reach, SERVICE_AREAS), parameter(name))).toBe(false);
  });

  test("are those of the areas that are asked for", () => {
    expect(plainParametersOf(reach, ["network"])).toEqual([]);
    expect(among(plainParametersOf(reach, ["containers"]), parameter(host.imageTagParameter))).toBe(false);
    expect(among(plainParametersOf(reach, ["containers"]), parameter(task.networkParameter))).toBe(true);
  });
});

test.each([
  ["schedules", schedulesOf(reach), `arn:aws:scheduler:eu-west-3:${account}:schedule/default/`],
  ["documents", documentsOf(reach), `arn:aws:ssm:eu-west-3:${account}:document/`],
  ["global databases", globalClustersOf(reach), `arn:aws:rds::${account}:global-cluster:`],
])("%s go by the environment's name, not by that of a namesake", (_kind, arns, beginning) => {
  expect(among(arns, `${beginning}acme-prod-api`)).toBe(true);
  expect(among(arns, `${beginning}acme-prod2-api`)).toBe(false);
  expect(among(arns, `${beginning}acme-staging-api`)).toBe(false);
});
