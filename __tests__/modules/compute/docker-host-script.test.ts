import { type DeployScriptPlace, deployScript, installScript } from "../../../modules/compute/docker-host-script";
import { dockerHostOf, type DockerHostSettings } from "../../../modules/compute/docker-host-settings";
import { stubHost, type StubHost } from "./stub-programs";

const IMAGES = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/acme/api";
const TAG = "/acme-test/api/image-tag";
const VERSION = "/acme-test/api/env-file-version";
const web: DockerHostSettings = {
  image: { repository: "api", tag: "v1" },
  port: 8080,
  hosts: ["api.example.com"],
  healthCheck: { retries: 3 },
  environment: { GREETING: "it's here" },
};
const placed: Partial<DeployScriptPlace> = {
  secrets: {
    DATABASE_PASSWORD: { secretId: "acme-test-database", key: "password" },
    SIGNING: { secretId: "acme/signing", key: undefined },
    LICENCE: { parameterName: "licence" },
  },
  envFile: { bucketName: "acme-shared-env-files-123456789012", name: "staging" },
};

describe(deployScript, () => {
  let host: StubHost;
  beforeEach(() => {
    host = stubHost();
    host.write(`parameters/${TAG}`, "v1");
    host.write(`parameters/${VERSION}`, "v1.0.0");
    host.write("parameters/licence", "licence-text");
    host.write("secrets/acme-test-database", '{"username":"admin","password":"pass word"}');
    host.write("secrets/acme/signing", "-----BEGIN\nsecond line");
    host.write("acme-shared-env-files-123456789012/.env-staging-v1.0.0", "LEVEL=info\n");
    host.write("acme-shared-env-files-123456789012/.env-staging-v1.1.0", "LEVEL=debug\n");
  });
  afterEach(() => host.remove());

  const scriptOf = (settings: DockerHostSettings = web, place: Partial<DeployScriptPlace> = placed) =>
    deployScript(dockerHostOf(settings), {
      name: "api",
      region: "eu-west-3",
      repositoryUrl: IMAGES,
      secrets: {},
      imageTagParameter: TAG,
      envFileVersionParameter: VERSION,
      logGroup: "/ec2/acme-test-api",
      memoryFolder: `${host.folder}/memory`,
      stateFolder: `${host.folder}/state`,
      ...place,
    });
  const deploy = (...words: string[]) => host.run(scriptOf(), ...words);
  const started = (calls: readonly string[]) => calls.flatMap((call) => / run .*--name (\S+)/.exec(call)?.[1] ?? []);

  test("starts what is recorded, and leads requests to it once it is well", () => {
    expect(deploy()).toEqual({
      exitCode: 0,
      stdout: "deploy: starting v1 as api-a\ndeploy: v1 is in service\n",
      stderr: "",
    });
    const calls = host.calls();
    expect(started(calls)).toEqual(["api-a", "caddy"]);
    expect(calls).toContain("curl --fail --silent --output /dev/null --max-time 5 http://172.18.0.5:8080/health");
    expect(calls.filter((call) => call.includes("put-parameter"))).toEqual([]);
    expect(host.read("state/api/live")).toBe("api-a\n");
    expect(host.read("state/api/caddy/Caddyfile")).toBe(`{
	grace_period 30s
}
api.example.com {
	header Strict-Transport-Security max-age=31536000
	reverse_proxy api-a:8080 {
		lb_try_duration 5s
	}
}
`);
  });

  test("runs the container as a user without rights, on a read-only file system", () => {
    deploy();
    const run = host.calls().find((call) => call.includes("--name api-a"));
    expect(run).toContain(
      "--network api --security-opt no-new-privileges --cap-drop ALL --log-driver awslogs --log-opt awslogs-region=eu-west-3 " +
        "--log-opt awslogs-group=/ec2/acme-test-api --log-opt awslogs-stream=api/v1 --log-opt mode=non-blocking --log-opt max-buffer-size=25m " +
        "--init --user 1000:1000 --read-only --tmpfs /tmp:rw,nosuid,nodev,noexec,mode=1777,size=64m --stop-timeout 30",
    );
    expect(run).toContain(`--env GREETING=it's here --env DATABASE_PASSWORD --env SIGNING --env LICENCE ${IMAGES}:v1`);
  });

  test("hands over the env file and the secrets, and prints or keeps none", () => {
    const { stdout, stderr } = deploy();
    expect(host.read("env-of-api-a")).toBe("LEVEL=info\n");
    expect(host.read("secrets-of-api-a")).toBe(
      "DATABASE_PASSWORD=pass word\nSIGNING=-----BEGIN\nsecond line\nLICENCE=licence-text\n",
    );
    const seen = [stdout, stderr, ...host.calls()].join("\n");
    for (const secret of ["pass word", "second line", "licence-text", "LEVEL"]) expect(seen).not.toContain(secret);
    expect(host.read("mode-of-env-file")).toBe("600\n");
    expect(host.run("ls memory", "").stdout).toBe("");
  });

  test("replaces a version by another beside it, and records it", () => {
    deploy();
    host.calls();
    expect(deploy("v2", "v1.1.0")).toMatchObject({ exitCode: 0, stderr: "" });
    const calls = host.calls();
    expect(started(calls)).toEqual(["api-b"]);
    const order = ["--name api-b", "curl", "caddy reload", "stop --time 30 api-a", "rm --force api-a", "image prune"];
    const positions = order.map((part) => calls.findIndex((call) => call.includes(part)));
    expect(positions).toEqual([...positions].sort((left, right) => left - right));
    expect(positions).not.toContain(-1);
    expect(host.read("state/api/caddy/Caddyfile")).toContain("reverse_proxy api-b:8080");
    expect(host.read("env-of-api-b")).toBe("LEVEL=debug\n");
    expect([host.read(`parameters/${TAG}`), host.read(`parameters/${VERSION}`)]).toEqual(["v2\n", "v1.1.0\n"]);
    expect(host.has("containers/api-a")).toBe(false);
  });

  test("does nothing when that version runs already", () => {
    deploy("v1", "v1.0.0");
    host.calls();
    expect(deploy()).toEqual({
      exitCode: 0,
      stdout: "deploy: v1 is in service already\ndeploy: v1 is in service\n",
      stderr: "",
    });
    expect(started(host.calls())).toEqual([]);
  });

  test("replaces the container when a secret was rotated, and when it is lost", () => {
    deploy();
    host.write("secrets/acme-test-database", '{"username":"admin","password":"another"}');
    host.calls();
    deploy();
    expect(started(host.calls())).toEqual(["api-b"]);
    host.run('rm -f "$HOST/containers/api-b"');
    host.calls();
    deploy();
    expect(started(host.calls())).toEqual(["api-a"]);
  });

  test("leaves the old version in service when the new one does not answer, and shows its last lines", () => {
    deploy();
    host.write("unwell", "");
    host.calls();
    expect(deploy("v2")).toEqual({
      exitCode: 1,
      stdout: "deploy: starting v2 as api-b\ndeploy: api-b did not answer http://:8080/health in 3 tries\n",
      stderr: "  | last words\ndeploy: v2 did not become well; api-a stays in service\n",
    });
    const calls = host.calls();
    expect(calls.filter((call) => call === "sleep 3")).toHaveLength(3);
    expect(calls.filter((call) => /caddy reload|put-parameter| stop /.test(call))).toEqual([]);
    expect([host.has("containers/api-a"), host.has("containers/api-b")]).toEqual([true, false]);
    expect(host.read("state/api/live")).toBe("api-a\n");
    expect(host.read("state/api/caddy/Caddyfile")).toContain("api-a:8080");
  });

  test("does not wait for a container that has stopped", () => {
    host.write("crash", "");
    expect(deploy()).toEqual({
      exitCode: 1,
      stdout: "deploy: starting v1 as api-a\ndeploy: api-a has stopped\n",
      stderr: "  | last words\ndeploy: v1 did not become well; nothing stays in service\n",
    });
    expect(host.calls().filter((call) => call.startsWith("sleep"))).toEqual([]);
  });

  test("puts the proxy back when it does not take the new version", () => {
    deploy();
    host.write("refuse-reload", "");
    expect(deploy("v2")).toMatchObject({
      exitCode: 1,
      stderr: "deploy: the proxy did not take api-b; api-a stays in service\n",
    });
    expect(host.read("state/api/caddy/Caddyfile")).toContain("api-a:8080");
    expect([host.has("containers/api-a"), host.has("containers/api-b")]).toEqual([true, false]);
  });

  test.each<[string, readonly string[], (host: StubHost) => void, string]>([
    ["the image", [], (on) => on.write("refuse-pull", ""), `image ${IMAGES}:v1 cannot be pulled; what runs goes on`],
    [
      "the env file",
      ["v1", "v9.0.0"],
      () => undefined,
      "env file .env-staging-v9.0.0 cannot be read; upload that version first. What runs goes on",
    ],
    [
      "a field",
      [],
      (on) => on.write("secrets/acme-test-database", "{}"),
      "the secret of DATABASE_PASSWORD has no field password",
    ],
    ["a secret", [], (on) => on.run('rm "$HOST/secrets/acme/signing"'), "the secret of SIGNING cannot be read"],
    ["a parameter", [], (on) => on.run('rm "$HOST/parameters/licence"'), "the parameter of LICENCE cannot be read"],
    ["a fixed tag", ["latest"], () => undefined, 'the image tag must be a fixed version, got "latest"'],
    ["a tag", ["v1;id"], () => undefined, 'the image tag must be a fixed version, got "v1;id"'],
    ["a version", ["v1", "1.2"], () => undefined, 'the env file version must be like v1.2.3, got "1.2"'],
    [
      "the lock",
      [],
      (on) => on.write("locked", ""),
      "another deploy has been running for 15 minutes; look at it before you try again",
    ],
  ])("starts nothing without %s, and says so", (_what, words, prepare, message) => {
    prepare(host);
    const { exitCode, stderr } = deploy(...words);
    expect([exitCode, stderr.split("\n").at(-2)]).toEqual([1, `deploy: ${message}`]);
    expect(started(host.calls())).toEqual([]);
  });

  test("keeps a Redis beside the container, started once", () => {
    const script = scriptOf({ ...web, redis: { dataMiB: 32 } });
    host.run(script);
    const run = host.calls().find((call) => call.includes("--name redis"));
    expect(run).toContain("--network api");
    expect(run).toContain("--user 999:1000 --memory 64m public.ecr.aws/docker/library/redis:");
    expect(run).toMatch(/redis-server --bind 0.0.0.0 .*--maxmemory 32mb .*--protected-mode no$/);
    expect(run).not.toContain("--publish");
    host.run(script, "v2");
    expect(started(host.calls())).toEqual(["api-b"]);
    host.run(scriptOf({ ...web, redis: { dataMiB: 64 } }));
    expect(started(host.calls())).toEqual(["redis", "api-a"]);
  });

  test("lets nothing in without hosts", () => {
    host.run(scriptOf({ ...web, hosts: undefined }));
    const calls = host.calls();
    expect(started(calls)).toEqual(["api-a"]);
    expect(calls.join("\n")).not.toContain("--publish");
  });

  test("takes a worker for well that still runs after ten seconds", () => {
    const worker = { image: web.image, command: ["node", "work er.js"] };
    expect(host.run(scriptOf(worker, {}))).toMatchObject({ exitCode: 0, stderr: "" });
    const calls = host.calls();
    expect(calls).toContain("sleep 10");
    expect(calls.filter((call) => call.startsWith("curl"))).toEqual([]);
    expect(calls.find((call) => call.includes("--name api-a"))).toMatch(/ node work er\.js$/);
  });

  test("has no double braces, which Systems Manager would take for its own", () => {
    expect(scriptOf()).not.toContain("{{");
  });
});

describe(installScript, () => {
  const text = installScript("api", "#!/bin/bash\necho it\n", ["imageTag", "envFileVersion"]);

  test("brings the script to the host, has it run at every start, and runs it", () => {
    expect(text).toContain(
      "cat > /usr/local/sbin/deploy-api.new <<'END_OF_DEPLOY_SCRIPT'\n#!/bin/bash\necho it\nEND_OF_DEPLOY_SCRIPT\n",
    );
    expect(text).toContain("After=network-online.target docker.service\n");
    expect(text).toContain("Restart=on-failure\n");
    expect(text).toContain("systemctl enable --quiet deploy-api.service\n");
    expect(text.trimEnd().split("\n").at(-1)).toBe(
      "/usr/local/sbin/deploy-api '{{ imageTag }}' '{{ envFileVersion }}'",
    );
  });
});
