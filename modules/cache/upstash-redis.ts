import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import type { UpstashRedisSettings } from "./upstash-redis-settings";
import { upstashRedisProblems } from "./upstash-redis-settings";
import { RedisDatabase } from "./upstash/redis-database";

export interface UpstashRedisProps extends UpstashRedisSettings {
  /** For whom and where. */
  readonly context: Context;

  /**
   * ARN of the secret that receives the connection string; a `ConnectionSecret` of another stack.
   * @default - none; whoever needs the connection string takes it from this stack
   */
  readonly secretArn?: string;

  /**
   * Last part of the database's name.
   * @default "cache"
   */
  readonly thing?: string;

  /**
   * Address ranges that may connect, such as those of the NAT gateways. Upstash's free plan has none.
   * @default - any address, with the password
   */
  readonly allowedCidrs?: readonly string[];
}

/**
 * A Redis database at Upstash, always over TLS, and its connection string (`rediss://default:<password>@<host>:<port>`), in a secret of ours where there is one.
 * Unless the context is destroyable, Terraform refuses to destroy it.
 *
 * What is secret and where: Upstash makes the password and two REST tokens, and its provider puts all three into the state of this stack in
 * clear, with no way round; whoever reads that state reads the cache. Hence it has a stack, and so a state, of its own. The connection string
 * goes to Secrets Manager as a write-only value: in neither plan nor state a second time. Terraform writes such a value only when its version
 * changes, so the version is made of the string's hash: a password reset at Upstash, or a replaced database, shows in the next plan as a new
 * version of the secret, and running tasks take it when they are next started.
 */
export class UpstashRedis extends Construct {
  /** Host name. */
  readonly endpoint: string;

  /** Port of the host. */
  readonly port: number;

  /** Upstash's id of the database. */
  readonly databaseId: string;

  /** ARN of the secret with the connection string, if there is one. */
  readonly secretArn: string | undefined;

  /** The connection string with the password. Sensitive: for what stands in the same stack only. */
  readonly connectionString: string;

  constructor(scope: Construct, id: string, props: UpstashRedisProps) {
    super(scope, id);
    const { context, thing = "cache", primaryRegion, readRegions = [] } = props;
    const { eviction = true, autoScale = false, prodPack = false, budgetUsd = 20, allowedCidrs } = props;
    assertValid(this, upstashRedisProblems(props));

    const database = new RedisDatabase(this, "database", {
      databaseName: context.names("upstashDatabase", thing),
      region: "global", // the only kind Upstash still makes
      primaryRegion,
      readRegions: readRegions.length === 0 ? undefined : [...readRegions],
      tls: true,
      eviction,
      autoScale,
      prodPack,
      budget: budgetUsd,
      ipAllowlist: allowedCidrs && [...allowedCidrs],
      lifecycle: { preventDestroy: !context.destroyable },
    });
    const { password, endpoint, port } = database;
    // `format`, as cdktf loses the interpolation of a number that stands in a string that is the argument of a function.
    const url = Token.asString(Fn.format("rediss://default:%s@%s:%d", [Fn.urlencode(password), endpoint, port]));
    if (props.secretArn !== undefined) {
      new SecretsmanagerSecretVersion(this, "connection", {
        secretId: props.secretArn,
        secretStringWo: url,
        secretStringWoVersion: hashNumber(url),
        lifecycle: { createBeforeDestroy: true }, // a new version is a new resource, and the secret is never without a value
      });
    }

    this.endpoint = endpoint;
    this.port = port;
    this.databaseId = database.databaseId;
    this.secretArn = props.secretArn;
    this.connectionString = url;
  }
}

/** 28 bits of the SHA-256 of a value, computed by Terraform: a whole number that the provider's integers can hold, and no way back. */
function hashNumber(value: string): number {
  return Token.asNumber(Fn.parseint(Fn.substr(Fn.sha256(value), 0, 7), 16));
}
