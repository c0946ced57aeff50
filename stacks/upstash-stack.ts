import type { Construct } from "constructs";
import { UpstashRedis } from "../modules/cache/upstash-redis";
import type { UpstashRedisSettings } from "../modules/cache/upstash-redis-settings";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the Upstash stack is given. */
export interface UpstashStackProps extends BaseStackProps {
  /** What the environment chooses about its cache. */
  readonly settings: UpstashRedisSettings;

  /** The secret in the data stack that receives the connection string. */
  readonly secretArn: string;
}

/**
 * Redis at Upstash, apart from the data stack because it needs Upstash's credentials. The services read the connection string from the
 * secret, so they depend on this stack in time only.
 */
export class UpstashStack extends BaseStack {
  constructor(scope: Construct, id: string, props: UpstashStackProps) {
    super(scope, id, props);
    this.useAws();
    this.useUpstash();
    new UpstashRedis(this, "cache", { context: this.context, secretArn: props.secretArn, ...props.settings });
  }
}
