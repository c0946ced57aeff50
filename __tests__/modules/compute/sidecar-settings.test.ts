import { Token } from "cdktf";
import { sidecarProblems, type Sidecars, type SidecarSettings } from "../../../modules/compute/sidecar-settings";

const image = { uri: "redis:7.4" };
const task = { cpuUnits: 512, memoryMiB: 1024, port: 3000 };
const check = { command: "true" };
const found = (sidecars: Sidecars, dependsOn?: SidecarSettings["dependsOn"], whole = task) =>
  sidecarProblems(sidecars, dependsOn, whole).filter((problem) => problem !== undefined);

describe("sidecarProblems", () => {
  test("pass a cache the main container waits for, and a step before the start", () => {
    expect(
      found(
        {
          redis: { image, port: 6379, cpuUnits: 512, memoryMiB: 6, containerHealthCheck: check },
          "log-router": { image, dependsOn: { redis: "START" } },
          prepare: { image, essential: false },
        },
        { redis: "HEALTHY", prepare: "SUCCESS" },
      ),
    ).toEqual([]);
  });

  test("pass a share of a task whose size only Terraform knows", () => {
    const token = Token.asNumber("${var.size}");
    expect(found({ a: { image, cpuUnits: 9999 } }, {}, { ...task, cpuUnits: token })).toEqual([]);
    expect(found({ a: { image, memoryMiB: token }, b: { image, memoryMiB: 9 } })).toEqual([]);
  });

  test.each<[Sidecars, SidecarSettings["dependsOn"], string]>([
    [{ Redis: { image } }, {}, 'sidecars must be named in lower-case letters, digits and single hyphens, got "Redis"'],
    [{ redis: { image, port: 0 } }, {}, "sidecars.redis.port must be a whole number from 1 to 65535, got 0"],
    [
      { redis: { image, user: "root" } },
      {},
      'sidecars.redis.user must not be root, got "root"; give the image a user of its own',
    ],
    [{ redis: { image, cpuUnits: 513 } }, {}, "sidecars.redis.cpuUnits must be a whole number from 1 to 512, got 513"],
    [{ redis: { image, memoryMiB: 5 } }, {}, "sidecars.redis.memoryMiB must be a whole number from 6 to 1023, got 5"],
    [
      { redis: { image, memoryMiB: 1024 } },
      {},
      "sidecars.redis.memoryMiB must be a whole number from 6 to 1023, got 1024",
    ],
    [
      { a: { image, memoryMiB: 512 }, b: { image, memoryMiB: 512 } },
      {},
      "memoryMiB of all sidecars together must be at most 1023, got 1024",
    ],
    [
      { a: { image, cpuUnits: 256 }, b: { image, cpuUnits: 257 } },
      {},
      "cpuUnits of all sidecars together must be at most 512, got 513",
    ],
    [{ redis: { image, port: 3000 } }, {}, "port must be different in every container of the task, got 3000 twice"],
    [{}, { redis: "START" }, 'dependsOn must be names of sidecars, got "redis"'],
    [
      { redis: { image } },
      { redis: "HEALTHY" },
      'dependsOn.redis must be START without a health check there, got "HEALTHY"; give sidecars.redis a containerHealthCheck',
    ],
    [
      { prepare: { image } },
      { prepare: "SUCCESS" },
      'dependsOn.prepare must be START or HEALTHY for an essential sidecar, got "SUCCESS"; set sidecars.prepare.essential to false',
    ],
    [
      {
        a: { image, dependsOn: { b: "START" } },
        b: { image, dependsOn: { c: "START" } },
        c: { image, dependsOn: { b: "START" } },
      },
      {},
      "sidecars must not wait for each other in a circle, got b -> c -> b",
    ],
    [{ a: { image, dependsOn: { a: "START" } } }, {}, "sidecars must not wait for each other in a circle, got a -> a"],
  ])("fail on %j that %j waits for", (sidecars, dependsOn, message) => {
    expect(found(sidecars, dependsOn)).toEqual([message]);
  });

  test("fail on a name every object knows", () => {
    const dependsOn = JSON.parse('{ "constructor": "START" }') as SidecarSettings["dependsOn"];
    expect(found({}, dependsOn)).toEqual(['dependsOn must be names of sidecars, got "constructor"']);
  });

  test("fail on a condition ECS does not know", () => {
    const ready = JSON.parse('{ "redis": "READY" }') as SidecarSettings["dependsOn"];
    expect(found({ redis: { image } }, ready)).toEqual([
      'dependsOn.redis must be one of START, HEALTHY, COMPLETE, SUCCESS, got "READY"',
    ]);
  });
});
