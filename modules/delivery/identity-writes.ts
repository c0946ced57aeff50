import { actionsOf, allow, type Statement } from "./policy-statement";
import type { Reach } from "./reach";
import type { ServiceArea } from "./service-areas";

/** Policies AWS keeps that a workload's role may carry; the boundary limits them like any other. */
const AWS_POLICIES = [
  "AmazonSSMManagedInstanceCore",
  "service-role/AWSBackupServiceRolePolicyForBackup",
  "service-role/AWSBackupServiceRolePolicyForRestores",
  "service-role/AmazonECSTaskExecutionRolePolicy",
  "service-role/AmazonRDSEnhancedMonitoringRole",
  "AWSCodeDeployRoleForECS",
] as const;

/** Services a role of the environment may be handed to, by area. */
const PASSED_TO: Readonly<Partial<Record<ServiceArea, readonly string[]>>> = {
  network: ["vpc-flow-logs.amazonaws.com"],
  containers: ["ecs-tasks.amazonaws.com"],
  database: ["monitoring.rds.amazonaws.com", "rds.amazonaws.com"],
  storage: ["s3.amazonaws.com"],
  backup: ["backup.amazonaws.com"],
  hosts: ["ec2.amazonaws.com"],
  schedules: ["scheduler.amazonaws.com"],
  "app-runner": ["build.apprunner.amazonaws.com", "tasks.apprunner.amazonaws.com"],
  pipelines: ["codebuild.amazonaws.com", "codedeploy.amazonaws.com", "codepipeline.amazonaws.com"],
};

/** Services that make themselves a role on first use, by area. */
const LINKED_TO: Readonly<Partial<Record<ServiceArea, readonly string[]>>> = {
  "load-balancing": ["elasticloadbalancing.amazonaws.com"],
  containers: ["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com"],
  images: ["replication.ecr.amazonaws.com"],
  database: ["rds.amazonaws.com", "rds.application-autoscaling.amazonaws.com"],
  cache: ["elasticache.amazonaws.com"],
  backup: ["backup.amazonaws.com"],
  "app-runner": ["apprunner.amazonaws.com", "networking.apprunner.amazonaws.com"],
};

/** What a deploy may do about roles. */
export interface IdentitySettings {
  /** Parts of AWS the environment uses. */
  readonly areas: readonly ServiceArea[];

  /** Boundary every role has to carry. */
  readonly boundaryArn: string;

  /**
   * Roles that may be handed to services, by name.
   * @default - every role named after the environment
   */
  readonly passedRoles?: readonly string[];
}

/**
 * Roles of the workloads: named after the environment, created and changed only while they carry its boundary. AWS answers a role without
 * it as a role with another one, so the condition also covers what was made by hand.
 */
export function identityWrites(reach: Reach, settings: IdentitySettings): Statement[] {
  const iam = `arn:aws:iam::${reach.accountId}`;
  const roles = [`${iam}:role/${reach.base}-*`];
  const policies = [`${iam}:policy/${reach.base}-*`];
  const bounded = { "iam:PermissionsBoundary": settings.boundaryArn };
  const passed = settings.passedRoles?.map((name) => `${iam}:role/${name}`) ?? roles;
  const passedTo = inAreas(PASSED_TO, settings.areas);
  const linkedTo = inAreas(LINKED_TO, settings.areas);
  return [
    allow("ManageRoles", BOUNDED, roles, { StringEquals: bounded }),
    allow("AttachPolicies", actionsOf("iam", "AttachRolePolicy DetachRolePolicy"), roles, {
      StringEquals: bounded,
      ArnLike: { "iam:PolicyARN": [...policies, ...AWS_POLICIES.map((name) => `arn:aws:iam::aws:policy/${name}`)] },
    }),
    allow("TagRoles", actionsOf("iam", "TagRole UntagRole"), roles),
    allow(
      "ManagePolicies",
      actionsOf("iam", `CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion TagPolicy UntagPolicy`),
      policies,
    ),
    allow(
      "ManageProfiles",
      actionsOf(
        "iam",
        `AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile RemoveRoleFromInstanceProfile
           TagInstanceProfile UntagInstanceProfile`,
      ),
      [`${iam}:instance-profile/${reach.base}-*`],
    ),
    ...(passedTo.length > 0
      ? [
          allow("PassRoles", actionsOf("iam", "PassRole"), passed, {
            StringEquals: { "iam:PassedToService": passedTo },
          }),
        ]
      : []),
    ...(linkedTo.length > 0
      ? [
          allow("CreateServiceRoles", actionsOf("iam", "CreateServiceLinkedRole"), [`${iam}:role/aws-service-role/*`], {
            StringEquals: { "iam:AWSServiceName": linkedTo },
          }),
        ]
      : []),
  ];
}

/** Everything IAM lets depend on the boundary a role carries. */
const BOUNDED = actionsOf(
  "iam",
  `CreateRole DeleteRole DeleteRolePolicy PutRolePermissionsBoundary PutRolePolicy UpdateAssumeRolePolicy
     UpdateRole UpdateRoleDescription`,
);

function inAreas(
  table: Readonly<Partial<Record<ServiceArea, readonly string[]>>>,
  areas: readonly ServiceArea[],
): string[] {
  return [...new Set(areas.flatMap((area) => table[area] ?? []))].sort();
}
