import { logRetentionProblem } from "../monitoring/log-retention";
import { notOneOf } from "../validation";

/** How much CloudWatch measures about a cluster; `enhanced` down to the container, `enabled` down to the service. */
export type ContainerInsights = "enhanced" | "enabled" | "disabled";

/** What an environment chooses about its ECS cluster. */
export interface ClusterSettings {
  /**
   * How much CloudWatch measures; every metric is billed as a custom one, and `enhanced` makes several times as many.
   * @default "enabled"
   */
  readonly containerInsights?: ContainerInsights;

  /**
   * Whether shells opened in tasks are possible, and recorded in a log group. Set it when any service has `exec`.
   * @default false
   */
  readonly exec?: boolean;

  /**
   * How long recorded sessions are kept.
   * @default 365
   */
  readonly execLogRetentionDays?: number;
}

/** Every problem of an environment's cluster. */
export function clusterProblems(settings: ClusterSettings): Array<string | undefined> {
  return [
    notOneOf<ContainerInsights>("containerInsights", settings.containerInsights, ["enhanced", "enabled", "disabled"]),
    logRetentionProblem("execLogRetentionDays", settings.execLogRetentionDays),
  ];
}
