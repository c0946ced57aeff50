import { Token } from "cdktf";
import {
  fargateServiceOf,
  fargateServiceProblems,
  type FargateServiceSettings,
} from "../../../modules/compute/fargate-service-settings";

type Given = Partial<FargateServiceSettings>;

const image = { repository: "api", tag: "1" };
const routed = { port: 3000, routing: { paths: ["/*"], priority: 1 } };
const found = (given: Given) => fargateServiceProblems({ image, ...given }).filter((problem) => problem !== undefined);
const whole = (name: string, min: number, max: number, got: number) =>
  `${name} must be a whole number from ${min} to ${max}, got ${got}`;

describe("fargateServiceOf", () => {
  const defaults = {
    image,
    cpuUnits: 256,
    memoryMiB: 512,
    architecture: "x86_64",
    user: "1000:1000",
    sidecars: {},
    deregistrationDelaySeconds: 30,
    exec: false,
    logRetentionDays: 365,
    releases: "pipeline",
    minTasks: 2,
    maxTasks: 4,
    spotShare: 0,
    onDemandBase: 1,
  };

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    expect(fargateServiceOf({ image })).toEqual(defaults);
    expect(fargateServiceOf({ image, cpuUnits: undefined, user: undefined, maxTasks: undefined })).toEqual(defaults);
  });

  test("keeps what is chosen", () => {
    const chosen = { ...defaults, cpuUnits: 1024, memoryMiB: 4096, exec: true, releases: "terraform" as const };
    expect(fargateServiceOf({ ...chosen, architecture: "arm64" })).toEqual({ ...chosen, architecture: "arm64" });
  });
});

describe("fargateServiceProblems", () => {
  test.each<Given>([
    {},
    routed,
    { ...routed, healthCheck: { path: "/up" }, stickySeconds: 1, slowStartSeconds: 30, deregistrationDelaySeconds: 0 },
    { ...routed, stickySeconds: 604_800, slowStartSeconds: 900, deregistrationDelaySeconds: 3600 },
    { ...routed, scaling: { requestsPerTarget: 100 } },
    { cpuUnits: 16_384, memoryMiB: 122_880, architecture: "arm64" },
    { cpuUnits: Token.asNumber("${var.cpu}"), memoryMiB: Token.asNumber("${var.memory}") },
    { exec: true },
    { exec: true, readOnlyRootFilesystem: false },
    { ephemeralStorageGiB: 21 },
    { ephemeralStorageGiB: 200 },
    { logRetentionDays: 1 },
    { writablePaths: ["/a", "/b", "/c", "/d"] },
    { writableMiB: 4096, readOnlyRootFilesystem: false },
    { releases: "terraform" },
  ])("pass %j", (given) => {
    expect(found(given)).toEqual([]);
  });

  test.each<[Given, string]>([
    [
      { cpuUnits: 512 },
      "memoryMiB must be 1024 to 4096 in steps of 1024 with cpuUnits 512, got 512; the nearest legal pair is cpuUnits 512 with memoryMiB 1024",
    ],
    [{ user: "root" }, 'user must not be root, got "root"; give the image a user of its own'],
    [{ port: 0 }, whole("port", 1, 65_535, 0)],
    [{ image: { uri: "redis" } }, 'image.uri must be an image reference with a tag or a digest, got "redis"'],
    [{ sidecars: { redis: { image, port: 0 } } }, whole("sidecars.redis.port", 1, 65_535, 0)],
    [{ dependsOn: { redis: "START" } }, 'dependsOn must be names of sidecars, got "redis"'],
    [
      { writablePaths: ["/a", "/b", "/c", "/d", "/e"] },
      "writableMiB of all writablePaths together must be at most half of memoryMiB (512), got 320",
    ],
    [
      { writableMiB: 129, sidecars: { redis: { image, writableMiB: 128 } } },
      "writableMiB of all writablePaths together must be at most half of memoryMiB (512), got 257",
    ],
    [
      { exec: true, readOnlyRootFilesystem: true },
      "readOnlyRootFilesystem must be false with exec, got true; the agent of ECS Exec has to write there",
    ],
    [{ minTasks: 5 }, "minTasks must be at most maxTasks (4), got 5"],
    [{ routing: routed.routing }, "port must be given with routing, got none"],
    [{ ...routed, routing: { paths: ["/*"], priority: 0 } }, whole("routing.priority", 1, 50_000, 0)],
    [
      { ...routed, healthCheck: { timeoutSeconds: 15 } },
      "healthCheck.timeoutSeconds must be less than intervalSeconds (15), got 15",
    ],
    [{ ...routed, deregistrationDelaySeconds: -1 }, whole("deregistrationDelaySeconds", 0, 3600, -1)],
    [{ ...routed, deregistrationDelaySeconds: 3601 }, whole("deregistrationDelaySeconds", 0, 3600, 3601)],
    [{ ...routed, stickySeconds: 0 }, whole("stickySeconds", 1, 604_800, 0)],
    [{ ...routed, stickySeconds: 604_801 }, whole("stickySeconds", 1, 604_800, 604_801)],
    [{ ...routed, slowStartSeconds: 29 }, whole("slowStartSeconds", 30, 900, 29)],
    [{ ...routed, slowStartSeconds: 901 }, whole("slowStartSeconds", 30, 900, 901)],
    [{ scaling: { cpuPercent: 0 } }, whole("scaling.cpuPercent", 1, 100, 0)],
    [
      { logRetentionDays: 2 },
      "logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 2",
    ],
    [{ ephemeralStorageGiB: 20 }, whole("ephemeralStorageGiB", 21, 200, 20)],
    [{ ephemeralStorageGiB: 201 }, whole("ephemeralStorageGiB", 21, 200, 201)],
  ])("fail on %j", (given, message) => {
    expect(found(given)).toEqual([message]);
  });

  test.each<[Given, string]>([
    [{ healthCheck: { path: "/" } }, 'healthCheck must be left out without routing, got {"path":"/"}'],
    [{ deregistrationDelaySeconds: 30 }, "deregistrationDelaySeconds must be left out without routing, got 30"],
    [{ stickySeconds: 60 }, "stickySeconds must be left out without routing, got 60"],
    [{ slowStartSeconds: 60 }, "slowStartSeconds must be left out without routing, got 60"],
    [{ scaling: { requestsPerTarget: 9 } }, "scaling.requestsPerTarget must be left out without routing, got 9"],
  ])("fail on %j in a worker", (given, message) => {
    expect(found(given)).toEqual([message]);
  });

  test("fail on words nobody knows", () => {
    const given = JSON.parse('{ "architecture": "amd64", "releases": "manual" }') as Given;
    expect(found(given)).toEqual([
      'architecture must be one of x86_64, arm64, got "amd64"',
      'releases must be one of pipeline, terraform, got "manual"',
    ]);
  });

  test("are all reported at once", () => {
    expect(found({ port: 0, minTasks: -1, ephemeralStorageGiB: 1 })).toEqual([
      whole("port", 1, 65_535, 0),
      whole("minTasks", 0, 5000, -1),
      whole("ephemeralStorageGiB", 21, 200, 1),
    ]);
  });
});
