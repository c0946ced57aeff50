import type { Construct } from "constructs";
import type { DatabaseSettings, Stoppable } from "../envs/environment";
import type { ResolvedEnvironment } from "../envs/tiers";
import { ConnectionSecret } from "../modules/cache/connection-secret";
import { RedisHost } from "../modules/cache/redis-host";
import { ReplicationGroup } from "../modules/cache/replication-group";
import { ServerlessCache } from "../modules/cache/serverless-cache";
import { StopSchedule } from "../modules/compute/stop-schedule";
import { AuroraCluster } from "../modules/database/aurora-cluster";
import { Mysql } from "../modules/database/mysql";
import { Postgres } from "../modules/database/postgres";
import { GeneratedSecret } from "../modules/secrets/generated-secret";
import { Bucket } from "../modules/storage/bucket";
import { BucketReplication } from "../modules/storage/bucket-replication";
import { bucketReplicaName } from "../modules/storage/bucket-replication-settings";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { NetworkStack } from "./network-stack";

/** What the data stack is given. */
export interface DataStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;

  /** The network it stands in. */
  readonly network: NetworkStack;
}

/** Everything that holds data: database, cache, buckets, secrets. Changes here are rare and the most dangerous. */
export class DataStack extends BaseStack {
  /** The database, if the environment has one in AWS. */
  readonly database: Postgres | Mysql | AuroraCluster | undefined;

  /** The cache, if it is ElastiCache. */
  readonly cache: ReplicationGroup | ServerlessCache | undefined;

  /** The cache, if it is a Redis on a host of its own. */
  readonly cacheHost: RedisHost | undefined;

  /** The secret that will hold the cache's address, if the cache is Upstash. */
  readonly cacheSecret: ConnectionSecret | undefined;

  /** Buckets by name. */
  readonly buckets: Readonly<Record<string, Bucket>>;

  /** ARNs of the application's secrets by name. */
  readonly secretArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { environment, network } = props;
    const placement = { context, vpcId: network.vpc.vpcId, subnetIds: network.vpc.isolatedSubnetIds };

    const { database, cache, recovery } = environment;
    if (database) this.database = this.databaseOf(database, placement, recovery?.databaseReplica ?? false);
    switch (cache.kind) {
      case "replication-group": {
        const { kind: _kind, ...settings } = cache;
        this.cache = new ReplicationGroup(this, "cache", { ...placement, ...settings });
        break;
      }
      case "serverless": {
        const { kind: _kind, ...settings } = cache;
        this.cache = new ServerlessCache(this, "cache", { ...placement, ...settings });
        break;
      }
      case "upstash":
        this.cacheSecret = new ConnectionSecret(this, "cache-secret", { context, thing: "cache" });
        break;
      case "host": {
        const { kind: _kind, ...settings } = cache;
        this.cacheHost = new RedisHost(this, "cache", { ...settings, ...this.hostPlacement(network) });
        break;
      }
      case "sidecar": // part of the tasks
      case "none":
    }
    this.buckets = Object.fromEntries(
      Object.entries(environment.buckets).map(([name, settings]) => [
        name,
        new Bucket(this, `bucket-${name}`, { context, name, ...settings }),
      ]),
    );
    this.secretArns = Object.fromEntries(
      Object.entries(environment.secrets).map(([name, settings]) => [
        name,
        new GeneratedSecret(this, `secret-${name}`, { context, thing: name, ...settings }).secretArn,
      ]),
    );
    this.replicate(environment);
  }

  private databaseOf(
    database: DatabaseSettings,
    placement: {
      readonly context: DataStack["context"];
      readonly vpcId: string;
      readonly subnetIds: readonly string[];
    },
    globalDatabase: boolean,
  ): DataStack["database"] {
    switch (database.engine) {
      case "postgres": {
        const { engine: _engine, offHours, ...settings } = database;
        const instance = new Postgres(this, "database", { ...placement, ...settings });
        this.stopInOffHours(instance.instanceIdentifier, offHours);
        return instance;
      }
      case "mysql": {
        const { engine: _engine, offHours, ...settings } = database;
        const instance = new Mysql(this, "database", { ...placement, ...settings });
        this.stopInOffHours(instance.instanceIdentifier, offHours);
        return instance;
      }
      case "aurora-postgresql":
      case "aurora-mysql":
        return new AuroraCluster(this, "database", {
          ...placement,
          ...database,
          globalDatabase: database.globalDatabase ?? globalDatabase,
        });
      case "neon": // another cloud's, and another stack's
        return undefined;
    }
  }

  private stopInOffHours(identifier: string, offHours: Stoppable["offHours"]): void {
    if (offHours === undefined) return;
    const { context } = this;
    new StopSchedule(this, "database-off-hours", {
      context,
      name: "database",
      offHours,
      databaseIdentifiers: [identifier],
    });
  }

  /** A host fetches its packages and its image from the internet: through NAT, or by an address of its own that nothing can reach. */
  private hostPlacement({ vpc }: NetworkStack) {
    const [privateSubnetId = "", publicSubnetId = ""] = [vpc.privateSubnetIds[0], vpc.publicSubnetIds[0]];
    const inPublic = !vpc.hasInternetFromPrivate;
    return {
      context: this.context,
      vpcId: vpc.vpcId,
      subnetId: inPublic ? publicSubnetId : privateSubnetId,
      publicSubnet: inPublic,
    };
  }

  /** Copies of buckets in the second region; the buckets there come from the recovery stack, and are known by name. */
  private replicate({ recovery, shared, name: environment, accountId, destroyable }: ResolvedEnvironment): void {
    if (!recovery) return;
    for (const name of recovery.buckets ?? []) {
      const bucket = this.buckets[name];
      if (!bucket) continue; // said by validation
      new BucketReplication(this, `replication-${name}`, {
        context: this.context,
        name,
        sourceBucketName: bucket.bucketName,
        replicaBucketName: bucketReplicaName(shared.project, environment, name, accountId),
        replicaRegion: recovery.region,
        timeControl: !destroyable, // the promise of 15 minutes is charged for
      });
    }
  }
}
