import { cacheNodeIds, type Subject, subjectProblems, subjectTitle } from "../../../modules/monitoring/subjects";

const service = { kind: "service", name: "api", clusterName: "c", serviceName: "s" } as const;
const instance = {
  kind: "database-instance",
  name: "db",
  instanceIdentifier: "i",
  instanceClass: "db.t4g.micro",
} as const;
const cluster = {
  kind: "database-cluster",
  name: "db",
  clusterIdentifier: "c",
  instanceClass: "db.r6g.large",
} as const;
const cache = (count: number): Subject => ({
  kind: "cache",
  name: "cache",
  nodeIds: Array.from({ length: count }, (_, index) => `n${index}`),
  nodeType: "cache.t4g.micro",
});
const host = { kind: "host", name: "docker", instanceId: "i-1", instanceType: "t4g.small" } as const;
const groups = (count: number) => Array.from({ length: count }, (_, index) => `targetgroup/g${index}/1`);

describe("subjectTitle", () => {
  test.each<[Subject, string]>([
    [service, "Service api"],
    [{ kind: "load-balancer", name: "web", loadBalancerArnSuffix: "app/a/1" }, "Load balancer web"],
    [instance, "Database db"],
    [cluster, "Database cluster db"],
    [cache(1), "Cache cache"],
    [{ kind: "serverless-cache", name: "cache", cacheName: "c" }, "Cache cache"],
    [host, "Host docker"],
    [{ kind: "app-runner", name: "api", serviceName: "s", serviceId: "1" }, "App Runner service api"],
    [{ kind: "backup", name: "daily", vaultName: "v" }, "Backups daily"],
  ])("of %j is %s", (subject, title) => {
    expect(subjectTitle(subject)).toBe(title);
  });
});

describe("subjectProblems", () => {
  test.each<Subject>([
    service,
    { ...service, loadBalancerArnSuffix: "app/a/1", targetGroupArnSuffixes: groups(1) },
    { ...service, loadBalancerArnSuffix: "app/a/1", targetGroupArnSuffixes: groups(5) },
    { kind: "load-balancer", name: "web", loadBalancerArnSuffix: "app/a/1" },
    instance,
    { ...instance, maxConnections: 1, storageGiB: 1 },
    { ...instance, maxConnections: 100_000, storageGiB: 65_536 },
    cluster,
    cache(1),
    cache(10),
    host,
  ])("accepts %j", (subject) => {
    expect(subjectProblems(subject).filter(Boolean)).toEqual([]);
  });

  test.each<[Subject, string[]]>([
    [
      { ...service, loadBalancerArnSuffix: "app/a/1" },
      ['loadBalancerArnSuffix and targetGroupArnSuffixes must be given together, got "app/a/1" and undefined'],
    ],
    [
      { ...service, targetGroupArnSuffixes: groups(1) },
      [
        'loadBalancerArnSuffix and targetGroupArnSuffixes must be given together, got undefined and ["targetgroup/g0/1"]',
      ],
    ],
    [
      { ...service, loadBalancerArnSuffix: "app/a/1", targetGroupArnSuffixes: [] },
      ["targetGroupArnSuffixes must be 1 to 5, got 0; give several subjects"],
    ],
    [
      { ...service, loadBalancerArnSuffix: "app/a/1", targetGroupArnSuffixes: groups(6) },
      ["targetGroupArnSuffixes must be 1 to 5, got 6; give several subjects"],
    ],
    [
      { ...instance, maxConnections: 0, storageGiB: 0 },
      [
        "maxConnections must be a whole number from 1 to 100000, got 0",
        "storageGiB must be a whole number from 1 to 65536, got 0",
      ],
    ],
    [{ ...cluster, maxConnections: 0.5 }, ["maxConnections must be a whole number from 1 to 100000, got 0.5"]],
    [cache(0), ["nodeIds must be 1 to 10, got 0; give several subjects"]],
    [cache(11), ["nodeIds must be 1 to 10, got 11; give several subjects"]],
  ])("refuses %j", (subject, problems) => {
    expect(subjectProblems(subject).filter(Boolean)).toEqual(problems);
  });
});

describe("cacheNodeIds", () => {
  test("numbers the nodes as ElastiCache does, by shard in cluster mode", () => {
    expect(cacheNodeIds("acme-test-cache", { nodesPerShard: 2 })).toEqual([
      "acme-test-cache-001",
      "acme-test-cache-002",
    ]);
    expect(cacheNodeIds("acme-test-cache", { nodesPerShard: 2, shards: 2 })).toEqual([
      "acme-test-cache-0001-001",
      "acme-test-cache-0001-002",
      "acme-test-cache-0002-001",
      "acme-test-cache-0002-002",
    ]);
  });
});
