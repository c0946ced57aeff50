import { arn, type Context } from "../context";
import { notMatching } from "../validation";
import { ownershipTags } from "./ownership-tags";
import { actionsOf, allow, type Statement } from "./policy-statement";

/** A document of Systems Manager, and the one instance it is run on. */
export interface CommandTarget {
  /** The document. */
  readonly documentName: string;

  /** `Name` tag of the instance, by which it is found whatever its id. */
  readonly instanceName: string;

  /**
   * `Environment` tag of the instance, so that none of another environment can pass for it.
   * @default - the environment of who runs the document
   */
  readonly environment?: string;

  /**
   * Whether the instance is stopped when nobody needs it, and has to be started first.
   * @default false
   */
  readonly startable?: boolean;
}

type Scope = Pick<Context, "project" | "environment" | "accountId" | "region">;

/** What is wrong with a target: its names go into ARNs and conditions, where a wildcard would mean more than one. */
export function commandTargetProblems(target: CommandTarget): Array<string | undefined> {
  const { documentName, instanceName, environment } = target;
  return Object.entries({ documentName, instanceName, environment }).map(([name, value]) =>
    notMatching(name, value, /^[\w.-]+$/, "a whole name without wildcards"),
  );
}

/**
 * Running documents on instances: these documents and no other, which say themselves what their parameters may be, and only on the
 * environment's instances with these names. No shell, no session.
 */
export function commandStatements(scope: Scope, targets: readonly CommandTarget[]): Statement[] {
  if (targets.length === 0) return [];
  const documents = targets.map(({ documentName }) => arn(scope, "ssm", `document/${documentName}`));
  const inRegion = { StringEquals: { "aws:RequestedRegion": scope.region } };
  const startable = targets.filter((target) => target.startable ?? false);
  return [
    allow("RunDocuments", actionsOf("ssm", "SendCommand"), unique(documents)),
    ...onHosts(scope, targets, "RunOnHosts", actionsOf("ssm", "SendCommand")),
    // None of these knows a single command or instance to IAM.
    allow("FollowCommands", actionsOf("ssm", "GetCommandInvocation ListCommandInvocations"), ["*"], inRegion),
    allow(
      "FindHosts",
      [...actionsOf("ec2", "DescribeInstances"), ...actionsOf("ssm", "DescribeInstanceInformation")],
      ["*"],
      inRegion,
    ),
    ...onHosts(scope, startable, "StartHosts", actionsOf("ec2", "StartInstances")),
  ];
}

/** Instances have ids, so they go by their tags, of each environment apart. */
function onHosts(
  scope: Scope,
  targets: readonly CommandTarget[],
  sid: string,
  actions: readonly string[],
): Statement[] {
  const environments = unique(targets.map(({ environment = scope.environment }) => environment));
  return environments.map((environment, index) => {
    const names = targets
      .filter((target) => (target.environment ?? scope.environment) === environment)
      .map(({ instanceName }) => instanceName);
    const tags = { ...ownershipTags({ ...scope, environment }), Name: unique(names) };
    return allow(`${sid}${index + 1}`, actions, [arn(scope, "ec2", "instance/*")], {
      StringEquals: Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    });
  });
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
