import { logGroupsOf, schedulesOf } from "./own-arns";
import { actionsOf, allow, type Statement } from "./policy-statement";
import { anyOf, globalNamedOf, namedOf, taggedOwn, taggingOwn, type Reach } from "./reach";

/** Log groups, alarms, dashboards, topics and budgets, by name. */
export function monitoringWrites(reach: Reach): Statement[] {
  return [
    allow(
      "ManageLogGroups",
      actionsOf(
        "logs",
        `AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteMetricFilter DeleteRetentionPolicy DisassociateKmsKey
           PutLogGroupDeletionProtection PutMetricFilter PutRetentionPolicy TagResource UntagResource`,
      ),
      logGroupsOf(reach),
    ),
    allow(
      "ManageAlarms",
      actionsOf("cloudwatch", "DeleteAlarms PutCompositeAlarm PutMetricAlarm TagResource UntagResource"),
      namedOf(reach, "cloudwatch", "alarm:"),
    ),
    allow(
      "ManageDashboards",
      actionsOf("cloudwatch", "DeleteDashboards PutDashboard"),
      globalNamedOf(reach, "cloudwatch", "dashboard/"),
    ),
    allow(
      "ManageTopics",
      actionsOf(
        "sns",
        `CreateTopic DeleteTopic SetSubscriptionAttributes SetTopicAttributes Subscribe TagResource Unsubscribe
           UntagResource`,
      ),
      namedOf(reach, "sns", ""),
    ),
    allow(
      "ManageBudgets",
      actionsOf("budgets", "ModifyBudget TagResource UntagResource"),
      globalNamedOf(reach, "budgets", "budget/"),
    ),
  ];
}

/** Schedules by name, which know no tags. */
export function scheduleWrites(reach: Reach): Statement[] {
  return [
    allow(
      "ManageSchedules",
      actionsOf("scheduler", "CreateSchedule DeleteSchedule UpdateSchedule"),
      schedulesOf(reach),
    ),
  ];
}

/** Certificates, by tag. */
export function certificateWrites(reach: Reach): Statement[] {
  const certificates = [anyOf(reach, "acm", "certificate/*")];
  const { StringEquals: tags } = taggingOwn(reach);
  return [
    allow("RequestCertificates", actionsOf("acm", "RequestCertificate"), ["*"], {
      StringEquals: { ...tags, "aws:RequestedRegion": reach.regions },
    }),
    allow("TagCertificates", actionsOf("acm", "AddTagsToCertificate"), certificates, taggingOwn(reach)),
    allow(
      "ManageCertificates",
      actionsOf("acm", "DeleteCertificate RemoveTagsFromCertificate UpdateCertificateOptions"),
      certificates,
      taggedOwn(reach),
    ),
  ];
}

/** Records in exactly the zones given. */
export function dnsWrites(hostedZoneIds: readonly string[]): Statement[] {
  if (hostedZoneIds.length === 0) return [];
  const zones = hostedZoneIds.map((id) => `arn:aws:route53:::hostedzone/${id}`);
  return [allow("ChangeRecords", actionsOf("route53", "ChangeResourceRecordSets"), zones)];
}
