import {
  pipelineBuildOf,
  pipelineProblems,
  pipelineServiceOf,
  type PipelineSettings,
} from "../../../modules/delivery/pipeline-settings";

const plain: PipelineSettings = { source: { owner: "acme", repository: "shop" }, services: { api: {} } };
const found = (settings: Partial<PipelineSettings> = {}) =>
  pipelineProblems({ ...plain, ...settings }).filter((problem) => problem !== undefined);
const services = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`api${index}`, {}]));

describe("pipelineBuildOf", () => {
  test("tests the application on the smallest machine, for half an hour at most", () => {
    const defaults = {
      computeType: "BUILD_GENERAL1_SMALL",
      architecture: "x86_64",
      nodeVersion: 22,
      commands: ["npm ci", "npm test --if-present"],
      timeoutMinutes: 30,
      logRetentionDays: 365,
    };
    expect(pipelineBuildOf()).toEqual(defaults);
    expect(pipelineBuildOf({ computeType: undefined, commands: undefined, timeoutMinutes: undefined })).toEqual(
      defaults,
    );
  });
});

describe("pipelineServiceOf", () => {
  test.each([
    [{}, { dockerfile: "Dockerfile", context: "." }],
    [{ context: "backend" }, { dockerfile: "backend/Dockerfile", context: "backend" }],
    [{ dockerfile: "docker/api" }, { dockerfile: "docker/api", context: "." }],
    [
      { dockerfile: "docker/api", context: "backend" },
      { dockerfile: "docker/api", context: "backend" },
    ],
  ])("of %j", (service, filled) => {
    expect(pipelineServiceOf(service)).toEqual(filled);
  });
});

describe("pipelineProblems", () => {
  test("has none for the plainest, nor for a full one", () => {
    expect(found()).toEqual([]);
    expect(
      found({
        source: { owner: "acme-inc", repository: "shop.io", branch: "release/1" },
        services: { "web-app": { dockerfile: "apps/web/Dockerfile", context: "apps/web" }, api: { context: "." } },
        build: { computeType: "BUILD_GENERAL1_LARGE", architecture: "arm64", nodeVersion: 20, commands: [] },
        approval: { message: "Has QA looked at it?" },
        trigger: { kind: "paths", paths: ["backend/**"] },
      }),
    ).toEqual([]);
    expect(found({ trigger: { kind: "manual" }, approval: {}, build: {} })).toEqual([]);
  });

  test.each<[Partial<PipelineSettings>, string | undefined]>([
    [
      { source: { owner: "acme/x", repository: "shop" } },
      'source.owner must be an organization or user of GitHub, got "acme/x"',
    ],
    [
      { source: { owner: "acme", repository: "acme/shop" } },
      'source.repository must be the name of a repository, without its owner, got "acme/shop"',
    ],
    [
      { source: { owner: "acme", repository: "shop", branch: "release/*" } },
      'source.branch must be one branch, written out without wildcards, got "release/*"',
    ],
    [{ services: {} }, "services must be 1 to 5, got 0"],
    [{ services: services(5) }, undefined],
    [{ services: services(6) }, "services must be 1 to 5, got 6"],
    [{ services: { Api: {} } }, 'services must be named by lower-case letters, digits and hyphens, got "Api"'],
    [
      { services: { api: { dockerfile: "../Dockerfile" } } },
      'services.api.dockerfile must be a path below the root of the repository, without spaces, got "../Dockerfile"',
    ],
    [
      { services: { api: { context: "/srv" } } },
      'services.api.context must be a path below the root of the repository, without spaces, got "/srv"',
    ],
    [
      { services: { api: { context: "a;b" } } },
      'services.api.context must be a path below the root of the repository, without spaces, got "a;b"',
    ],
    [{ build: { timeoutMinutes: 5 } }, undefined],
    [{ build: { timeoutMinutes: 4 } }, "build.timeoutMinutes must be a whole number from 5 to 2160, got 4"],
    [{ build: { timeoutMinutes: 2160 } }, undefined],
    [{ build: { timeoutMinutes: 2161 } }, "build.timeoutMinutes must be a whole number from 5 to 2160, got 2161"],
    [{ build: { commands: ["npm ci", " "] } }, 'build.commands[1] must be one line to run, got " "'],
    [{ build: { commands: ["a\nb"] } }, 'build.commands[0] must be one line to run, got "a\\nb"'],
    [{ build: { nodeVersion: 18 as 20 } }, "build.nodeVersion must be one of 20, 22, got 18"],
    [{ build: { architecture: "arm" as "arm64" } }, 'build.architecture must be one of x86_64, arm64, got "arm"'],
    [
      { build: { computeType: "SMALL" as "BUILD_GENERAL1_SMALL" } },
      'build.computeType must be one of BUILD_GENERAL1_SMALL, BUILD_GENERAL1_MEDIUM, BUILD_GENERAL1_LARGE, got "SMALL"',
    ],
    [{ approval: { message: "a".repeat(1000) } }, undefined],
    [{ approval: { message: "" } }, 'approval.message must be a message of 1 to 1000 characters, got ""'],
    [{ trigger: { kind: "paths", paths: [] } }, "trigger.paths must be 1 to 8 patterns, got 0"],
    [{ trigger: { kind: "paths", paths: Array.from({ length: 8 }, () => "a") } }, undefined],
    [
      { trigger: { kind: "paths", paths: Array.from({ length: 9 }, () => "a") } },
      "trigger.paths must be 1 to 8 patterns, got 9",
    ],
    [
      { trigger: { kind: "paths", paths: ["/backend"] } },
      'trigger.paths must be patterns of 1 to 255 characters from the root of the repository, got "/backend"',
    ],
    [
      { trigger: { kind: "cron" } as unknown as { kind: "push" } },
      'trigger.kind must be one of push, paths, manual, got "cron"',
    ],
  ])("of %j", (settings, problem) => {
    expect(found(settings)).toEqual(problem === undefined ? [] : [problem]);
  });

  test("lists all at once", () => {
    expect(
      found({ build: { timeoutMinutes: 0, logRetentionDays: 2 }, approval: { message: "a".repeat(1001) } }),
    ).toEqual([
      "build.timeoutMinutes must be a whole number from 5 to 2160, got 0",
      expect.stringMatching(/^build\.logRetentionDays must be one of 1, 3, 5, /),
      expect.stringMatching(/^approval\.message must be a message of 1 to 1000 characters, got "a+"$/),
    ]);
  });
});
