import { utimesSync } from "node:fs";
import { join } from "node:path";
import { idleScript, migrateScript } from "../../../modules/compute/migrations-bastion-script";
import { stubHost, type StubHost } from "./stub-programs";

let host: StubHost;
beforeEach(() => {
  host = stubHost();
});
afterEach(() => host.remove());

describe(migrateScript, () => {
  beforeEach(() => {
    host.write(
      "parameters/acme-shared/migrations/staging",
      '{"host":"db.internal","port":"3306","databaseName":"app","secretArn":"arn:staging"}',
    );
    host.write("secrets/arn:staging", '{"username":"admin","password":"pass word"}');
    host.write("files/.env-migrations-v1.0.0", "LEVEL=info\n");
  });
  const migrate = (...words: string[]) =>
    host.run(
      migrateScript({
        region: "eu-west-3",
        repositoryUrl: "123456789012.dkr.ecr.eu-west-3.amazonaws.com/acme/migrations",
        targetParameters: "/acme-shared/migrations/",
        logGroup: "/ec2/acme-shared-migrations",
        envFileBucketName: "files",
        memoryFolder: `${host.folder}/memory`,
      }),
      ...words,
    );

  test("runs one migration in a container that is gone afterwards", () => {
    expect(migrate("staging", "migrate", "v7", "v1.0.0")).toEqual({
      exitCode: 0,
      stdout: "migrate: migrate of staging with v7 is done\n",
      stderr: "",
    });
    const run = host.calls().find((call) => call.startsWith("docker run"));
    expect(run).toContain("run --rm --name migrate-staging --security-opt no-new-privileges --cap-drop ALL");
    expect(run).toContain("--env ENVIRONMENT=staging --env COMMAND=migrate --env DATABASE_HOST");
    expect(run).toMatch(/ 123456789012\.dkr\.ecr\.eu-west-3\.amazonaws\.com\/acme\/migrations:v7$/);
    expect(host.read("env-of-migrate-staging")).toBe("LEVEL=info\n");
    expect(host.read("secrets-of-migrate-staging")).toBe(
      "DATABASE_HOST=db.internal\nDATABASE_PORT=3306\nDATABASE_NAME=app\nDATABASE_USER=admin\nDATABASE_PASSWORD=pass word\n",
    );
  });

  test("prints and keeps nothing secret", () => {
    const { stdout, stderr } = migrate("staging", "migrate:status", "v7", "v1.0.0");
    expect([stdout, stderr, ...host.calls()].join("\n")).not.toMatch(/pass word|LEVEL/);
    expect(host.run("ls memory").stdout).toBe("");
  });

  test("says that a migration failed, and ends as one", () => {
    host.write("exit-code", "3");
    expect(migrate("staging", "migrate:down", "v7", "v1.0.0")).toMatchObject({
      exitCode: 1,
      stderr: "migrate: migrate:down of staging failed, see above\n",
    });
  });

  test.each<[string, readonly string[], (on: StubHost) => void, string]>([
    ["a target", ["prod", "migrate", "v7", "v1.0.0"], () => undefined, "prod has no database that this host knows of"],
    [
      "the secret",
      ["staging", "migrate", "v7", "v1.0.0"],
      (on) => on.run('rm "$HOST/secrets/arn:staging"'),
      "the secret of the database of staging cannot be read",
    ],
    [
      "the env file",
      ["staging", "migrate", "v7", "v9.0.0"],
      () => undefined,
      "env file .env-migrations-v9.0.0 cannot be read; upload that version first. Nothing was migrated",
    ],
    [
      "a fixed tag",
      ["staging", "migrate", "latest", "v1.0.0"],
      () => undefined,
      'the image tag must be a fixed version, got "latest"',
    ],
    [
      "the lock",
      ["staging", "migrate", "v7", "v1.0.0"],
      (on) => on.write("locked", ""),
      "another migration of staging is running",
    ],
  ])("runs nothing without %s, and says so", (_what, words, prepare, message) => {
    prepare(host);
    const { exitCode, stderr } = migrate(...words);
    expect([exitCode, stderr.split("\n").at(-2)]).toEqual([1, `migrate: ${message}`]);
    expect(host.calls().filter((call) => call.startsWith("docker run"))).toEqual([]);
  });

  test("has no double braces, which Systems Manager would take for its own", () => {
    const place = { region: "eu-west-3", repositoryUrl: "host/it", targetParameters: "/it/", logGroup: "it" };
    expect(migrateScript(place)).not.toContain("{{");
  });
});

describe(idleScript, () => {
  const usedMinutesAgo = (minutes: number) => {
    host.write("memory/last-used", "");
    const time = Date.now() / 1000 - minutes * 60;
    utimesSync(join(host.folder, "memory/last-used"), time, time);
  };
  const stops = () => {
    expect(host.run(idleScript(15, `${host.folder}/memory`))).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    return host.calls().includes("systemctl poweroff");
  };

  test.each([
    [14, false],
    [16, true],
  ])("%d minutes without use: stops is %s", (minutes, expected) => {
    usedMinutesAgo(minutes);
    expect(stops()).toBe(expected);
  });

  test("counts from the start of the instance", () => {
    expect(stops()).toBe(false);
    expect(host.has("memory/last-used")).toBe(true);
  });

  test.each(["session", "containers/migrate-staging"])("does not stop with a %s", (use) => {
    usedMinutesAgo(60);
    host.write(use, "");
    expect(stops()).toBe(false);
  });
});
