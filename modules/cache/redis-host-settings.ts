import { instanceMemoryProblem } from "../compute/instance-memory";
import { sessionHostOf, sessionHostProblems, type SessionHostSettings } from "../compute/session-host-settings";
import { logRetentionProblem } from "../monitoring/log-retention";
import { outOfRange } from "../validation";
import { redisMemoryMiB, type RedisSidecarSettings, redisSidecarProblems } from "./redis-sidecar-settings";

/** What an environment chooses about a Redis that runs as a container on an EC2 instance of its own. */
export interface RedisHostSettings extends SessionHostSettings, RedisSidecarSettings {
  /**
   * Most that the data may take, 16 to 4096; then the keys used longest ago are evicted. The instance needs about 300 MiB beside it.
   * @default 256
   */
  readonly dataMiB?: number;

  /**
   * Which password, counted from 1. Raise it by one for a new one; the services have to be restarted then.
   * @default 1
   */
  readonly passwordVersion?: number;

  /**
   * How long its logs are kept.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** Every problem of a Redis host. */
export function redisHostProblems(settings: RedisHostSettings): Array<string | undefined> {
  const { dataMiB = 256 } = settings;
  const ofRedis = redisSidecarProblems(settings).filter((problem) => problem !== undefined);
  return [
    ...sessionHostProblems(settings),
    ...ofRedis,
    ofRedis.length > 0
      ? undefined
      : instanceMemoryProblem(sessionHostOf(settings).instanceType, redisMemoryMiB(dataMiB), "Redis"),
    outOfRange("passwordVersion", settings.passwordVersion, 1, 1_000_000),
    logRetentionProblem("logRetentionDays", settings.logRetentionDays),
  ];
}
