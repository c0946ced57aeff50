import type { Context } from "../context";
import { nameOf, nameProblem, type NameKind } from "../naming";

/** Names of what a host is made of, so that another stack can write their ARNs without a reference. */
export interface SessionHostNames {
  /** The `Name` tag of the instance, which commands are sent by. */
  readonly instance: string;

  /** Role of the instance, and of the containers on it that may use it. */
  readonly role: string;

  /** Security group of the instance. */
  readonly securityGroup: string;

  /** Log group of its containers. */
  readonly logGroup: string;
}

const KINDS: ReadonlyArray<readonly [NameKind, (name: string) => string]> = [
  ["nameTag", (name) => name],
  ["iamRole", (name) => `${name}-host`],
  ["securityGroup", (name) => `${name}-host`],
];

/** Names of a host, whether it exists yet or not. */
export function sessionHostNames(context: Pick<Context, "names">, name: string): SessionHostNames {
  return {
    instance: context.names("nameTag", name),
    role: context.names("iamRole", `${name}-host`),
    securityGroup: context.names("securityGroup", `${name}-host`),
    logGroup: `/ec2/${context.names("logGroup", name)}`,
  };
}

/** What is wrong with a host's name: every cloud name made from it has to fit. */
export function sessionHostNameProblems(
  context: Pick<Context, "project" | "environment">,
  name: string,
): Array<string | undefined> {
  return KINDS.map(([kind, thing]) => nameProblem(kind, nameOf(context.project, context.environment, thing(name))));
}
