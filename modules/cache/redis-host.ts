import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Construct } from "constructs";
import { SessionHost } from "../compute/session-host";
import { sessionHostNames } from "../compute/session-host-names";
import type { Context } from "../context";
import { arn } from "../context";
import { GeneratedSecret } from "../secrets/generated-secret";
import { assertValid } from "../validation";
import { redisHostFirstBoot, redisHostScript } from "./redis-host-script";
import { redisHostProblems, type RedisHostSettings } from "./redis-host-settings";
import { redisSidecar } from "./redis-sidecar-settings";

export interface RedisHostProps extends RedisHostSettings {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC. */
  readonly vpcId: string;

  /** The subnet it stands in: a private one with a way out by NAT, or a public one with `publicSubnet`. */
  readonly subnetId: string;

  /**
   * Whether the subnet is a public one. It then gets an Elastic IP for its own way out; nothing comes in by it.
   * @default false
   */
  readonly publicSubnet?: boolean;
}

const NAME = "cache";
const PORT = 6379;

/**
 * Redis as a container on one EC2 instance, for services of the same VPC: a cache that costs no more than the instance, and that is empty after
 * each start of it. There is no TLS inside the VPC, a password, and no second node. Its address stays when the instance is replaced.
 */
export class RedisHost extends Construct {
  /** Id of the instance. */
  readonly instanceId: string;

  /** Security group that services are let into. */
  readonly securityGroupId: string;

  /** Port. */
  readonly port = PORT;

  /** Secret that holds the whole address, `redis://default:<password>@<address>:6379`. */
  readonly secretArn: string;

  /** Its address in the VPC. */
  readonly privateIp: string;

  constructor(scope: Construct, id: string, props: RedisHostProps) {
    super(scope, id);
    const { dataMiB = 256, passwordVersion = 1, context, publicSubnet = false } = props;
    assertValid(this, redisHostProblems(props));

    const secretName = context.names("secret", NAME);
    const address = publicSubnet
      ? new Eip(this, "address", { domain: "vpc", tags: { Name: context.names("nameTag", NAME) } })
      : undefined;
    const script = redisHostScript(redisSidecar({ uri: props.uri, dataMiB }), {
      region: context.region,
      secretName,
      passwordVersion,
      logGroup: sessionHostNames(context, NAME).logGroup,
      port: PORT,
    });
    const host = new SessionHost(this, "host", {
      context,
      name: NAME,
      instanceType: props.instanceType,
      diskGiB: props.diskGiB,
      vpcId: props.vpcId,
      subnetId: props.subnetId,
      addressAllocationId: address?.allocationId,
      firstBoot: [redisHostFirstBoot(script)],
      logRetentionDays: props.logRetentionDays,
      statements: [
        {
          actions: ["secretsmanager:GetSecretValue"],
          resources: [arn(context, "secretsmanager", `secret:${secretName}-??????`)],
        },
      ],
    });
    const secret = new GeneratedSecret(this, "secret", {
      context,
      thing: NAME,
      description: "Address of the cache, password included",
      version: passwordVersion,
      value: (password) => `redis://default:${password}@${host.privateIp}:${PORT}`,
    });

    this.instanceId = host.instanceId;
    this.securityGroupId = host.securityGroupId;
    this.secretArn = secret.secretArn;
    this.privateIp = host.privateIp;
  }
}
