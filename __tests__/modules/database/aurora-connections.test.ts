import { auroraMaxConnections } from "../../../modules/database/aurora-connections";
import type { AuroraSettings } from "../../../modules/database/aurora-settings";

const numberToken = -1.8881545897087626e289;

describe("auroraMaxConnections", () => {
  test.each<[Partial<AuroraSettings>, number | undefined, number | undefined]>([
    [{}, 405, 90],
    [{ instanceClass: "db.t3.large" }, 844, 135],
    [{ instanceClass: "db.r6g.large" }, 1600, 1000],
    [{ instanceClass: "db.r7g.xlarge" }, 3200, 2000],
    [{ instanceClass: "db.r5.24xlarge" }, 5000, 7000],
    [{ instanceClass: "db.r6g.metal" }, undefined, undefined],
    [{ serverless: { minAcu: 1, maxAcu: 1 } }, 189, 90],
    [{ serverless: { minAcu: 1, maxAcu: 3.5 } }, 189, 90],
    [{ serverless: { minAcu: 1, maxAcu: 4 } }, 823, 135],
    [{ serverless: { minAcu: 2, maxAcu: 16 } }, 3360, 2000],
    [{ serverless: { minAcu: 0.5, maxAcu: 16 } }, 2000, 2000],
    [{ serverless: { minAcu: 8, maxAcu: 256 } }, 5000, 6000],
    [{ serverless: { minAcu: 1, maxAcu: numberToken } }, undefined, undefined],
    [{ parameters: [{ name: "max_connections", value: "200" }] }, 200, 200],
    [
      {
        parameters: [{ name: "max_connections", value: "200" }],
        instanceParameters: [{ name: "max_connections", value: "100" }],
      },
      100,
      100,
    ],
    [{ parameters: [{ name: "max_connections", value: "{DBInstanceClassMemory/1}" }] }, undefined, undefined],
  ])("of %j is %s for PostgreSQL and %s for MySQL", (settings, postgres, mysql) => {
    expect(auroraMaxConnections({ engine: "aurora-postgresql", ...settings })).toBe(postgres);
    expect(auroraMaxConnections({ ...settings, engine: "aurora-mysql" })).toBe(mysql);
  });
});
