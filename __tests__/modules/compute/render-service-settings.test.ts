import {
  renderSecretProblems,
  renderServiceProblems,
  type RenderServiceSettings,
} from "../../../modules/compute/render-service-settings";

const image = { kind: "image", url: "ghcr.io/acme/api", tag: "1.0.0" } as const;
const repository = { kind: "repository", url: "https://github.com/acme/platform" } as const;
const problems = (settings: Partial<RenderServiceSettings>) =>
  renderServiceProblems({ source: image, ...settings }).filter((problem) => problem !== undefined);

describe(renderServiceProblems, () => {
  test.each<Partial<RenderServiceSettings>>([
    {},
    { source: { ...image, registryCredentialId: "rgc-abc123" }, region: "oregon", plan: "pro_plus" },
    { source: repository },
    {
      source: {
        ...repository,
        branch: "main",
        dockerfile: "./backend/Dockerfile",
        context: "backend",
        watchPaths: ["b/**"],
      },
    },
    { instances: 1, healthCheckPath: "/", shutdownSeconds: 1 },
    { instances: 100, healthCheckPath: "/api/health", shutdownSeconds: 300 },
    { instances: { min: 1, max: 1 } },
    { instances: { min: 1, max: 100, cpuPercentage: 1, memoryPercentage: 90 } },
    { variables: { NODE_ENV: "production" }, hosts: ["api.example.com", "example.com"] },
    { startCommand: "node server.js", preDeployCommand: "npm run migrate" },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[Partial<RenderServiceSettings>, string]>([
    [
      { source: { ...image, url: "ghcr.io/acme/api:1.0.0" } },
      `source.url must be an image with its registry, without a tag, got "ghcr.io/acme/api:1.0.0"`,
    ],
    [
      { source: { ...image, tag: "latest" } },
      `source.tag must be a fixed version, got "latest"; two releases could run two different images`,
    ],
    [{ source: { ...image, tag: "a b" } }, `source.tag must be an image tag of at most 128 characters, got "a b"`],
    [
      { source: { ...image, registryCredentialId: "ghp_1" } },
      `source.registryCredentialId must be an id such as rgc-abc123, got "ghp_1"`,
    ],
    [
      { source: { ...repository, url: "git@github.com:acme/platform" } },
      `source.url must be the https address of a repository, got "git@github.com:acme/platform"`,
    ],
    [{ source: { ...repository, branch: "a b" } }, `source.branch must be the name of a branch, got "a b"`],
    [
      { source: { ...repository, dockerfile: "../Dockerfile" } },
      `source.dockerfile must be a path inside the repository, got "../Dockerfile"`,
    ],
    [
      { source: { ...repository, context: "/backend" } },
      `source.context must be a folder inside the repository, got "/backend"`,
    ],
    [{ source: { ...repository, watchPaths: [] } }, "source.watchPaths must be one or more paths, got []"],
    [{ source: { kind: "zip" } as unknown as typeof image }, `source.kind must be one of image, repository, got "zip"`],
    [{ region: "paris" as "ohio" }, `region must be one of frankfurt, ohio, oregon, singapore, virginia, got "paris"`],
    [{ plan: "free" as "pro" }, `plan must be one of starter, standard, pro, pro_plus, pro_max, pro_ultra, got "free"`],
    [{ instances: 0 }, "instances must be a whole number from 1 to 100, got 0"],
    [{ instances: 101 }, "instances must be a whole number from 1 to 100, got 101"],
    [{ instances: { min: 3, max: 2 } }, "instances.max must be at least min, got 2 below 3"],
    [{ instances: { min: 0, max: 2 } }, "instances.min must be a whole number from 1 to 100, got 0"],
    [
      { instances: { min: 1, max: 2, cpuPercentage: 91 } },
      "instances.cpuPercentage must be a whole number from 1 to 90, got 91",
    ],
    [{ healthCheckPath: "health" }, `healthCheckPath must be a path that begins with a slash, got "health"`],
    [{ startCommand: "" }, `startCommand must be a command, got ""`],
    [{ shutdownSeconds: 0 }, "shutdownSeconds must be a whole number from 1 to 300, got 0"],
    [{ shutdownSeconds: 301 }, "shutdownSeconds must be a whole number from 1 to 300, got 301"],
    [
      { variables: { SESSION_SECRET: "x" } },
      `variables.SESSION_SECRET must not be a secret, which Terraform's state would hold, got a name that reads like one; put it into an environment group in Render's dashboard and link that to the service`,
    ],
    [{ hosts: ["API.example.com"] }, `hosts[0] must be a host name in lower case, got "API.example.com"`],
    [{ hosts: ["a.example.com", "a.example.com"] }, `hosts[1] must be another host, got "a.example.com" twice`],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });
});

describe(renderSecretProblems, () => {
  const secrets = (all: Record<string, string>, variables = {}) =>
    renderSecretProblems(all, { variables }).filter((problem) => problem !== undefined);

  test("takes references only, and does not repeat a value", () => {
    expect(secrets({ DATABASE_URL: "${TfToken[TOKEN.1]}" })).toEqual([]);
    expect(secrets({ DATABASE_URL: "postgres://app:hunter2@db/app" })).toEqual([
      "secretVariables.DATABASE_URL must be a value only Terraform knows, got one that the synthesized JSON would hold; put it into an environment group in Render's dashboard and link that to the service",
    ]);
  });

  test("refuses a name that is none, and one that is taken", () => {
    expect(secrets({ "1A": "${TfToken[TOKEN.1]}" })).toHaveLength(1);
    expect(secrets({ A: "${TfToken[TOKEN.1]}" }, { A: "1" })).toEqual([
      `secretVariables must not name a variable, got "A"`,
    ]);
  });
});
