import { neonDatabaseProblems, type NeonDatabaseSettings } from "../../../modules/database/neon-database-settings";

const problems = (settings: Partial<NeonDatabaseSettings>) =>
  neonDatabaseProblems({ neonRegion: "aws-eu-central-1", ...settings }).filter((problem) => problem !== undefined);
const units = (minComputeUnits: number, maxComputeUnits: number) => ({ minComputeUnits, maxComputeUnits });

describe(neonDatabaseProblems, () => {
  test.each<Partial<NeonDatabaseSettings>>([
    {},
    { neonRegion: "azure-eastus2", majorVersion: 14, databaseName: "a", roleName: "_a" },
    units(0.25, 0.5),
    units(8, 16),
    units(56, 56),
    { maxComputeUnits: 8 },
    { suspendAfterSeconds: 60 },
    { suspendAfterSeconds: 604_800 },
    { suspendAfterSeconds: "never" },
    { restoreHours: 0 },
    { restoreHours: 720 },
    { allowedCidrs: ["203.0.113.7", "10.0.0.0/8"] },
    { branches: ["preview", "test-1"] },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[Partial<NeonDatabaseSettings>, string]>([
    [
      { neonRegion: "eu-central-1" },
      `neonRegion must be a region of Neon, such as aws-eu-central-1, got "eu-central-1"`,
    ],
    [{ majorVersion: 13 as 14 }, "majorVersion must be one of 14, 15, 16, 17, got 13"],
    [
      { databaseName: "my-app" },
      `databaseName must be lower-case letters, digits and underscores, at most 63, got "my-app"`,
    ],
    [{ roleName: "App" }, `roleName must be lower-case letters, digits and underscores, at most 63, got "App"`],
    [units(0.75, 2), "minComputeUnits must be 0.25, 0.5, or a whole number from 1 to 56, got 0.75"],
    [units(1, 57), "maxComputeUnits must be 0.25, 0.5, or a whole number from 1 to 56, got 57"],
    [units(2, 1), "maxComputeUnits must be at least minComputeUnits, got 1 below 2"],
    [units(1, 10), "maxComputeUnits must be at most 8 above minComputeUnits, got 10 and 1"],
    [units(10, 17), "maxComputeUnits must be at most 16 unless minComputeUnits is the same, got 17"],
    [{ suspendAfterSeconds: 59 }, "suspendAfterSeconds must be a whole number from 60 to 604800, got 59"],
    [{ suspendAfterSeconds: 604_801 }, "suspendAfterSeconds must be a whole number from 60 to 604800, got 604801"],
    [{ suspendAfterSeconds: "always" as "never" }, `suspendAfterSeconds must be one of never, got "always"`],
    [{ restoreHours: -1 }, "restoreHours must be a whole number from 0 to 720, got -1"],
    [{ restoreHours: 721 }, "restoreHours must be a whole number from 0 to 720, got 721"],
    [{ allowedCidrs: [] }, "allowedCidrs must be one or more ranges, got []"],
    [
      { allowedCidrs: ["0.0.0.0/0"] },
      `allowedCidrs[0] must be an IPv4 address, or a range of at most /8, got "0.0.0.0/0"`,
    ],
    [{ branches: ["main"] }, `branches[0] must be a name other than main, got "main"`],
    [{ branches: ["a", "a"] }, `branches[1] must be another name, got "a" twice`],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });
});
