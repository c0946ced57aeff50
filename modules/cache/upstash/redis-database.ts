import {
  booleanToTerraform,
  listMapper,
  numberToTerraform,
  stringToTerraform,
  type TerraformMetaArguments,
  TerraformResource,
} from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `upstash_redis_database` in provider 2.0.1, without those it calls deprecated (`consistent`, `multizone`). */
export interface RedisDatabaseConfig extends TerraformMetaArguments {
  /** Name at Upstash. Changing it replaces the database. */
  readonly databaseName: string;

  /** `global` for every new database; the place is `primaryRegion`. Changing it replaces the database. */
  readonly region: string;

  /**
   * Region that takes the writes. Changing it replaces the database.
   * @default - none; Upstash refuses a global database without
   */
  readonly primaryRegion?: string;

  /**
   * Regions with a copy for reads.
   * @default - none
   */
  readonly readRegions?: string[];

  /**
   * Whether connections are encrypted. Switching it off replaces the database.
   * @default false
   */
  readonly tls?: boolean;

  /**
   * Whether keys are evicted when the database is full.
   * @default false
   */
  readonly eviction?: boolean;

  /**
   * Whether Upstash moves the database to a larger plan when it reaches its limits.
   * @default false
   */
  readonly autoScale?: boolean;

  /**
   * Whether the production features are booked.
   * @default false
   */
  readonly prodPack?: boolean;

  /**
   * US dollars a month at which the database is throttled.
   * @default 20
   */
  readonly budget?: number;

  /**
   * Address ranges that may connect.
   * @default - any address
   */
  readonly ipAllowlist?: string[];
}

/** `upstash_redis_database`. `password`, `restToken` and `readOnlyRestToken` are sensitive, and in Terraform's state as they are. */
export class RedisDatabase extends TerraformResource {
  private readonly config: RedisDatabaseConfig;

  constructor(scope: Construct, id: string, config: RedisDatabaseConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "upstash_redis_database",
      terraformGeneratorMetadata: {
        providerName: "upstash",
        providerVersion: "2.0.1",
        providerVersionConstraint: "2.0.1",
      },
      dependsOn,
      count,
      provider,
      lifecycle,
      forEach,
      provisioners,
      connection,
    });
    this.config = config;
  }

  /** Upstash's id of the database. */
  get databaseId(): string {
    return this.getStringAttribute("database_id");
  }

  /** Host name. */
  get endpoint(): string {
    return this.getStringAttribute("endpoint");
  }

  /** Port of the host. */
  get port(): number {
    return this.getNumberAttribute("port");
  }

  /** Password of the user `default`. Sensitive. */
  get password(): string {
    return this.getStringAttribute("password");
  }

  /** Token of the REST interface. Sensitive. */
  get restToken(): string {
    return this.getStringAttribute("rest_token");
  }

  /** Token of the REST interface that cannot write. Sensitive. */
  get readOnlyRestToken(): string {
    return this.getStringAttribute("read_only_rest_token");
  }

  /** Free, pay as you go, …. */
  get databaseType(): string {
    return this.getStringAttribute("database_type");
  }

  /** `active`, …. */
  get state(): string {
    return this.getStringAttribute("state");
  }

  /** Connections the plan allows. */
  get dbMaxClients(): number {
    return this.getNumberAttribute("db_max_clients");
  }

  /** Commands per second the plan allows. */
  get dbMaxCommandsPerSecond(): number {
    return this.getNumberAttribute("db_max_commands_per_second");
  }

  /** Bytes of memory the plan allows. */
  get dbMemoryThreshold(): number {
    return this.getNumberAttribute("db_memory_threshold");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      database_name: stringToTerraform(config.databaseName),
      region: stringToTerraform(config.region),
      primary_region: stringToTerraform(config.primaryRegion),
      read_regions: listMapper(stringToTerraform, false)(config.readRegions),
      tls: booleanToTerraform(config.tls),
      eviction: booleanToTerraform(config.eviction),
      auto_scale: booleanToTerraform(config.autoScale),
      prod_pack: booleanToTerraform(config.prodPack),
      budget: numberToTerraform(config.budget),
      ip_allowlist: listMapper(stringToTerraform, false)(config.ipAllowlist),
    };
  }
}
