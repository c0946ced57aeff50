import { logRetentionProblem } from "../monitoring/log-retention";
import { isUnresolved, notOneOf, outOfRange } from "../validation";
import {
  containerProblems,
  type ContainerSettings,
  DEFAULT_USER,
  DEFAULT_WRITABLE_MIB,
  writablePathsOf,
} from "./container-settings";
import type { Architecture } from "./fargate-service-settings";
import { fargateSizeProblem } from "./fargate-sizes";
import type { Sidecars } from "./sidecar-settings";

/** What an environment chooses about a task that is run by hand or by a workflow and ends, such as a migration. */
export interface OneOffTaskSettings extends Omit<ContainerSettings, "port" | "containerHealthCheck"> {
  /**
   * CPU of the task, 256 to 16384; 1024 are one vCPU.
   * @default 256
   */
  readonly cpuUnits?: number;

  /**
   * Memory of the task; which sizes are legal depends on `cpuUnits`.
   * @default 512
   */
  readonly memoryMiB?: number;

  /**
   * Instruction set the image is built for; that of the service whose image it is.
   * @default "x86_64"
   */
  readonly architecture?: Architecture;

  /**
   * User the container runs as, never root.
   * @default "1000:1000"
   */
  readonly user?: string;

  /**
   * How long its logs are kept.
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * Disk of the task, 21 to 200, for the image and whatever a container with a writable root file system writes.
   * @default - the 20 that Fargate includes
   */
  readonly ephemeralStorageGiB?: number;
}

/** A task that is to be started, by the names and ids of what it needs. */
export interface RunTaskTarget {
  /** AWS region. */
  readonly region: string;

  /** ECS cluster by name. */
  readonly clusterName: string;

  /** Task definition family; its newest revision is run. */
  readonly family: string;

  /** Subnets, of which ECS takes one. */
  readonly subnetIds: readonly string[];

  /** Security group of the task. */
  readonly securityGroupId: string;

  /** Whether the task gets a public address. */
  readonly assignPublicIp: boolean;
}

/** The settings of a task with its defaults, in the form a task definition takes. */
export function oneOffTaskOf(settings: OneOffTaskSettings) {
  const { cpuUnits = 256, memoryMiB = 512, architecture = "x86_64", user = DEFAULT_USER } = settings;
  const { logRetentionDays = 365 } = settings;
  const sidecars: Sidecars = {};
  return { ...settings, cpuUnits, memoryMiB, architecture, user, logRetentionDays, sidecars, exec: false };
}

/** Every problem of a task's settings. */
export function oneOffTaskProblems(settings: OneOffTaskSettings): Array<string | undefined> {
  const values = oneOffTaskOf(settings);
  return [
    fargateSizeProblem(values.cpuUnits, values.memoryMiB),
    notOneOf<Architecture>("architecture", values.architecture, ["x86_64", "arm64"]),
    ...containerProblems(values),
    writableProblem(values),
    logRetentionProblem("logRetentionDays", values.logRetentionDays),
    outOfRange("ephemeralStorageGiB", settings.ephemeralStorageGiB, 21, 200),
  ];
}

/** Where a task runs, as the AWS CLI takes it after `--network-configuration`. */
export function networkConfiguration({
  subnetIds,
  securityGroupId,
  assignPublicIp,
}: Pick<RunTaskTarget, "subnetIds" | "securityGroupId" | "assignPublicIp">): string {
  const parts = [
    `subnets=[${subnetIds.join(",")}]`,
    `securityGroups=[${securityGroupId}]`,
    `assignPublicIp=${assignPublicIp ? "ENABLED" : "DISABLED"}`,
  ];
  return `awsvpcConfiguration={${parts.join(",")}}`;
}

/** The command that starts a task and prints its ARN; who runs it waits with `aws ecs wait tasks-stopped`. */
export function runTaskCommand(target: RunTaskTarget): string {
  return [
    `aws ecs run-task --region ${target.region} --cluster ${target.clusterName} --task-definition ${target.family}`,
    `--launch-type FARGATE --network-configuration '${networkConfiguration(target)}'`,
    `--query 'tasks[0].taskArn' --output text`,
  ].join(" ");
}

/** Writable paths are memory: full ones must leave some to the container. */
function writableProblem(values: ReturnType<typeof oneOffTaskOf>): string | undefined {
  const { memoryMiB, writableMiB = DEFAULT_WRITABLE_MIB } = values;
  const sum = writablePathsOf(values, false).length * writableMiB;
  if (isUnresolved(memoryMiB) || isUnresolved(writableMiB) || sum <= memoryMiB / 2) return undefined;
  return `writableMiB of all writablePaths together must be at most half of memoryMiB (${memoryMiB}), got ${sum}`;
}
