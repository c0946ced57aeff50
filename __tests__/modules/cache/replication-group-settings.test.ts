import fc from "fast-check";
import {
  MAXMEMORY_POLICIES,
  replicationGroupProblems,
  type ReplicationGroupSettings,
  topologyOf,
} from "../../../modules/cache/replication-group-settings";

const problems = (settings: ReplicationGroupSettings) =>
  replicationGroupProblems(settings).filter((problem) => problem !== undefined);
const none: string[] = [];
const stringToken = "${TfToken[TOKEN.1]}";
const numberToken = -1.8881545897087626e289;

describe("replicationGroupProblems", () => {
  test("finds none in the defaults", () => {
    expect(problems({})).toEqual(none);
  });

  test.each<ReplicationGroupSettings>([
    { engine: "redis" },
    { engine: "redis", version: "7.0" },
    { version: "9.1" },
    { version: stringToken, nodeType: stringToken },
    { nodeType: "cache.r7g.16xlarge" },
    { replicas: 0 },
    { replicas: 5 },
    { shards: 1 },
    { shards: 250 },
    { shards: 500, replicas: 0 },
    { shards: numberToken, replicas: numberToken },
    { replicas: 0, multiAz: false },
    { replicas: 1, multiAz: true },
    { snapshotRetentionDays: 0 },
    { snapshotRetentionDays: 35 },
    { snapshotWindow: "05:00-06:00", maintenanceWindow: "sun:06:00-sun:07:00" },
    ...MAXMEMORY_POLICIES.map((maxmemoryPolicy) => ({ maxmemoryPolicy })),
    { logExports: [] },
    { logRetentionDays: 14 },
    { accessString: "on ~app:* +@read" },
  ])("passes %j", (settings) => {
    expect(problems(settings)).toEqual(none);
  });

  test.each<[ReplicationGroupSettings, string]>([
    [{ version: "7.1" }, 'version must be one of 7.2, 8.0, 8.1, 8.2, 9.0, 9.1, got "7.1"'],
    [{ engine: "redis", version: "6.2" }, 'version must be one of 7.0, 7.1, got "6.2"'],
    [
      { nodeType: "db.t4g.micro" },
      'nodeType must be an ElastiCache node type such as cache.t4g.micro, got "db.t4g.micro"',
    ],
    [{ replicas: -1 }, "replicas must be a whole number from 0 to 5, got -1"],
    [{ replicas: 6 }, "replicas must be a whole number from 0 to 5, got 6"],
    [{ shards: 0 }, "shards must be a whole number from 1 to 500, got 0"],
    [{ shards: 501, replicas: 0 }, "shards must be a whole number from 1 to 500, got 501"],
    [{ shards: 251 }, "shards must be at most 250 with 1 replicas each, got 251"],
    [{ shards: 84, replicas: 5 }, "shards must be at most 83 with 5 replicas each, got 84"],
    [{ replicas: 0, multiAz: true }, "multiAz must be false without replicas, got true; set replicas to 1 or more"],
    [{ snapshotRetentionDays: -1 }, "snapshotRetentionDays must be a whole number from 0 to 35, got -1"],
    [{ snapshotRetentionDays: 36 }, "snapshotRetentionDays must be a whole number from 0 to 35, got 36"],
    [{ snapshotWindow: "02:00-02:59" }, 'snapshotWindow must be at least 60 minutes long, got "02:00-02:59"'],
    [
      { maintenanceWindow: "sun:05:00-sun:05:59" },
      'maintenanceWindow must be at least 60 minutes long, got "sun:05:00-sun:05:59"',
    ],
    [
      { snapshotWindow: "03:00-04:00" },
      'snapshotWindow must be outside maintenanceWindow, got "03:00-04:00" and "sun:03:30-sun:04:30"',
    ],
    [{ logExports: ["slow-log", "slow-log"] }, 'logExports must be without repetition, got "slow-log" twice'],
    [
      { accessString: "on ~* +@all >hunter2" },
      'accessString must be access rules without password such as "on ~* &* +@all -@dangerous +info", got "on ~* +@all >hunter2"',
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("fails on values the types would not let through", () => {
    const text =
      '{"engine":"memcached","version":"1.6","maxmemoryPolicy":"random","logExports":["audit"],"logRetentionDays":2}';
    expect(problems(JSON.parse(text) as ReplicationGroupSettings)).toEqual([
      'engine must be one of valkey, redis, got "memcached"',
      'version must be one of 7.2, 8.0, 8.1, 8.2, 9.0, 9.1, 7.0, 7.1, got "1.6"',
      `maxmemoryPolicy must be one of ${MAXMEMORY_POLICIES.join(", ")}, got "random"`,
      'logExports must be one of slow-log, engine-log, got "audit"',
      expect.stringMatching(/^logRetentionDays must be one of 1, 3, .*, got 2$/),
    ]);
  });
});

describe("topologyOf", () => {
  test.each<[ReplicationGroupSettings, ReturnType<typeof topologyOf>]>([
    [{}, { clusterMode: false, multiAzEnabled: true, automaticFailoverEnabled: true, numCacheClusters: 2 }],
    [
      { replicas: 0 },
      { clusterMode: false, multiAzEnabled: false, automaticFailoverEnabled: false, numCacheClusters: 1 },
    ],
    [
      { multiAz: false },
      { clusterMode: false, multiAzEnabled: false, automaticFailoverEnabled: true, numCacheClusters: 2 },
    ],
    [
      { shards: 3, replicas: 2 },
      {
        clusterMode: true,
        multiAzEnabled: true,
        automaticFailoverEnabled: true,
        numNodeGroups: 3,
        replicasPerNodeGroup: 2,
      },
    ],
    [
      { shards: 2, replicas: 0 },
      {
        clusterMode: true,
        multiAzEnabled: false,
        automaticFailoverEnabled: true,
        numNodeGroups: 2,
        replicasPerNodeGroup: 0,
      },
    ],
  ])("of %j", (settings, expected) => {
    expect(topologyOf(settings)).toEqual(expected);
  });

  test("is multi-AZ only with failover, and fails over only to something, unless AWS insists", () => {
    const settings = fc.record({ shards: fc.integer({ min: 1, max: 90 }), replicas: fc.integer({ min: 0, max: 4 }) });
    fc.assert(
      fc.property(settings, (chosen) => {
        const { multiAzEnabled, automaticFailoverEnabled, clusterMode } = topologyOf(chosen);
        expect(problems(chosen)).toEqual(none);
        expect(multiAzEnabled).toBe(chosen.replicas > 0);
        expect(automaticFailoverEnabled).toBe(chosen.replicas > 0 || clusterMode);
      }),
    );
  });
});
