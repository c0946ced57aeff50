import { redisHostScript } from "../../../modules/cache/redis-host-script";
import { redisSidecar } from "../../../modules/cache/redis-sidecar-settings";
import { stubHost, type StubHost } from "../compute/stub-programs";

describe(redisHostScript, () => {
  let host: StubHost;
  beforeEach(() => {
    host = stubHost();
    host.write("secrets/acme-test-cache", "redis://default:pass123word@10.0.0.5:6379");
  });
  afterEach(() => host.remove());

  const start = () =>
    host.run(
      redisHostScript(redisSidecar({ dataMiB: 256 }), {
        region: "eu-west-3",
        secretName: "acme-test-cache",
        passwordVersion: 1,
        logGroup: "/ec2/acme-test-cache",
        port: 6379,
        memoryFolder: `${host.folder}/memory`,
      }),
    );

  test("starts Redis with the password of its secret, which is on no command line", () => {
    expect(start()).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(host.read("memory/redis/redis.conf")).toBe("requirepass pass123word\n");
    const calls = host.calls().join("\n");
    expect(calls).toContain("run --detach --name redis --restart on-failure --publish 6379:6379");
    expect(calls).toMatch(/redis-server \/etc\/redis\/redis\.conf --bind 0\.0\.0\.0 .*--maxmemory 256mb/);
    expect(calls).not.toContain("pass123word");
  });

  test.each([
    ["is not there yet", undefined, "the secret acme-test-cache cannot be read"],
    ["holds something else", "hello", "the secret acme-test-cache holds no address with a password"],
  ])("waits for its next try while the secret %s", (_what, text, message) => {
    host.run('rm "$HOST/secrets/acme-test-cache"');
    if (text !== undefined) host.write("secrets/acme-test-cache", text);
    const { exitCode, stderr } = start();
    expect([exitCode, stderr.split("\n").at(-2)]).toEqual([1, `redis: ${message}`]);
    expect(host.calls().filter((call) => call.startsWith("docker run"))).toEqual([]);
  });
});
