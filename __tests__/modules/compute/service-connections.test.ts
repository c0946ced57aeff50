import { Lazy, Token } from "cdktf";
import { serviceConnectionProblems, type ServiceConnections } from "../../../modules/compute/service-connections";
import type { FargateServiceSettings } from "../../../modules/compute/fargate-service-settings";
import { web, worker } from "./example-service";

type Given = Partial<FargateServiceSettings & ServiceConnections>;

const token = Lazy.stringValue({ produce: () => "value" });
const database = { id: "database", port: 5432, securityGroupId: "sg-db" };
const found = (given: Given, base: Given & ServiceConnections = worker) => {
  const all = { ...worker, ...base, ...given };
  return serviceConnectionProblems("api", all, all).filter((problem) => problem !== undefined);
};

describe("serviceConnectionProblems", () => {
  test.each<Given>([
    {},
    { secretSources: undefined, connections: undefined, loadBalancer: undefined, taskStatements: undefined },
    { connections: [database, { id: "cache", port: 6379, anywhere: true }] },
    { connections: [{ ...database, port: Token.asNumber("${var.port}") }] },
    { secretSources: { database: token }, secrets: { A: { from: "database" } } },
    { registry: { accountId: token, region: token } },
  ])("pass %j", (given) => {
    expect(found(given)).toEqual([]);
    expect(found(given, web).filter((problem) => !problem.startsWith("loadBalancer"))).toEqual([]);
  });

  const image = { uri: "redis:7.4" };
  test.each<[Given, string]>([
    [{ routing: { paths: ["/*"], priority: 1 } }, "loadBalancer must be given with routing, got none"],
    [{ subnetIds: [] }, "subnetIds must be at least one subnet, got []"],
    [{ registry: { accountId: "1234", region: "eu-west-1" } }, 'registry.accountId must be 12 digits, got "1234"'],
    [
      { connections: [{ ...database, id: "Database" }] },
      'connections[0].id must be lower-case letters, digits and hyphens, got "Database"',
    ],
    [
      { connections: [database, database] },
      'connections[1].id must be unlike the others and https, load-balancer, got "database"',
    ],
    [
      { connections: [{ ...database, id: "https" }] },
      'connections[0].id must be unlike the others and https, load-balancer, got "https"',
    ],
    [{ connections: [{ ...database, port: 0 }] }, "connections[0].port must be a whole number from 1 to 65535, got 0"],
    [
      { connections: [{ ...database, port: 65_536 }] },
      "connections[0].port must be a whole number from 1 to 65535, got 65536",
    ],
    [
      { secretSources: { database: "arn:aws:ssm:eu-west-3:123456789012:parameter/p" } },
      'secretSources.database must be the ARN of a Secrets Manager secret, got "arn:aws:ssm:eu-west-3:123456789012:parameter/p"',
    ],
    [
      { secrets: { A: { from: "cache" } } },
      'secrets.A.from must be left out, there is no source to take it from, got "cache"',
    ],
    [
      { sidecars: { redis: { image, secrets: { A: { from: "cache" } } } }, secretSources: { database: token } },
      'sidecars.redis.secrets.A.from must be one of database, got "cache"',
    ],
    [{ sidecars: { api: { image } } }, 'sidecars must be named unlike the service, got "api"'],
    [
      { taskStatements: [{ actions: ["*"], resources: ["*"] }] },
      'taskStatements[0].actions must be single actions such as s3:GetObject, got "*"',
    ],
  ])("fail on %j", (given, message) => {
    expect(found(given)).toEqual([message]);
  });
});
