import { parametersOf, secretsOf } from "./own-arns";
import { actionsOf, allow, type Statement } from "./policy-statement";
import { anyOf, bucketsOf, inRegions, namedOf, taggedOwn, taggingOwn, type Reach } from "./reach";

/**
 * Secrets and parameters by name: their settings, and the values of those whose versions Terraform writes. It also reads these, because the
 * provider looks at a version to see whether it is still there.
 */
export function secretWrites(reach: Reach, writtenSecrets: readonly string[]): Statement[] {
  const main = { ...reach, regions: reach.regions.slice(0, 1) }; // no stack of another region writes any
  const written = writtenSecrets.map((name) => anyOf(main, "secretsmanager", `secret:${name}-??????`));
  return [
    allow(
      "ManageSecrets",
      actionsOf(
        "secretsmanager",
        `CreateSecret DeleteResourcePolicy DeleteSecret PutResourcePolicy RestoreSecret TagResource UntagResource
           UpdateSecret`,
      ),
      secretsOf(reach),
    ),
    ...(written.length > 0
      ? [
          allow(
            "WriteSecrets",
            actionsOf("secretsmanager", "GetSecretValue PutSecretValue UpdateSecretVersionStage"),
            written,
          ),
          // It is random, and knows no resource.
          allow("MakePasswords", actionsOf("secretsmanager", "GetRandomPassword"), ["*"], inRegions(reach)),
        ]
      : []),
    allow(
      "ManageParameters",
      actionsOf(
        "ssm",
        `AddTagsToResource DeleteParameter GetParameter GetParameters PutParameter RemoveTagsFromResource`,
      ),
      parametersOf(reach),
    ),
  ];
}

/** Buckets, by name: their settings. Objects are only ever deleted to destroy a whole environment. */
export function storageWrites(reach: Reach, protectData: boolean): Statement[] {
  const settings = actionsOf(
    "s3",
    `CreateBucket DeleteBucket DeleteBucketPolicy PutAccelerateConfiguration PutBucketAcl PutBucketCORS
       PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls
       PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutEncryptionConfiguration
       PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration
       PutReplicationConfiguration TagResource UntagResource`,
  );
  const emptying = [
    allow("ListVersions", actionsOf("s3", "ListBucketVersions"), bucketsOf(reach)),
    allow("EmptyBuckets", actionsOf("s3", "DeleteObject DeleteObjectVersion"), bucketsOf(reach, "/*")),
  ];
  return [allow("ManageBuckets", settings, bucketsOf(reach)), ...(protectData ? [] : emptying)];
}

/** Keys by tag, their aliases by name. Using a key is for the services that encrypt with it, on the caller's behalf. */
export function encryptionWrites(reach: Reach): Statement[] {
  const keys = [anyOf(reach, "kms", "key/*")];
  const { StringEquals: tags } = taggingOwn(reach);
  const [only] = reach.regions;
  const region = reach.regions.length === 1 && only ? only : "*"; // the guardrails name the regions
  const services = ["backup", "elasticache", "logs", "rds", "s3", "secretsmanager", "sns", "ssm"].map(
    (name) => `${name}.${region}.amazonaws.com`,
  );
  return [
    allow("CreateKeys", actionsOf("kms", "CreateKey"), ["*"], {
      StringEquals: { ...tags, "aws:RequestedRegion": reach.regions },
    }),
    allow("TagKeys", actionsOf("kms", "TagResource"), keys, taggingOwn(reach)),
    allow(
      "ManageKeys",
      actionsOf(
        "kms",
        `CreateAlias DeleteAlias DisableKeyRotation EnableKey EnableKeyRotation PutKeyPolicy RetireGrant
           ScheduleKeyDeletion UntagResource UpdateAlias UpdateKeyDescription`,
      ),
      keys,
      taggedOwn(reach),
    ),
    allow("NameKeys", actionsOf("kms", "CreateAlias DeleteAlias UpdateAlias"), namedOf(reach, "kms", "alias/")),
    allow("GrantKeys", actionsOf("kms", "CreateGrant"), keys, {
      ...taggedOwn(reach),
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
    allow(
      "UseKeysThroughServices",
      actionsOf("kms", "Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext"),
      keys,
      {
        ...taggedOwn(reach),
        StringLike: { "kms:ViaService": services },
      },
    ),
  ];
}

/** Vaults by name, plans and backups by tag. Backups are only ever deleted to destroy a whole environment. */
export function backupWrites(reach: Reach, protectData: boolean): Statement[] {
  const plans = [anyOf(reach, "backup", "backup-plan:*")];
  // AWS Backup keeps those of a database as snapshots of RDS
  const backups = ["snapshot", "cluster-snapshot"].map((kind) => anyOf(reach, "rds", `${kind}:awsbackup:*`));
  return [
    allow(
      "ManageBackupVaults",
      actionsOf(
        "backup",
        `CreateBackupVault DeleteBackupVault DeleteBackupVaultAccessPolicy DeleteBackupVaultLockConfiguration
           DeleteBackupVaultNotifications PutBackupVaultAccessPolicy PutBackupVaultLockConfiguration
           PutBackupVaultNotifications TagResource UntagResource`,
      ),
      namedOf(reach, "backup", "backup-vault:"),
    ),
    allow("MountBackupStorage", actionsOf("backup-storage", "MountCapsule"), ["*"], inRegions(reach)),
    allow("CreateBackupPlans", actionsOf("backup", "CreateBackupPlan TagResource"), plans, taggingOwn(reach)),
    allow(
      "ManageBackupPlans",
      actionsOf(
        "backup",
        `CreateBackupSelection DeleteBackupPlan DeleteBackupSelection UntagResource UpdateBackupPlan`,
      ),
      plans,
      taggedOwn(reach),
    ),
    ...(protectData
      ? []
      : [
          allow(
            "EmptyVaults",
            actionsOf("backup", "DeleteRecoveryPoint DescribeRecoveryPoint"),
            backups,
            taggedOwn(reach),
          ),
        ]),
  ];
}
