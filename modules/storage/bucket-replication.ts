import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { bucketArn } from "./bucket-access";
import { bucketReplicaName, bucketReplicaNameProblem } from "./bucket-replication-settings";
import { bucketName } from "./bucket-settings";
import { policyDocument, type PolicyStatement } from "./policy-statement";

export interface BucketReplicationProps {
  /** For whom and where: its region is that of the bucket whose objects are copied. */
  readonly context: Context;

  /** What the bucket holds, as part of its name. It must keep versions. */
  readonly name: string;

  /** Name of the bucket, from the bucket itself, so that it is there first. */
  readonly sourceBucketName: string;

  /** Name of the replica: from the replica itself, or by `bucketReplicaName` when it is in a stack that was applied before. */
  readonly replicaBucketName: string;

  /** Region of the replica. */
  readonly replicaRegion: string;

  /**
   * KMS key that encrypts the bucket.
   * @default - S3's own keys
   */
  readonly kmsKeyArn?: string;

  /**
   * KMS key that encrypts the replica; needed where the bucket has one.
   * @default - S3's own keys
   */
  readonly replicaKmsKeyArn?: string;

  /**
   * Whether S3 promises that 99.9 % of objects arrive within 15 minutes, with metrics and events of those that do not; charged for each GB.
   * @default false
   */
  readonly timeControl?: boolean;
}

/** Minutes of S3 Replication Time Control; there is no other value. Source: S3 API reference, ReplicationTimeValue, read in 2026-11. */
const TIME_CONTROL_MINUTES = 15;

/**
 * Copies what is written to a bucket, and the marks of what is deleted from it, to its replica. Former versions that someone deletes for
 * good stay in the replica. Objects from before it was switched on are not copied; a job of S3 Batch Replication does that once.
 */
export class BucketReplication extends Construct {
  /** Role that S3 copies with. */
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: BucketReplicationProps) {
    super(scope, id);
    const { context, name, kmsKeyArn, replicaKmsKeyArn, timeControl = false } = props;
    const { project, environment, accountId } = context;
    assertValid(this, [bucketReplicaNameProblem(project, environment, name, accountId), keyProblem(props)]);

    const role = new IamRole(this, "role", {
      name: context.names("iamRole", `${name}-replication`),
      description: `Lets S3 copy the objects of ${name} to ${props.replicaRegion}`,
      permissionsBoundary: context.permissionsBoundaryArn,
      // S3 documents no condition for it; only who may pass the role, in this account, can have it used
      assumeRolePolicy: policyDocument([
        { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]),
    });
    const policy = new IamRolePolicy(this, "role-policy", {
      name: "replication",
      role: role.name,
      policy: policyDocument(replicationStatements(props)),
    });
    const status = "Enabled";
    const time = { minutes: TIME_CONTROL_MINUTES };
    new S3BucketReplicationConfigurationA(this, "replication", {
      bucket: props.sourceBucketName,
      role: role.arn,
      rule: [
        {
          id: "everything",
          status,
          priority: 1,
          filter: { prefix: "" },
          deleteMarkerReplication: { status },
          ...(kmsKeyArn !== undefined && { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status } } }),
          destination: {
            bucket: bucketArn(props.replicaBucketName),
            ...(replicaKmsKeyArn !== undefined && {
              encryptionConfiguration: { replicaKmsKeyId: replicaKmsKeyArn },
            }),
            ...(timeControl && {
              replicationTime: { status, time },
              metrics: { status, eventThreshold: time },
            }),
          },
        },
      ],
      dependsOn: [policy],
    });
    this.roleArn = role.arn;
  }
}

/** By name and not by reference, so that the plan of another stack shows the policy. */
function replicationStatements(props: BucketReplicationProps): PolicyStatement[] {
  const { context, name, kmsKeyArn, replicaKmsKeyArn, replicaRegion } = props;
  const { project, environment, accountId, region } = context;
  const source = bucketArn(bucketName(project, environment, name, accountId));
  const replica = bucketArn(bucketReplicaName(project, environment, name, accountId));
  return [
    { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: source },
    {
      Effect: "Allow",
      Action: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
      Resource: `${source}/*`,
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      Resource: `${replica}/*`,
    },
    ...keyStatement("kms:Decrypt", kmsKeyArn, region),
    ...keyStatement("kms:Encrypt", replicaKmsKeyArn, replicaRegion),
  ];
}

function keyStatement(action: string, keyArn: string | undefined, region: string): PolicyStatement[] {
  if (keyArn === undefined) return [];
  const throughS3 = { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } };
  return [{ Effect: "Allow", Action: action, Resource: keyArn, Condition: throughS3 }];
}

function keyProblem({ kmsKeyArn, replicaKmsKeyArn }: BucketReplicationProps): string | undefined {
  if (kmsKeyArn === undefined || replicaKmsKeyArn !== undefined) return undefined;
  return "replicaKmsKeyArn must be given with kmsKeyArn, got none; a key is of one region";
}
