import { Lazy } from "cdktf";
import {
  REDIS_SIDECAR,
  REDIS_SIDECAR_URL,
  redisSidecar,
  redisSidecarProblems,
  type RedisSidecarSettings,
} from "../../../modules/cache/redis-sidecar-settings";
import { sidecarProblems } from "../../../modules/compute/sidecar-settings";

const problems = (settings: RedisSidecarSettings) =>
  redisSidecarProblems(settings).filter((problem) => problem !== undefined);

describe("redisSidecar", () => {
  test("keeps at most 64 MiB in memory, nothing on disk, and is reached from the task alone", () => {
    expect(redisSidecar({})).toEqual({
      image: { uri: "public.ecr.aws/docker/library/redis:7.4.7-alpine" },
      command: [
        "redis-server",
        ...["--bind", "127.0.0.1"],
        ...["--save", "", "--appendonly", "no"],
        ...["--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"],
      ],
      port: 6379,
      user: "999:1000",
      memoryMiB: 96,
      writablePaths: [],
      containerHealthCheck: { command: ["redis-cli", "ping"], intervalSeconds: 10 },
    });
  });

  test("takes the defaults for an explicit undefined", () => {
    expect(redisSidecar({ uri: undefined, dataMiB: undefined })).toEqual(redisSidecar({}));
  });

  test("takes another image and size, and has memory beside its data", () => {
    const uri = "public.ecr.aws/docker/library/valkey:8.1.1-alpine";
    expect(redisSidecar({ uri, dataMiB: 256 })).toMatchObject({
      image: { uri },
      command: expect.arrayContaining(["256mb"]),
      memoryMiB: 288,
    });
  });

  test("is a sidecar without problems in a task that waits for it", () => {
    const task = { cpuUnits: 256, memoryMiB: 512, port: 3000 };
    const found = sidecarProblems({ [REDIS_SIDECAR]: redisSidecar({}) }, { [REDIS_SIDECAR]: "HEALTHY" }, task);
    expect(found.filter((problem) => problem !== undefined)).toEqual([]);
  });

  test("is where its address says", () => {
    expect(REDIS_SIDECAR_URL).toBe(`redis://localhost:${redisSidecar({}).port}`);
  });
});

describe("redisSidecarProblems", () => {
  test.each<RedisSidecarSettings>([
    {},
    { uri: undefined, dataMiB: undefined },
    { dataMiB: 16 },
    { dataMiB: 4096 },
    { uri: "redis:7.4.7" },
    { uri: "public.ecr.aws/docker/library/redis:7" },
    { uri: `public.ecr.aws/docker/library/redis@sha256:${"0a".repeat(32)}` },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each([15, 4097, 16.5])("finds %d MiB of data", (dataMiB) => {
    expect(problems({ dataMiB })).toEqual([`dataMiB must be a whole number from 16 to 4096, got ${dataMiB}`]);
  });

  test.each([
    "redis",
    "redis:latest",
    "public.ecr.aws/docker/library/redis",
    `redis@sha256:${"0a".repeat(31)}`,
    "redis:7 --bind 0.0.0.0",
    "",
  ])("finds the image %j, whose version may move", (uri) => {
    expect(problems({ uri })).toEqual([`uri must be an image with a fixed version, got "${uri}"`]);
  });

  test("finds every problem at once", () => {
    expect(problems({ uri: "redis", dataMiB: 0 })).toEqual([
      'uri must be an image with a fixed version, got "redis"',
      "dataMiB must be a whole number from 16 to 4096, got 0",
    ]);
  });

  test("lets what only Terraform knows pass", () => {
    const uri = Lazy.stringValue({ produce: () => "redis" });
    const dataMiB = Lazy.numberValue({ produce: () => 1 });
    expect(problems({ uri, dataMiB })).toEqual([]);
  });
});
