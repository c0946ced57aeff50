import { notOneOf, outOfRange, shown, within } from "../validation";
import type { RoutingSettings } from "./routing-settings";
import type { ScalingSettings } from "./scaling-settings";

/** ECS replaces the tasks one after the other, and goes back by itself when the new ones do not start. */
export interface RollingDeployment {
  readonly kind: "rolling";
}

/**
 * CodeDeploy starts the new tasks beside the old ones, lets the test listener lead to them, then shifts the requests, and back as soon as
 * something is wrong. For that time twice the tasks run, and are billed.
 */
export interface BlueGreenDeployment {
  readonly kind: "blue-green";

  /**
   * How the requests are shifted: one of CodeDeploy's own configurations, without the `CodeDeployDefault.ECS` in front.
   * @default "Canary10Percent5Minutes"
   */
  readonly trafficShift?: TrafficShift;

  /**
   * Minutes the old tasks stay once all requests go to the new ones, 0 to 2880: the time in which going back takes seconds.
   * @default 5
   */
  readonly waitMinutes?: number;

  /**
   * Minutes that somebody has to look at the new tasks through the test listener and let the release go on, 1 to 2880; after that it stops.
   * @default - requests are shifted as soon as the new tasks are well
   */
  readonly readyWaitMinutes?: number;

  /**
   * What counts as wrong. The alarms always take a release back, and while one of them rings CodeDeploy begins no other.
   * @default - 10 answers of 500 and above a minute, or one unwell task
   */
  readonly alarms?: ReleaseAlarmSettings;
}

/** What takes a release back. Both colors are watched together, because every release swaps them. */
export interface ReleaseAlarmSettings {
  /**
   * Answers of 500 and above a minute, 1 to 1000000.
   * @default 10
   */
  readonly errorsPerMinute?: number;

  /**
   * Tasks that fail the health check after their grace period, 1 to 5000.
   * @default 1
   */
  readonly unhealthyTasks?: number;
}

/** How a new revision comes into service. Another kind is another ECS service: changing it later stops the running one. */
export type DeploymentSettings = RollingDeployment | BlueGreenDeployment;

/** CodeDeploy's predefined configurations for ECS. Source: CodeDeploy user guide, deployment configurations, read in 2026-11. */
export const TRAFFIC_SHIFTS = [
  "AllAtOnce",
  "Canary10Percent5Minutes",
  "Canary10Percent15Minutes",
  "Linear10PercentEvery1Minutes",
  "Linear10PercentEvery3Minutes",
] as const;

/** How the requests are shifted. */
export type TrafficShift = (typeof TRAFFIC_SHIFTS)[number];

/** Two days. Source: CodeDeploy user guide, limits of blue/green deployments, read in 2026-11. */
const LONGEST_WAIT_MINUTES = 2880;

/** A blue/green deployment with its defaults; what has none stays optional. */
export type BlueGreenValues = ReturnType<typeof blueGreenOf>;

/** A blue/green deployment with its defaults. */
export function blueGreenOf({ trafficShift, waitMinutes = 5, readyWaitMinutes, alarms = {} }: BlueGreenDeployment) {
  const { errorsPerMinute = 10, unhealthyTasks = 1 } = alarms;
  return {
    deploymentConfigName: `CodeDeployDefault.ECS${trafficShift ?? "Canary10Percent5Minutes"}`,
    waitMinutes,
    readyWaitMinutes,
    errorsPerMinute,
    unhealthyTasks,
  };
}

/** What of a service a deployment has to fit. */
interface DeployedSettings {
  readonly routing?: RoutingSettings;
  readonly releases?: "pipeline" | "terraform";
  readonly spotShare?: number;
  readonly scaling?: ScalingSettings;
}

/**
 * Every problem of a deployment, and of what a service with CodeDeploy cannot have.
 * Sources: ECS developer guide, CodeDeploy blue/green deployments and target tracking; CodeDeploy user guide, AppSpec; read in 2026-11.
 */
export function deploymentProblems(
  deployment: DeploymentSettings | undefined,
  { routing, releases, spotShare = 0, scaling }: DeployedSettings,
): Array<string | undefined> {
  if (deployment === undefined) return [];
  const kind = notOneOf<string>("kind", deployment.kind, ["rolling", "blue-green"]);
  if (deployment.kind !== "blue-green") return within("deployment", [kind]);
  const { trafficShift, waitMinutes, readyWaitMinutes, alarms = {} } = deployment;
  return [
    ...within("deployment", [
      notOneOf<string>("trafficShift", trafficShift, TRAFFIC_SHIFTS),
      outOfRange("waitMinutes", waitMinutes, 0, LONGEST_WAIT_MINUTES),
      outOfRange("readyWaitMinutes", readyWaitMinutes, 1, LONGEST_WAIT_MINUTES),
      ...within("alarms", [
        outOfRange("errorsPerMinute", alarms.errorsPerMinute, 1, 1_000_000),
        outOfRange("unhealthyTasks", alarms.unhealthyTasks, 1, 5000),
      ]),
    ]),
    routing === undefined ? "routing must be given with a blue-green deployment, got none" : undefined,
    releases === "terraform"
      ? 'releases must be pipeline with a blue-green deployment, got "terraform"; ECS takes its revisions from CodeDeploy only'
      : undefined,
    spotShare === 0
      ? undefined
      : `spotShare must be 0 with a blue-green deployment, got ${shown(spotShare)}; CodeDeploy starts its tasks without the service's capacity providers`,
    scaling?.requestsPerTarget === undefined
      ? undefined
      : `scaling.requestsPerTarget must be left out with a blue-green deployment, got ${shown(scaling.requestsPerTarget)}; the requests change their target group`,
  ];
}
