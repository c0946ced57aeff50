import { type ReachSettings, reachProblems, repositoryProblems } from "../../../modules/delivery/reach-settings";
import { DEFAULT_AREAS, SERVICE_AREAS, type ServiceArea } from "../../../modules/delivery/service-areas";

const problems = (settings: ReachSettings): string[] =>
  reachProblems(settings).filter((problem) => problem !== undefined);

describe("reachProblems", () => {
  test.each<ReachSettings>([
    {},
    {
      areas: undefined,
      otherRegions: undefined,
      hostedZoneIds: undefined,
      repositoryArns: undefined,
      state: undefined,
    },
    { areas: SERVICE_AREAS, otherRegions: ["us-east-1", "us-gov-west-1"], hostedZoneIds: ["Z0123456789ABCDEFGHIJ"] },
    { repositoryArns: ["arn:aws:ecr:eu-west-3:123456789012:repository/acme/*"] },
    { state: { bucket: "acme-state", prefix: "prod/" } },
  ])("has none for %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[ReachSettings, string]>([
    [
      { areas: ["lambda" as ServiceArea] },
      'areas must be one of network, load-balancing, containers, images, database, cache, secrets, storage, monitoring, certificates, dns, encryption, backup, hosts, schedules, migrations, app-runner, pipelines, cdn, got "lambda"',
    ],
    [{ otherRegions: ["*"] }, 'otherRegions must be an AWS region, got "*"'],
    [{ hostedZoneIds: ["*"] }, 'hostedZoneIds must be the id of a Route 53 zone, such as Z0123456789ABC, got "*"'],
    [{ state: { bucket: "*", prefix: "prod/" } }, 'state.bucket must be the name of a bucket, got "*"'],
  ])("names what is wrong with %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });
});

describe("repositoryProblems", () => {
  test.each([
    "*",
    "acme/api",
    "arn:aws:ecr:*:123456789012:repository/x",
    "arn:aws:ecr:eu-west-3:123456789012:repository/*",
  ])("names %s", (arn) => {
    expect(repositoryProblems("repositoryArns", [arn])).toEqual([
      `repositoryArns must be the ARN of an ECR repository, got ${JSON.stringify(arn)}`,
    ]);
  });
});

describe("DEFAULT_AREAS", () => {
  test("are areas, without those that are asked for by name", () => {
    expect(SERVICE_AREAS.filter((area) => !DEFAULT_AREAS.includes(area))).toEqual([
      "hosts",
      "schedules",
      "migrations",
      "app-runner",
      "pipelines",
      "cdn",
    ]);
  });
});
