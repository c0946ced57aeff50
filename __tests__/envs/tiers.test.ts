import { resolveEnvironment, TIER_DEFAULTS } from "../../envs/tiers";
import { api, domain, prod, staging } from "../support/environments";

describe("resolveEnvironment", () => {
  const database = { engine: "postgres" } as const;

  test("makes staging cheap and destroyable", () => {
    expect(resolveEnvironment(staging({ database, domain, services: { api } }))).toMatchObject({
      destroyable: true,
      logRetentionDays: 14,
      network: { zoneCount: 2, nat: "single", flowLogs: false, flowLogRetentionDays: 14 },
      loadBalancer: { accessLogs: false },
      database: { multiAz: false, backupRetentionDays: 2, logRetentionDays: 14 },
      services: { api: { minTasks: 1, spotShare: 100, logRetentionDays: 14 } },
    });
  });

  test("makes prod redundant and protected", () => {
    expect(resolveEnvironment(prod({ database, domain, services: { api } }))).toMatchObject({
      destroyable: false,
      logRetentionDays: 365,
      network: { zoneCount: 3, nat: "per-zone", flowLogs: true },
      loadBalancer: { accessLogs: true },
      database: { multiAz: true, backupRetentionDays: 14, monitoringIntervalSeconds: 60 },
      services: { api: { minTasks: 2, spotShare: 0 } },
    });
  });

  test("lets what is stated win, and an explicit undefined take the default", () => {
    const resolved = resolveEnvironment(
      staging({ logRetentionDays: 30, network: { cidr: "10.10.0.0/16", nat: "none", zoneCount: undefined } }),
    );
    expect(resolved.network).toEqual({
      cidr: "10.10.0.0/16",
      nat: "none",
      zoneCount: 2,
      flowLogs: false,
      flowLogRetentionDays: 30,
    });
  });

  test("takes account, region and state from what is shared, unless stated", () => {
    expect(resolveEnvironment(staging())).toMatchObject({
      accountId: "123456789012",
      region: "eu-west-3",
      state: { kind: "local" },
      zones: ["a", "b", "c"],
      cache: { kind: "none" },
    });
    expect(resolveEnvironment(staging({ accountId: "210987654321", region: "us-east-1" }))).toMatchObject({
      accountId: "210987654321",
      region: "us-east-1",
    });
  });

  test("changes nothing of what it was given", () => {
    const given = staging({ database });
    const before = JSON.stringify(given);
    resolveEnvironment(given);
    expect(JSON.stringify(given)).toBe(before);
  });

  test("knows both tiers by the same subjects", () => {
    expect(Object.keys(TIER_DEFAULTS.staging)).toEqual(Object.keys(TIER_DEFAULTS.prod));
  });
});
