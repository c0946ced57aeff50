import { RedisHost, type RedisHostProps } from "../../../modules/cache/redis-host";
import { context, policyOf, resources, synth } from "../../support/synth";

const host = (props: Partial<RedisHostProps> = {}) =>
  synth(
    (scope) => new RedisHost(scope, "cache", { context: context(), vpcId: "vpc-1", subnetId: "subnet-1", ...props }),
  );
const all = (type: string, props: Partial<RedisHostProps> = {}) => resources(host(props), type);

describe(RedisHost, () => {
  test("is one instance that starts Redis at each start, and lets nothing in by itself", () => {
    const [instance] = all("aws_instance");
    expect(instance).toMatchObject({ instance_type: "t4g.micro", tags: { Name: "acme-test-cache" } });
    expect(instance?.["user_data"]).toContain("--maxmemory 256mb --maxmemory-policy allkeys-lru");
    expect(instance?.["user_data"]).toContain("systemctl enable --now --no-block start-redis.service");
    expect(all("aws_vpc_security_group_ingress_rule")).toEqual([]);
  });

  test("keeps its whole address in a secret, with a password that stands nowhere else", () => {
    const [version] = all("aws_secretsmanager_secret_version");
    expect(version?.["secret_string_wo"]).toMatch(
      /^redis:\/\/default:\$\{ephemeral\..*\}@\$\{aws_network_interface\..*private_ip\}:6379$/,
    );
    expect(all("aws_secretsmanager_secret")).toEqual([expect.objectContaining({ name: "acme-test-cache" })]);
    expect(JSON.stringify(all("aws_instance"))).not.toContain("ephemeral");
  });

  test("may read that secret and nothing else", () => {
    const statements = all("aws_iam_role_policy").flatMap((policy) => policyOf(policy).Statement);
    expect(statements.slice(3)).toEqual([
      {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: ["arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme-test-cache-??????"],
      },
    ]);
  });

  test("gets an address for its way out of a public subnet, and keeps it", () => {
    expect(all("aws_eip")).toEqual([]);
    expect(all("aws_eip", { publicSubnet: true })).toHaveLength(1);
    expect(all("aws_eip_association", { publicSubnet: true })).toHaveLength(1);
  });

  test("is another instance with another password", () => {
    expect(all("aws_instance", { passwordVersion: 2 })[0]?.["user_data"]).not.toBe(
      all("aws_instance")[0]?.["user_data"],
    );
    expect(all("aws_secretsmanager_secret_version", { passwordVersion: 2 })).toEqual([
      expect.objectContaining({ secret_string_wo_version: 2 }),
    ]);
  });

  test.each<[Partial<RedisHostProps>, string]>([
    [{ dataMiB: 15 }, "dataMiB must be a whole number from 16 to 4096, got 15"],
    [{ dataMiB: 4097 }, "dataMiB must be a whole number from 16 to 4096, got 4097"],
    [{ passwordVersion: 0 }, "passwordVersion must be a whole number from 1 to 1000000, got 0"],
    [{ uri: "redis:latest" }, 'uri must be an image with a fixed version, got "redis:latest"'],
    [{ diskGiB: 7 }, "diskGiB must be a whole number from 8 to 16384, got 7"],
  ])("fails on %j", (props, message) => {
    expect(() => host(props)).toThrow(`test/cache: ${message}`);
  });
});
