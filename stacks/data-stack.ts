import type { Construct } from "constructs";
import type { ResolvedEnvironment } from "../envs/tiers";
import { ConnectionSecret } from "../modules/cache/connection-secret";
import { ReplicationGroup } from "../modules/cache/replication-group";
import { ServerlessCache } from "../modules/cache/serverless-cache";
import { Postgres } from "../modules/database/postgres";
import { Bucket } from "../modules/storage/bucket";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { NetworkStack } from "./network-stack";

/** What the data stack is given. */
export interface DataStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;

  /** The network it stands in. */
  readonly network: NetworkStack;
}

/** Everything that holds data: database, cache, buckets. Changes here are rare and the most dangerous. */
export class DataStack extends BaseStack {
  /** The database, if the environment has one. */
  readonly database: Postgres | undefined;

  /** The cache, if it is ElastiCache. */
  readonly cache: ReplicationGroup | ServerlessCache | undefined;

  /** The secret that will hold the cache's address, if the cache is Upstash. */
  readonly cacheSecret: ConnectionSecret | undefined;

  /** Buckets by name. */
  readonly buckets: Readonly<Record<string, Bucket>>;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { environment, network } = props;
    const placement = { context, vpcId: network.vpc.vpcId, subnetIds: network.vpc.isolatedSubnetIds };

    const { database, cache } = environment;
    if (database) {
      const { engine: _engine, ...settings } = database;
      this.database = new Postgres(this, "database", { ...placement, ...settings });
    }
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
      case "sidecar": // part of the tasks
      case "none":
    }
    this.buckets = Object.fromEntries(
      Object.entries(environment.buckets).map(([name, settings]) => [
        name,
        new Bucket(this, `bucket-${name}`, { context, name, ...settings }),
      ]),
    );
  }
}
