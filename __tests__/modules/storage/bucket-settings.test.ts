import fc from "fast-check";
import type { BucketSettings } from "../../../modules/storage/bucket-settings";
import { bucketName, bucketNameProblem, bucketProblems } from "../../../modules/storage/bucket-settings";
import type { StorageClass } from "../../../modules/storage/bucket-transitions";

const problems = (settings: BucketSettings) => bucketProblems(settings).filter((problem) => problem !== undefined);
const cors = (allowedOrigins: string[]): BucketSettings => ({ cors: [{ allowedOrigins, allowedMethods: ["PUT"] }] });
const coldest: StorageClass[] = [
  "STANDARD_IA",
  "INTELLIGENT_TIERING",
  "ONEZONE_IA",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
];

describe(bucketName, () => {
  test("ends in the account's number", () => {
    expect(bucketName("acme", "prod", "uploads", "123456789012")).toBe("acme-prod-uploads-123456789012");
  });

  test("is at most 63 characters", () => {
    const thing = "x".repeat(40);
    expect(bucketNameProblem("acme", "prod", thing, "123456789012")).toBeUndefined();
    expect(bucketNameProblem("acme", "prod", `${thing}x`, "123456789012")).toBe(
      `name of bucket must be at most 63 characters, got 64 in "acme-prod-${thing}x-123456789012"; shorten the project, the environment or the part after it`,
    );
  });
});

describe(bucketProblems, () => {
  test.each<[string, BucketSettings]>([
    ["no settings", {}],
    ["the least of each", { noncurrentDays: 1, expireDays: 1, cors: [] }],
    ["the most of each", { noncurrentDays: 3650, expireDays: 3650, intelligentTieringAfterDays: 3649 }],
    ["tiering on the first day", { intelligentTieringAfterDays: 0 }],
    ["no versions", { versioning: false, noncurrentDays: undefined }],
    ["infrequent access at 30 days", { transitions: [{ storageClass: "STANDARD_IA", afterDays: 30 }] }],
    [
      "moves to ever colder classes",
      {
        intelligentTieringAfterDays: 60,
        transitions: [
          { storageClass: "DEEP_ARCHIVE", afterDays: 180 },
          { storageClass: "STANDARD_IA", afterDays: 30 },
        ],
        expireDays: 181,
      },
    ],
    [
      "origins",
      cors([
        "https://app.example.com",
        "https://*.example.com",
        "https://app.example.com:8443",
        "http://localhost:3000",
      ]),
    ],
  ])("finds none in %s", (_what, settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[BucketSettings, string]>([
    [{ noncurrentDays: 0 }, "noncurrentDays must be a whole number from 1 to 3650, got 0"],
    [{ noncurrentDays: 3651 }, "noncurrentDays must be a whole number from 1 to 3650, got 3651"],
    [{ versioning: false, noncurrentDays: 30 }, "noncurrentDays must be left out without versioning, got 30"],
    [{ expireDays: 0 }, "expireDays must be a whole number from 1 to 3650, got 0"],
    [{ expireDays: 3651 }, "expireDays must be a whole number from 1 to 3650, got 3651"],
    [{ intelligentTieringAfterDays: -1 }, "intelligentTieringAfterDays must be a whole number from 0 to 3650, got -1"],
    [
      { intelligentTieringAfterDays: 3651 },
      "intelligentTieringAfterDays must be a whole number from 0 to 3650, got 3651",
    ],
    [
      { transitions: [{ storageClass: "STANDARD" as StorageClass, afterDays: 1 }] },
      `transitions[0].storageClass must be one of STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE, got "STANDARD"`,
    ],
    [
      { transitions: [{ storageClass: "ONEZONE_IA", afterDays: 29 }] },
      "transitions[0].afterDays must be a whole number from 30 to 3650, got 29",
    ],
    [
      { transitions: [{ storageClass: "GLACIER", afterDays: 3651 }] },
      "transitions[0].afterDays must be a whole number from 0 to 3650, got 3651",
    ],
    [
      { intelligentTieringAfterDays: 1, transitions: [{ storageClass: "STANDARD_IA", afterDays: 30 }] },
      "transitions must go from INTELLIGENT_TIERING to ONEZONE_IA or GLACIER_IR or GLACIER or DEEP_ARCHIVE, got STANDARD_IA",
    ],
    [
      {
        transitions: [
          { storageClass: "DEEP_ARCHIVE", afterDays: 1 },
          { storageClass: "GLACIER", afterDays: 2 },
        ],
      },
      "transitions must go from DEEP_ARCHIVE to nothing else, got GLACIER",
    ],
    [
      {
        transitions: [
          { storageClass: "STANDARD_IA", afterDays: 30 },
          { storageClass: "GLACIER", afterDays: 59 },
        ],
      },
      "transitions must have 30 or more days between STANDARD_IA and GLACIER, got 29",
    ],
    [
      {
        transitions: [
          { storageClass: "GLACIER_IR", afterDays: 5 },
          { storageClass: "GLACIER", afterDays: 5 },
        ],
      },
      "transitions must have 1 or more days between GLACIER_IR and GLACIER, got 0",
    ],
    [
      { intelligentTieringAfterDays: 90, expireDays: 90 },
      "expireDays must be more than the 90 days of the last transition, got 90",
    ],
    [cors([]), "cors[0].allowedOrigins must be one or more origins, got []"],
    [cors(["*"]), `cors[0].allowedOrigins[0] must be an https origin with a host, or one of localhost, got "*"`],
    [
      cors(["https://a.example.com", "http://a.example.com"]),
      `cors[0].allowedOrigins[1] must be an https origin with a host, or one of localhost, got "http://a.example.com"`,
    ],
    [
      cors(["https://a.example.com/"]),
      `cors[0].allowedOrigins[0] must be an https origin with a host, or one of localhost, got "https://a.example.com/"`,
    ],
    [
      { cors: [{ allowedOrigins: ["https://a.example.com"], allowedMethods: [] }] },
      "cors[0].allowedMethods must be one or more methods, got []",
    ],
    [
      { cors: [{ allowedOrigins: ["https://a.example.com"], allowedMethods: ["PATCH" as "PUT"] }] },
      `cors[0].allowedMethods[0] must be one of GET, HEAD, PUT, POST, DELETE, got "PATCH"`,
    ],
    [
      { cors: [{ allowedOrigins: ["https://a.example.com"], allowedMethods: ["GET"], maxAgeSeconds: 86_401 }] },
      "cors[0].maxAgeSeconds must be a whole number from 0 to 86400, got 86401",
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("finds none in a single move to any class late enough", () => {
    fc.assert(
      fc.property(fc.constantFrom(...coldest), fc.integer({ min: 30, max: 3650 }), (storageClass, afterDays) => {
        expect(problems({ transitions: [{ storageClass, afterDays }] })).toEqual([]);
      }),
    );
  });
});
