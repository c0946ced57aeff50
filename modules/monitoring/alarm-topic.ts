import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { arn, type Context, iamArn } from "../context";
import { assertValid } from "../validation";
import { notifyProblems } from "./monitoring-settings";

export interface AlarmTopicProps {
  /** For whom and where. */
  readonly context: Context;

  /**
   * Mail addresses. Each has to confirm once, in a mail from AWS, within two days.
   * @default - none
   */
  readonly emails?: readonly string[];
}

/**
 * The topic that alarms and budgets of the environment publish to. It is encrypted with a key of its own: to the key AWS keeps for SNS no
 * service has access, and CloudWatch would drop its messages. Only alarms, budgets, and who has the rights in this account may publish,
 * over TLS alone.
 */
export class AlarmTopic extends Construct {
  /** ARN of the topic. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const { context, emails = [] } = props;
    assertValid(this, notifyProblems({ emails }));

    const name = context.names("topic", "alarms");
    const key = new KmsKey(this, "key", {
      description: `Messages of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: context.destroyable ? 7 : 30,
      policy: keyPolicy(context),
    });
    new KmsAlias(this, "alias", {
      name: `alias/${context.names("kmsAlias", "alarms")}`,
      targetKeyId: key.keyId,
    });
    const topic = new SnsTopic(this, "topic", { name, displayName: name, kmsMasterKeyId: key.arn });
    const policy = new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy: topicPolicy(context, name) });
    for (const email of emails) {
      new SnsTopicSubscription(this, `email-${email}`, { topicArn: topic.arn, protocol: "email", endpoint: email });
    }
    this.arn = policy.arn; // whoever uses the topic comes after its policy
  }
}

/** Services that publish, each on behalf of things of this account alone. */
function publishers(context: Context): ReadonlyArray<{ readonly service: string; readonly sourceArn: string }> {
  return [
    { service: "cloudwatch.amazonaws.com", sourceArn: arn(context, "cloudwatch", "alarm:*") },
    { service: "budgets.amazonaws.com", sourceArn: arn(context, "budgets", "*", { region: "" }) },
  ];
}

function topicPolicy(context: Context, name: string): string {
  const Resource = arn(context, "sns", name);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      ...publishers(context).map(({ service, sourceArn }) => ({
        Sid: service.startsWith("budgets") ? "PublishBudgets" : "PublishAlarms",
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Resource,
        Condition: from(context, sourceArn),
      })),
      {
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}

/** In a key's policy the only resource is the key, which is called `*` there. */
function keyPolicy(context: Context): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountDecides", // without it nobody could change the key any more; its roles need policies of their own
        Effect: "Allow",
        Principal: { AWS: iamArn(context, "root") },
        Action: "kms:*",
        Resource: "*",
      },
      ...publishers(context).map(({ service, sourceArn }) => ({
        Sid: service.startsWith("budgets") ? "EncryptBudgets" : "EncryptAlarms",
        Effect: "Allow",
        Principal: { Service: service },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: from(context, sourceArn),
      })),
    ],
  });
}

function from({ accountId }: Context, sourceArn: string) {
  return { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": sourceArn } };
}
