import type { SidecarSettings } from "../compute/sidecar-settings";
import { notMatching, outOfRange } from "../validation";

/** What an environment chooses about a Redis that runs inside every task. */
export interface RedisSidecarSettings {
  /**
   * Public image of Redis or Valkey, with a fixed version.
   * @default "public.ecr.aws/docker/library/redis:7.4.7-alpine"
   */
  readonly uri?: string;

  /**
   * Most that the data may take, 16 to 4096; then the keys used longest ago are evicted. It is memory of the task.
   * @default 64
   */
  readonly dataMiB?: number;
}

/** Container name of the sidecar. */
export const REDIS_SIDECAR = "redis";

/** Where the other containers of the task reach it. There is no TLS: the bytes never leave the task. */
export const REDIS_SIDECAR_URL = "redis://localhost:6379";

const DEFAULT_URI = "public.ecr.aws/docker/library/redis:7.4.7-alpine";

/** Beside its data, Redis needs memory for connections and copies. */
const OVERHEAD_MIB = 32;

/** Every problem of a Redis sidecar. */
export function redisSidecarProblems({ uri, dataMiB }: RedisSidecarSettings): Array<string | undefined> {
  return [
    notMatching("uri", uri, /^(?!.*:latest$)[\w./-]+(:[\w.-]+|@sha256:[0-9a-f]{64})$/, "an image with a fixed version"),
    outOfRange("dataMiB", dataMiB, 16, 4096),
  ];
}

/** Memory of a Redis with this much data. */
export function redisMemoryMiB(dataMiB: number): number {
  return dataMiB + OVERHEAD_MIB;
}

/** The container: nothing on disk, nobody but the task, and gone with it. */
export function redisSidecar({ uri = DEFAULT_URI, dataMiB = 64 }: RedisSidecarSettings): SidecarSettings {
  return {
    image: { uri },
    command: [
      "redis-server",
      ...["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      ...["--maxmemory", `${dataMiB}mb`, "--maxmemory-policy", "allkeys-lru"],
    ],
    port: 6379,
    user: "999:1000", // the redis user of the image, so that its start script has nothing to change as root
    memoryMiB: redisMemoryMiB(dataMiB),
    writablePaths: [],
    containerHealthCheck: { command: ["redis-cli", "ping"], intervalSeconds: 10 },
  };
}
