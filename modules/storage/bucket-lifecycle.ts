import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { BucketSettings } from "./bucket-settings";
import { transitionsOf } from "./bucket-transitions";

/** How long the parts of an upload that was never finished are billed before they go. */
const UNFINISHED_UPLOAD_DAYS = 7;
const DEFAULT_NONCURRENT_DAYS = 90;
const EVERY_OBJECT = [{ prefix: "" }];

/** The lifecycle rules of a bucket: cleaning up always, moving and deleting where the settings say so. */
export function lifecycleRules(settings: BucketSettings): S3BucketLifecycleConfigurationRule[] {
  const { versioning = true, noncurrentDays = DEFAULT_NONCURRENT_DAYS, expireDays } = settings;
  const moves = transitionsOf(settings);
  return [
    cleanupRule({
      noncurrentDays: versioning ? noncurrentDays : undefined,
      // where objects expire, S3 removes such markers by itself
      deleteMarkers: versioning && expireDays === undefined,
    }),
    ...(moves.length > 0
      ? [
          rule("move", {
            transition: moves.map(({ storageClass, afterDays }) => ({ storageClass, days: afterDays })),
          }),
        ]
      : []),
    ...(expireDays !== undefined ? [rule("expire", { expiration: [{ days: expireDays }] })] : []),
  ];
}

/** Ends unfinished uploads, removes former versions after their days, and removes markers of deletion that hide nothing any more. */
export function cleanupRule(options: {
  readonly noncurrentDays: number | undefined;
  readonly deleteMarkers: boolean;
}): S3BucketLifecycleConfigurationRule {
  const { noncurrentDays, deleteMarkers } = options;
  return rule("clean-up", {
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
    ...(noncurrentDays !== undefined && { noncurrentVersionExpiration: [{ noncurrentDays }] }),
    ...(deleteMarkers && { expiration: [{ expiredObjectDeleteMarker: true }] }),
  });
}

function rule(
  id: string,
  actions: Omit<S3BucketLifecycleConfigurationRule, "id" | "status" | "filter">,
): S3BucketLifecycleConfigurationRule {
  return { id, status: "Enabled", filter: EVERY_OBJECT, ...actions };
}
