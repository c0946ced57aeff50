import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid, isUnresolved, shown } from "../validation";
import { DEFAULT_ACCESS_STRING } from "./access-string";
import { defaultCacheVersion, majorOf } from "./cache-engine";
import { CacheUser } from "./cache-user";
import { type ConnectStatement, connectStatement } from "./connect-statement";
import type { ServerlessCacheSettings } from "./serverless-cache-settings";
import { serverlessCacheProblems } from "./serverless-cache-settings";

export interface ServerlessCacheProps extends ServerlessCacheSettings {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC of the subnets. */
  readonly vpcId: string;

  /** Two or three isolated subnets, each in another zone. */
  readonly subnetIds: readonly string[];

  /**
   * Last part of every cloud name, for a stack with several caches.
   * @default "cache"
   */
  readonly thing?: string;

  /**
   * ARN of the KMS key for the data. Changing it replaces the cache.
   * @default - the account's own key for ElastiCache
   */
  readonly kmsKeyArn?: string;
}

/**
 * A Valkey or Redis cache on ElastiCache Serverless, billed by data and requests.
 *
 * It always speaks cluster mode over TLS, stands in several zones, is encrypted and private. Nothing may connect until `allowFrom`, or rules
 * elsewhere for `securityGroupId`, `port` and `readerPort`, say so. Unless the context is destroyable, Terraform refuses to destroy it.
 *
 * There is no password. An application connects to `primaryEndpoint` over TLS as `userName`; its password is an IAM token: a request
 * `GET http://<cacheName>/?Action=connect&ResourceType=ServerlessCache&User=<userName>` for the service `elasticache`, presigned by the role's
 * credentials for 15 minutes, without the `http://`. Its role needs `connectStatement`. AWS ends a connection after 12 hours unless it
 * signs in again.
 */
export class ServerlessCache extends Construct {
  /** Host name for reads and writes. */
  readonly primaryEndpoint: string;

  /** Host name for reads that may be a little behind. */
  readonly readerEndpoint: string;

  /** Port of `primaryEndpoint`. */
  readonly port = 6379;

  /** Port of `readerEndpoint`. */
  readonly readerPort = 6380;

  /** Whether clients have to speak cluster mode: always. */
  readonly clusterMode = true;

  /** The security group that guards the ports. */
  readonly securityGroupId: string;

  /** Name to sign in with. */
  readonly userName: string;

  /** ARN of that user. */
  readonly userArn: string;

  /** Name of the cache, as alarms and the IAM token call it. */
  readonly cacheName: string;

  /** ARN of the cache. */
  readonly arn: string;

  /** What the role of an application needs so as to sign in. */
  readonly connectStatement: ConnectStatement;

  constructor(scope: Construct, id: string, props: ServerlessCacheProps) {
    super(scope, id);
    const { context, thing = "cache", engine = "valkey", minDataGB, maxDataGB = 5 } = props;
    const { minEcpuPerSecond, maxEcpuPerSecond = 5_000, snapshotRetentionDays = 7, snapshotTime = "02:00" } = props;
    const { accessString = DEFAULT_ACCESS_STRING } = props;
    assertValid(this, [...serverlessCacheProblems(props), subnetProblem(props.subnetIds)]);
    const { majorVersion = majorOf(defaultCacheVersion(engine)) } = props;

    const cacheName = context.names("serverlessCache", thing);
    const securityGroup = new SecurityGroup(this, "access", {
      name: context.names("securityGroup", thing),
      description: `Who may connect to ${cacheName}`,
      vpcId: props.vpcId,
      tags: { Name: context.names("securityGroup", thing) },
    });
    const user = new CacheUser(this, "users", { context, thing, engine, accessString });
    const cache = new ElasticacheServerlessCache(this, "cache", {
      name: cacheName,
      description: `Cache of ${context.names("serverlessCache")}`,
      engine,
      majorEngineVersion: majorVersion,
      subnetIds: [...props.subnetIds],
      securityGroupIds: [securityGroup.id],
      userGroupId: user.userGroupId,
      kmsKeyId: props.kmsKeyArn,
      cacheUsageLimits: [
        {
          dataStorage: [{ minimum: minDataGB, maximum: maxDataGB, unit: "GB" }],
          ecpuPerSecond: [{ minimum: minEcpuPerSecond, maximum: maxEcpuPerSecond }],
        },
      ],
      snapshotRetentionLimit: snapshotRetentionDays,
      ...(snapshotRetentionDays !== 0 && { dailySnapshotTime: snapshotTime }),
      lifecycle: { preventDestroy: !context.destroyable },
    });

    this.primaryEndpoint = cache.endpoint.get(0).address;
    this.readerEndpoint = cache.readerEndpoint.get(0).address;
    this.securityGroupId = securityGroup.id;
    this.userName = user.userName;
    this.userArn = user.userArn;
    this.cacheName = cacheName;
    this.arn = arn(context, "elasticache", `serverlesscache:${cacheName}`);
    this.connectStatement = connectStatement(this.arn, this.userArn);
  }

  /** Lets a security group of the same stack connect, for writing and for reading. */
  allowFrom(id: string, securityGroupId: string): void {
    new VpcSecurityGroupIngressRule(this, `from-${id}`, {
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: securityGroupId,
      description: `Cache from ${id}`,
      ipProtocol: "tcp",
      fromPort: this.port,
      toPort: this.readerPort,
    });
  }
}

function subnetProblem(subnetIds: readonly string[]): string | undefined {
  if (isUnresolved(subnetIds) || subnetIds.length === 2 || subnetIds.length === 3) return undefined;
  return `subnetIds must be two or three subnets, each in another zone, got ${shown(subnetIds)}`;
}
