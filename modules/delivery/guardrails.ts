import { DELIVERY_PATH } from "./delivery-names";
import { actionsOf, deny, denyElsewhere, type Statement } from "./policy-statement";
import type { Reach } from "./reach";

/**
 * What no pipeline ever does, whatever else it is granted. The deploy role carries these statements, and so does the boundary of
 * delivery: a policy attached by mistake changes nothing.
 */
export function guardrails(reach: Reach, boundaryArn: string, otherRegions: readonly string[] = []): Statement[] {
  const iam = `arn:aws:iam::${reach.accountId}`;
  return [
    deny("NoUsersOrKeys", USERS_AND_KEYS, ["*"]),
    deny("NoDeliveryPolicies", POLICY_CHANGES, [`${iam}:policy${DELIVERY_PATH}*`]),
    deny("NoDeliveryRoles", ROLE_CHANGES, [`${iam}:role${DELIVERY_PATH}*`]),
    deny("NoBoundaryRemoval", ["iam:DeleteRolePermissionsBoundary"], ["*"]),
    deny("NoOtherBoundary", ["iam:CreateRole", "iam:PutRolePermissionsBoundary"], ["*"], {
      ArnNotEquals: { "iam:PermissionsBoundary": boundaryArn },
    }),
    deny("NoAccountChanges", ACCOUNT_CHANGES, ["*"]),
    deny("NoSideDoors", SIDE_DOORS, ["*"]),
    deny("NoForeignTags", TAGGING, ["*"], foreign(reach, "aws:RequestTag/Environment")),
    deny("NoForeignClaims", TAGGING, ["*"], foreign(reach, "aws:ResourceTag/Environment")),
    regionGuard([...new Set([...reach.regions, ...otherRegions])]),
  ];
}

/**
 * What a deploy never deletes where data is protected: someone with more rights does that by hand, and knows it. Objects are kept too,
 * but for the lock files of the state.
 */
export function dataGuards(lockFiles: readonly string[]): Statement[] {
  return [
    deny(
      "KeepData",
      [
        ...actionsOf(
          "rds",
          `DeleteDBCluster DeleteDBClusterAutomatedBackup DeleteDBClusterSnapshot DeleteDBInstance
             DeleteDBInstanceAutomatedBackup DeleteDBSnapshot DeleteGlobalCluster`, // groups of parameters go with each upgrade
        ),
        ...actionsOf("elasticache", "DeleteServerlessCacheSnapshot DeleteSnapshot"),
        ...actionsOf("s3", "BypassGovernanceRetention DeleteBucket DeleteObjectVersion"),
        ...actionsOf("backup", "DeleteBackupVault* DeleteRecoveryPoint"),
        ...actionsOf("secretsmanager", "DeleteSecret"),
      ],
      ["*"],
    ),
    denyElsewhere("KeepObjects", actionsOf("s3", "DeleteObject"), lockFiles),
    deny("KeepKeys", actionsOf("kms", "DeleteImportedKeyMaterial DisableKey ScheduleKeyDeletion"), ["*"]),
    deny("KeepImages", actionsOf("ecr", "BatchDeleteImage DeleteRepository"), ["*"]),
  ];
}

/** Denies outside the regions, for every service that has regions; those without answer from us-east-1. */
function regionGuard(regions: readonly string[]): Statement {
  return {
    Sid: "NoOtherRegion",
    Effect: "Deny",
    NotAction: ["budgets:*", "cloudfront:*", "iam:*", "route53:*", "sts:*"],
    Resource: ["*"],
    Condition: { StringNotEquals: { "aws:RequestedRegion": regions } },
  };
}

/** The tag is there, and it is another environment's. */
function foreign(reach: Reach, key: string): Statement["Condition"] {
  return { Null: { [key]: "false" }, StringNotEquals: { [key]: reach.tags.Environment } };
}

/** People, their keys and passwords, and who else may sign in as somebody. */
const USERS_AND_KEYS = actionsOf(
  "iam",
  `*AccessKey* *AccountAlias *AccountPasswordPolicy *Group *GroupPolicy *LoginProfile *MFADevice *SAMLProvider
     *SSHPublicKey *ServerCertificate *ServiceSpecificCredential *SigningCertificate *User *UserPermissionsBoundary
     *UserPolicy AddClientIDToOpenIDConnectProvider CreateOpenIDConnectProvider DeleteOpenIDConnectProvider
     RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint`,
);

const POLICY_CHANGES = actionsOf("iam", `CreatePolicy* DeletePolicy* SetDefaultPolicyVersion TagPolicy UntagPolicy`);

const ROLE_CHANGES = actionsOf(
  "iam",
  `AddRoleToInstanceProfile AttachRolePolicy CreateRole DeleteRole* DetachRolePolicy PassRole PutRole* TagRole
     UntagRole UpdateAssumeRolePolicy UpdateRole*`,
);

/** The account as a whole, and whatever watches it. */
const ACCOUNT_CHANGES = [
  ...actionsOf("account", "*"),
  ...actionsOf("cloudtrail", "DeleteTrail PutEventSelectors StopLogging UpdateTrail"),
  ...actionsOf("config", "Delete* StopConfigurationRecorder"),
  ...actionsOf("guardduty", "Delete* Disassociate* StopMonitoringMembers UpdateDetector"),
  ...actionsOf("organizations", "*"),
  ...actionsOf("securityhub", "Delete* Disable*"),
];

/** Ways to run something as another identity that leave no trace in Terraform. */
const SIDE_DOORS = [
  ...actionsOf("cloudformation", "*"),
  ...actionsOf("codebuild", "StartBuild*"),
  ...actionsOf("ec2-instance-connect", "*"),
  ...actionsOf("ecs", "ExecuteCommand StartTask"),
  ...actionsOf("lambda", "*"),
  ...actionsOf("ssm", "ResumeSession StartAutomationExecution StartSession"),
  ...actionsOf("sts", "AssumeRole"),
];

/** Tagging of what has no name to go by. */
const TAGGING = [
  ...actionsOf("acm", "AddTagsToCertificate RemoveTagsFromCertificate"),
  ...actionsOf("backup", "TagResource UntagResource"),
  ...actionsOf("cloudfront", "TagResource UntagResource"),
  ...actionsOf("codeconnections", "TagResource UntagResource"),
  ...actionsOf("ec2", "CreateTags DeleteTags"),
  ...actionsOf("kms", "TagResource UntagResource"),
  ...actionsOf("rds", "AddTagsToResource RemoveTagsFromResource"),
  ...actionsOf("ssm", "AddTagsToResource RemoveTagsFromResource"),
];
