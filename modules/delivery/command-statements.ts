import { arn, type Context } from "../context";
import { actionsOf, allow, type Statement } from "./policy-statement";

/** A document of Systems Manager, and the one instance it is run on. */
export interface CommandTarget {
  /** The document. */
  readonly documentName: string;

  /** `Name` tag of the instance, by which it is found whatever its id. */
  readonly instanceName: string;

  /**
   * Whether the instance is stopped when nobody needs it, and has to be started first.
   * @default false
   */
  readonly startable?: boolean;
}

type Scope = Pick<Context, "project" | "accountId" | "region">;

/**
 * Running documents on instances: these documents and no other, which say themselves what their parameters may be, and only on instances of
 * the project with these names. No shell, no session.
 */
export function commandStatements(scope: Scope, targets: readonly CommandTarget[]): Statement[] {
  if (targets.length === 0) return [];
  const documents = targets.map(({ documentName }) => arn(scope, "ssm", `document/${documentName}`));
  const inRegion = { StringEquals: { "aws:RequestedRegion": scope.region } };
  const startable = targets.filter((target) => target.startable ?? false);
  return [
    allow("RunDocuments", actionsOf("ssm", "SendCommand"), unique(documents)),
    allow("RunOnOwnHosts", actionsOf("ssm", "SendCommand"), [arn(scope, "ec2", "instance/*")], {
      StringEquals: { "aws:ResourceTag/Project": scope.project, "aws:ResourceTag/Name": instanceNames(targets) },
    }),
    // None of these knows a single command or instance to IAM.
    allow("FollowCommands", actionsOf("ssm", "GetCommandInvocation ListCommandInvocations"), ["*"], inRegion),
    allow(
      "FindHosts",
      [...actionsOf("ec2", "DescribeInstances"), ...actionsOf("ssm", "DescribeInstanceInformation")],
      ["*"],
      inRegion,
    ),
    ...(startable.length > 0
      ? [
          allow("StartHosts", actionsOf("ec2", "StartInstances"), [arn(scope, "ec2", "instance/*")], {
            StringEquals: {
              "aws:ResourceTag/Project": scope.project,
              "aws:ResourceTag/Name": instanceNames(startable),
            },
          }),
        ]
      : []),
  ];
}

function instanceNames(targets: readonly CommandTarget[]): string[] {
  return unique(targets.map(({ instanceName }) => instanceName));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
