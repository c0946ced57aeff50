import type { Context } from "../context";
import { nameOf, nameProblem, type NameKind } from "../naming";

/** Names of what a blue/green service has besides, so that another stack can write their ARNs without a reference. */
export interface BlueGreenNames {
  /** Target group that gets the requests first; later the colors swap with every release. */
  readonly blueTargetGroup: string;

  /** The other target group. */
  readonly greenTargetGroup: string;

  /** Application of CodeDeploy, one for each service. */
  readonly codeDeployApplication: string;

  /** Its only deployment group. */
  readonly deploymentGroup: string;

  /** Role CodeDeploy shifts the requests with. */
  readonly codeDeployRole: string;

  /** Alarm on answers of 500 and above. */
  readonly errorAlarm: string;

  /** Alarm on tasks that fail the health check. */
  readonly unhealthyAlarm: string;
}

type Things = Readonly<Record<keyof BlueGreenNames, readonly [NameKind, string]>>;

const things = (name: string): Things => ({
  blueTargetGroup: ["targetGroup", `${name}-blue`],
  greenTargetGroup: ["targetGroup", `${name}-green`],
  codeDeployApplication: ["codeDeployApplication", name],
  deploymentGroup: ["deploymentGroup", name],
  codeDeployRole: ["iamRole", `${name}-codedeploy`],
  errorAlarm: ["alarm", `${name}-release-errors`],
  unhealthyAlarm: ["alarm", `${name}-release-unhealthy`],
});

/** Names of one blue/green service of an environment, whether it exists yet or not. */
export function blueGreenNames(context: Pick<Context, "names">, name: string): BlueGreenNames {
  const of = ([kind, thing]: readonly [NameKind, string]) => context.names(kind, thing);
  const all = things(name);
  return {
    blueTargetGroup: of(all.blueTargetGroup),
    greenTargetGroup: of(all.greenTargetGroup),
    codeDeployApplication: of(all.codeDeployApplication),
    deploymentGroup: of(all.deploymentGroup),
    codeDeployRole: of(all.codeDeployRole),
    errorAlarm: of(all.errorAlarm),
    unhealthyAlarm: of(all.unhealthyAlarm),
  };
}

/** What is wrong with the name of a blue/green service beside what would be wrong with any other's: its target groups are longer. */
export function blueGreenNameProblems(
  context: Pick<Context, "project" | "environment">,
  name: string,
): Array<string | undefined> {
  const { blueTargetGroup: _shorter, ...all } = things(name);
  return Object.values(all).map(([kind, thing]) =>
    nameProblem(kind, nameOf(context.project, context.environment, thing)),
  );
}
