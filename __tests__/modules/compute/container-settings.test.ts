import { Token } from "cdktf";
import { containerProblems, writablePathsOf } from "../../../modules/compute/container-settings";

type Settings = Partial<Parameters<typeof containerProblems>[0]>;

const image = { repository: "api", tag: "1" };
const found = (settings: Settings) => containerProblems({ image, ...settings }).filter((it) => it !== undefined);
const check = { command: "true" };

describe("containerProblems", () => {
  test.each<Settings>([
    {},
    { command: ["node", "main.js"] },
    { port: 1 },
    { port: 65_535 },
    { port: Token.asNumber("${var.port}") },
    { user: "1000:1000" },
    { user: "app" },
    { user: "rooter" },
    { user: "10" },
    { user: undefined, port: undefined, writablePaths: undefined, containerHealthCheck: undefined },
    { writablePaths: ["/tmp", "/app/.next/cache"] },
    { writablePaths: [] },
    { writableMiB: 1 },
    { writableMiB: 8192 },
    { stopTimeoutSeconds: 2 },
    { stopTimeoutSeconds: 120 },
    { containerHealthCheck: { ...check, intervalSeconds: 5, timeoutSeconds: 2, retries: 1, startPeriodSeconds: 0 } },
    {
      containerHealthCheck: {
        ...check,
        intervalSeconds: 300,
        timeoutSeconds: 60,
        retries: 10,
        startPeriodSeconds: 300,
      },
    },
    { containerHealthCheck: { command: ["/check"] } },
  ])("pass %j", (settings) => {
    expect(found(settings)).toEqual([]);
  });

  const whole = (name: string, min: number, max: number, got: number) =>
    `${name} must be a whole number from ${min} to ${max}, got ${got}`;
  test.each<[Settings, string]>([
    [
      { image: { repository: "api", tag: "" } },
      'image.tag must be an image tag of 1 to 128 letters, digits and any of _ . - other than latest, got ""',
    ],
    [{ command: [] }, "command must be at least one argument, got []"],
    [
      { environment: { "A B": "" } },
      'environment must be a variable name of letters, digits and underscores, not starting with a digit, got "A B"',
    ],
    [{ port: 0 }, whole("port", 1, 65_535, 0)],
    [{ port: 65_536 }, whole("port", 1, 65_535, 65_536)],
    [{ user: "root" }, 'user must not be root, got "root"; give the image a user of its own'],
    [{ user: "0:1000" }, 'user must not be root, got "0:1000"; give the image a user of its own'],
    [{ user: "" }, 'user must be a user or user:group, by name or number, got ""'],
    [{ writablePaths: ["tmp"] }, 'writablePaths must be absolute paths below the root, got "tmp"'],
    [{ writablePaths: ["/"] }, 'writablePaths must be absolute paths below the root, got "/"'],
    [{ writablePaths: ["/tmp", "/tmp"] }, 'writablePaths must be given once each, got ["/tmp","/tmp"]'],
    [{ writableMiB: 0 }, whole("writableMiB", 1, 8192, 0)],
    [{ writableMiB: 8193 }, whole("writableMiB", 1, 8192, 8193)],
    [{ stopTimeoutSeconds: 1 }, whole("stopTimeoutSeconds", 2, 120, 1)],
    [{ stopTimeoutSeconds: 121 }, whole("stopTimeoutSeconds", 2, 120, 121)],
    [{ containerHealthCheck: { command: "" } }, 'containerHealthCheck.command must be something to run, got ""'],
    [{ containerHealthCheck: { command: [] } }, "containerHealthCheck.command must be something to run, got []"],
    [
      { containerHealthCheck: { ...check, intervalSeconds: 4 } },
      whole("containerHealthCheck.intervalSeconds", 5, 300, 4),
    ],
    [
      { containerHealthCheck: { ...check, intervalSeconds: 301 } },
      whole("containerHealthCheck.intervalSeconds", 5, 300, 301),
    ],
    [{ containerHealthCheck: { ...check, timeoutSeconds: 1 } }, whole("containerHealthCheck.timeoutSeconds", 2, 60, 1)],
    [
      { containerHealthCheck: { ...check, timeoutSeconds: 61 } },
      whole("containerHealthCheck.timeoutSeconds", 2, 60, 61),
    ],
    [{ containerHealthCheck: { ...check, retries: 0 } }, whole("containerHealthCheck.retries", 1, 10, 0)],
    [{ containerHealthCheck: { ...check, retries: 11 } }, whole("containerHealthCheck.retries", 1, 10, 11)],
    [
      { containerHealthCheck: { ...check, startPeriodSeconds: -1 } },
      whole("containerHealthCheck.startPeriodSeconds", 0, 300, -1),
    ],
    [
      { containerHealthCheck: { ...check, startPeriodSeconds: 301 } },
      whole("containerHealthCheck.startPeriodSeconds", 0, 300, 301),
    ],
  ])("fail on %j", (settings, message) => {
    expect(found(settings)).toEqual([message]);
  });
});

describe("writablePathsOf", () => {
  test.each<[Settings, boolean, string[]]>([
    [{}, false, ["/tmp"]],
    [{}, true, []],
    [{ readOnlyRootFilesystem: false }, false, []],
    [{ readOnlyRootFilesystem: true }, true, ["/tmp"]],
    [{ writablePaths: ["/a"] }, false, ["/a"]],
    [{ writablePaths: undefined, readOnlyRootFilesystem: undefined }, false, ["/tmp"]],
  ])("of %j with exec %s are %j", (settings, exec, paths) => {
    expect(writablePathsOf({ image, ...settings }, exec)).toEqual(paths);
  });
});
