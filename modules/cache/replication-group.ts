import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid } from "../validation";
import { DEFAULT_ACCESS_STRING } from "./access-string";
import { cacheFamilyOf, defaultCacheVersion } from "./cache-engine";
import { CacheUser } from "./cache-user";
import { type ConnectStatement, connectStatement } from "./connect-statement";
import type { ReplicationGroupSettings } from "./replication-group-settings";
import { CACHE_LOGS, replicationGroupProblems, topologyOf } from "./replication-group-settings";

export interface ReplicationGroupProps extends ReplicationGroupSettings {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC of the subnets. */
  readonly vpcId: string;

  /** Isolated subnets, in at least two zones if there are replicas. */
  readonly subnetIds: readonly string[];

  /**
   * Last part of every cloud name, for a stack with several caches.
   * @default "cache"
   */
  readonly thing?: string;

  /**
   * ARN of the KMS key for disk and snapshots. Changing it replaces the cache.
   * @default - the account's own key for ElastiCache
   */
  readonly kmsKeyArn?: string;
}

/**
 * A Valkey or Redis cache on ElastiCache nodes.
 *
 * It is always encrypted, at rest and in transit, and private. Nothing may connect until `allowFrom`, or a rule elsewhere for
 * `securityGroupId` and `port`, says so. Unless the context is destroyable, Terraform refuses to destroy it, and a snapshot is taken last.
 *
 * There is no password. An application connects to `primaryEndpoint` over TLS as `userName`; its password is an IAM token: a request
 * `GET http://<cacheName>/?Action=connect&User=<userName>` for the service `elasticache`, presigned by the role's credentials for
 * 15 minutes, without the `http://`. Its role needs `connectStatement`. AWS ends a connection after 12 hours unless it signs in again.
 */
export class ReplicationGroup extends Construct {
  /** Host name for reads and writes; in cluster mode the one from which clients learn the shards. */
  readonly primaryEndpoint: string;

  /** Host name for reads, spread over the replicas; in cluster mode the same as `primaryEndpoint`. */
  readonly readerEndpoint: string;

  /** Port of both. */
  readonly port = 6379;

  /** Whether clients have to speak cluster mode. */
  readonly clusterMode: boolean;

  /** The security group that guards the port. */
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

  constructor(scope: Construct, id: string, props: ReplicationGroupProps) {
    super(scope, id);
    const { context, thing = "cache", engine = "valkey", nodeType = "cache.t4g.micro" } = props;
    const { snapshotRetentionDays = 7, snapshotWindow = "02:00-03:00" } = props;
    const { maintenanceWindow = "sun:03:30-sun:04:30", maxmemoryPolicy = "volatile-lru" } = props;
    const { accessString = DEFAULT_ACCESS_STRING, applyImmediately = false } = props;
    assertValid(this, replicationGroupProblems(props));
    const { version = defaultCacheVersion(engine) } = props;
    const { clusterMode, ...topology } = topologyOf(props);

    const cacheName = context.names("replicationGroup", thing);
    const securityGroup = new SecurityGroup(this, "access", {
      name: context.names("securityGroup", thing),
      description: `Who may connect to ${cacheName}`,
      vpcId: props.vpcId,
      tags: { Name: context.names("securityGroup", thing) },
    });
    const subnets = new ElasticacheSubnetGroup(this, "subnets", {
      name: context.names("cacheSubnetGroup", thing),
      description: `Subnets of ${cacheName}`,
      subnetIds: [...props.subnetIds],
    });
    const family = cacheFamilyOf(engine, version);
    const parameters = new ElasticacheParameterGroup(this, "parameters", {
      name: context.names("cacheParameterGroup", `${thing}-${family}${clusterMode ? "-cluster" : ""}`),
      description: `Parameters of ${cacheName}`,
      family,
      parameter: [
        { name: "maxmemory-policy", value: maxmemoryPolicy },
        ...(clusterMode ? [{ name: "cluster-enabled", value: "yes" }] : []),
      ],
      lifecycle: { createBeforeDestroy: true }, // a group in use cannot be deleted, so an upgrade makes the next one first
    });
    const user = new CacheUser(this, "users", { context, thing, engine, accessString });
    const logs = this.logGroups(cacheName, props);
    const cache = new ElasticacheReplicationGroup(this, "cache", {
      replicationGroupId: cacheName,
      description: `Cache of ${context.names("replicationGroup")}`,
      engine,
      engineVersion: version,
      nodeType,
      ...topology,
      dataTieringEnabled: nodeType.startsWith("cache.r6gd.") ? true : undefined, // those nodes exist with it only
      port: this.port,
      subnetGroupName: subnets.name,
      securityGroupIds: [securityGroup.id],
      parameterGroupName: parameters.name,
      userGroupIds: [user.userGroupId],
      atRestEncryptionEnabled: "true",
      kmsKeyId: props.kmsKeyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      autoMinorVersionUpgrade: "true",
      maintenanceWindow,
      applyImmediately,
      snapshotRetentionLimit: snapshotRetentionDays,
      ...(snapshotRetentionDays !== 0 && { snapshotWindow }),
      finalSnapshotIdentifier: context.destroyable ? undefined : `${cacheName}-final`,
      logDeliveryConfiguration: Object.entries(logs).map(([logType, group]) => ({
        logType,
        logFormat: "json",
        destinationType: "cloudwatch-logs",
        destination: group.name,
      })),
      lifecycle: { preventDestroy: !context.destroyable },
    });

    this.primaryEndpoint = clusterMode ? cache.configurationEndpointAddress : cache.primaryEndpointAddress;
    this.readerEndpoint = clusterMode ? cache.configurationEndpointAddress : cache.readerEndpointAddress;
    this.clusterMode = clusterMode;
    this.securityGroupId = securityGroup.id;
    this.userName = user.userName;
    this.userArn = user.userArn;
    this.cacheName = cacheName;
    this.arn = arn(context, "elasticache", `replicationgroup:${cacheName}`);
    this.connectStatement = connectStatement(this.arn, this.userArn);
  }

  /** Lets a security group of the same stack connect. */
  allowFrom(id: string, securityGroupId: string): void {
    new VpcSecurityGroupIngressRule(this, `from-${id}`, {
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: securityGroupId,
      description: `Cache from ${id}`,
      ipProtocol: "tcp",
      fromPort: this.port,
      toPort: this.port,
    });
  }

  private logGroups(cacheName: string, settings: ReplicationGroupSettings): Record<string, CloudwatchLogGroup> {
    const { logExports = CACHE_LOGS, logRetentionDays = 365 } = settings;
    const scope = new Construct(this, "logs");
    return Object.fromEntries(
      logExports.map((log) => [
        log,
        new CloudwatchLogGroup(scope, log, {
          // Under this prefix AWS needs no statement per group in the account's log resource policy, which is limited in size.
          name: `/aws/vendedlogs/elasticache/${cacheName}/${log}`,
          retentionInDays: logRetentionDays,
        }),
      ]),
    );
  }
}
