import { AlarmTopic, type AlarmTopicProps } from "../../../modules/monitoring/alarm-topic";
import { SubjectAlarms } from "../../../modules/monitoring/subject-alarms";
import { context, policyOf, resources, synth } from "../../support/synth";

const topic = (props: Partial<AlarmTopicProps> = {}) =>
  synth((scope) => new AlarmTopic(scope, "alarms", { context: context(), ...props }));
const arn = "arn:aws:sns:eu-west-3:123456789012:acme-test-alarms";
const account = { "aws:SourceAccount": "123456789012" };
const alarms = {
  StringEquals: account,
  ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-3:123456789012:alarm:*" },
};
const budgets = { StringEquals: account, ArnLike: { "aws:SourceArn": "arn:aws:budgets::123456789012:*" } };

describe(AlarmTopic, () => {
  test("is encrypted with a key of its own, which is rotated", () => {
    expect(resources(topic(), "aws_sns_topic")).toEqual([
      expect.objectContaining({
        name: "acme-test-alarms",
        kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
      }),
    ]);
    expect(resources(topic(), "aws_kms_key")).toEqual([
      expect.objectContaining({ enable_key_rotation: true, deletion_window_in_days: 30 }),
    ]);
    expect(resources(topic(), "aws_kms_alias")).toEqual([expect.objectContaining({ name: "alias/acme-test-alarms" })]);
  });

  test("lets alarms and budgets of this account publish, and nobody without TLS", () => {
    const [policy] = resources(topic(), "aws_sns_topic_policy");
    expect(policyOf(policy ?? {}).Statement).toEqual([
      {
        Sid: "PublishAlarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: arn,
        Condition: alarms,
      },
      {
        Sid: "PublishBudgets",
        Effect: "Allow",
        Principal: { Service: "budgets.amazonaws.com" },
        Action: "sns:Publish",
        Resource: arn,
        Condition: budgets,
      },
      {
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("lets exactly those services encrypt, for this account alone", () => {
    const [key] = resources(topic(), "aws_kms_key");
    const [owner, ...services] = policyOf(key ?? {}).Statement;
    expect(owner).toMatchObject({ Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*" });
    expect(services).toEqual([
      {
        Sid: "EncryptAlarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: alarms,
      },
      {
        Sid: "EncryptBudgets",
        Effect: "Allow",
        Principal: { Service: "budgets.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: budgets,
      },
    ]);
  });

  test("tells nobody unless asked, and then each address", () => {
    expect(resources(topic(), "aws_sns_topic_subscription")).toEqual([]);
    const emails = ["on-call@example.com", "team@example.com"];
    expect(resources(topic({ emails }), "aws_sns_topic_subscription")).toEqual(
      emails.map((endpoint) => expect.objectContaining({ protocol: "email", endpoint }) as unknown),
    );
  });

  test("is known by its ARN only after its policy", () => {
    const subject = { kind: "load-balancer", name: "web", loadBalancerArnSuffix: "app/a/1" } as const;
    const synthesized = synth((scope) => {
      const { arn: action } = new AlarmTopic(scope, "alarms", { context: context() });
      new SubjectAlarms(scope, "web", { context: context(), subject, actions: [action] });
    });
    expect(resources(synthesized, "aws_cloudwatch_metric_alarm")).toEqual([
      expect.objectContaining({
        alarm_actions: [expect.stringMatching(/^\$\{aws_sns_topic_policy\.\w+\.arn\}$/)],
      }),
    ]);
  });

  test("gives its key back soon where everything may be destroyed", () => {
    const [key] = resources(topic({ context: context({ destroyable: true }) }), "aws_kms_key");
    expect(key).toMatchObject({ deletion_window_in_days: 7 });
  });

  test("fails on addresses that are none, or the same twice", () => {
    expect(() => topic({ emails: ["team", "team"] })).toThrow(
      new Error(
        'test/alarms: emails[0] must be a mail address, got "team"; emails[1] must be a mail address, got "team"; emails must be without repetition, got "team" twice',
      ),
    );
  });
});
