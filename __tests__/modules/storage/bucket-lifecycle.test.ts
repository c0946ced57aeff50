import { cleanupRule, lifecycleRules } from "../../../modules/storage/bucket-lifecycle";

const everywhere = { status: "Enabled", filter: [{ prefix: "" }] };
const unfinishedUploads = { abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }] };

describe(lifecycleRules, () => {
  test("ends unfinished uploads after 7 days and former versions after 90, by default", () => {
    expect(lifecycleRules({})).toEqual([
      {
        id: "clean-up",
        ...everywhere,
        ...unfinishedUploads,
        noncurrentVersionExpiration: [{ noncurrentDays: 90 }],
        expiration: [{ expiredObjectDeleteMarker: true }],
      },
    ]);
  });

  test("has no former versions to clean where there are none", () => {
    expect(lifecycleRules({ versioning: false })).toEqual([{ id: "clean-up", ...everywhere, ...unfinishedUploads }]);
  });

  test("deletes objects by age, which removes markers too", () => {
    expect(lifecycleRules({ expireDays: 30, noncurrentDays: 1 })).toEqual([
      { id: "clean-up", ...everywhere, ...unfinishedUploads, noncurrentVersionExpiration: [{ noncurrentDays: 1 }] },
      { id: "expire", ...everywhere, expiration: [{ days: 30 }] },
    ]);
  });

  test("moves objects by age, earliest first", () => {
    const settings = {
      intelligentTieringAfterDays: 60,
      transitions: [{ storageClass: "STANDARD_IA", afterDays: 30 }] as const,
    };
    expect(lifecycleRules(settings)[1]).toEqual({
      id: "move",
      ...everywhere,
      transition: [
        { storageClass: "STANDARD_IA", days: 30 },
        { storageClass: "INTELLIGENT_TIERING", days: 60 },
      ],
    });
  });
});

describe(cleanupRule, () => {
  test("always ends unfinished uploads", () => {
    expect(cleanupRule({ noncurrentDays: undefined, deleteMarkers: false })).toEqual({
      id: "clean-up",
      ...everywhere,
      ...unfinishedUploads,
    });
  });
});
