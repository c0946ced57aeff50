import {
  dockerHostOf,
  dockerHostProblems,
  type DockerHostSettings,
} from "../../../modules/compute/docker-host-settings";

const image = { repository: "api", tag: "v1" };
const problems = (settings: Partial<DockerHostSettings> = {}) =>
  dockerHostProblems({ image, ...settings }).filter((problem) => problem !== undefined);

describe(dockerHostOf, () => {
  test("falls back to the documented defaults, even for an explicit undefined", () => {
    expect(dockerHostOf({ image, user: undefined, hosts: undefined })).toEqual({
      image,
      instanceType: "t4g.micro",
      diskGiB: 16,
      hosts: [],
      environment: {},
      secrets: {},
      user: "1000:1000",
      readOnlyRootFilesystem: true,
      writablePaths: ["/tmp"],
      writableMiB: 64,
      stopTimeoutSeconds: 30,
      logRetentionDays: 365,
      healthCheck: { path: "/health", intervalSeconds: 3, timeoutSeconds: 5, retries: 20 },
    });
  });
});

describe(dockerHostProblems, () => {
  test("has none while the memory of the host is enough for what is kept in it", () => {
    expect(problems({ instanceType: "t4g.nano", redis: { dataMiB: 116 } })).toEqual([]);
    expect(
      problems({
        instanceType: "t4g.nano",
        writableMiB: 8192,
        readOnlyRootFilesystem: false,
        writablePaths: undefined,
      }),
    ).toEqual([]);
    expect(problems({ instanceType: "z1d.large", redis: { dataMiB: 4096 } })).toEqual([]);
  });

  test("has none with an image alone, and none with everything", () => {
    expect(problems()).toEqual([]);
    expect(
      problems({
        port: 8080,
        hosts: ["api.example.com"],
        healthCheck: { path: "/up", retries: 200 },
        environment: { LEVEL: "info" },
        secrets: { KEY: { from: "database", key: "password" } },
        envFile: { version: "v1.2.0", name: "production" },
        redis: { dataMiB: 64 },
        offHours: { stop: "0 20 ? * MON-FRI *", start: "0 7 ? * MON-FRI *", timezone: "Europe/Paris" },
      }),
    ).toEqual([]);
  });

  test.each<[Partial<DockerHostSettings>, string]>([
    [{ hosts: ["api.example.com"] }, "port must be given with hosts, got none"],
    [{ hosts: [], port: 80 }, "hosts must be at least one name, got []; leave it out to let nothing in"],
    [
      { hosts: ["*.example.com"], port: 80 },
      'hosts must be host names, without scheme, port or wildcard, got "*.example.com"',
    ],
    [{ healthCheck: {} }, "healthCheck must be left out without port"],
    [
      { instanceType: "t4g.nano", redis: { dataMiB: 117 } },
      'instanceType must have at least 513 MiB of memory, 300 for the system and 213 for redis and writablePaths, got "t4g.nano" with 512',
    ],
    [
      { instanceType: "t4g.nano", writablePaths: ["/tmp", "/var/run"], writableMiB: 107 },
      'instanceType must have at least 514 MiB of memory, 300 for the system and 214 for redis and writablePaths, got "t4g.nano" with 512',
    ],
    [
      { healthCheck: { path: "health" }, port: 80 },
      'healthCheck.path must be a path of at most 1024 characters that starts with a slash, got "health"',
    ],
    [
      { healthCheck: { path: '/"; id' }, port: 80 },
      expect.stringContaining("healthCheck.path must be a path") as string,
    ],
    [
      { healthCheck: { intervalSeconds: 0 }, port: 80 },
      "healthCheck.intervalSeconds must be a whole number from 1 to 60, got 0",
    ],
    [
      { healthCheck: { timeoutSeconds: 61 }, port: 80 },
      "healthCheck.timeoutSeconds must be a whole number from 1 to 60, got 61",
    ],
    [{ healthCheck: { retries: 201 }, port: 80 }, "healthCheck.retries must be a whole number from 1 to 200, got 201"],
    [
      { secrets: { DOCKER_HOST: { secretName: "it" } } },
      "secrets.DOCKER_HOST must have another name; Docker's own client reads it",
    ],
    [
      { environment: { TEMPLATE: "{{ name }}" } },
      'TEMPLATE must not contain {{, got "{{ name }}"; Systems Manager would take it for a parameter',
    ],
    [
      { environment: { DB_PASSWORD: "x" } },
      "environment.DB_PASSWORD must not be a secret, got a name that reads like one; move it to secrets",
    ],
    [{ envFile: { version: "1.2.0" } }, 'envFile.version must be v and three numbers, such as v1.2.3, got "1.2.0"'],
    [
      { envFile: { version: "v1.2.0", name: "a-v2" } },
      'envFile.name must be lower-case letters, digits and single hyphens, without -v, got "a-v2"',
    ],
    [{ redis: { dataMiB: 15 } }, "redis.dataMiB must be a whole number from 16 to 4096, got 15"],
    [{ user: "root" }, 'user must not be root, got "root"; give the image a user of its own'],
    [{ diskGiB: 4 }, "diskGiB must be a whole number from 8 to 16384, got 4"],
    [
      { offHours: { stop: "at night", start: "0 7 ? * * *", timezone: "UTC" } },
      'offHours.stop must be six cron fields such as "0 20 ? * MON-FRI *", got "at night"',
    ],
  ])("names what is wrong with %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });
});
