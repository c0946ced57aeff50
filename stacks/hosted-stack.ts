import type { Construct } from "constructs";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "../envs/tiers";
import { UpstashRedis } from "../modules/cache/upstash-redis";
import { RenderService } from "../modules/compute/render-service";
import { NeonDatabase } from "../modules/database/neon-database";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the hosted stack is given. */
export interface HostedStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;
}

/**
 * What runs outside AWS: PostgreSQL at Neon, Redis at Upstash, services at Render. One state for all of it, because what the services are handed are connection
 * strings with passwords, which the providers keep in the state anyhow and which must pass through no other.
 */
export class HostedStack extends BaseStack {
  /** The records that the services' hosts need, by host: what each is another name for. */
  readonly cnames: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: HostedStackProps) {
    super(scope, id, props);
    const { context } = this;
    const { database, cache, services, network } = props.environment;
    const sources: Record<string, Readonly<Record<string, string>>> = {};
    if (database?.engine === "neon") {
      this.useNeon();
      const { engine: _engine, ...settings } = database;
      const neon = new NeonDatabase(this, "database", { ...settings, context });
      sources["database"] = { DATABASE_URL: neon.pooledConnectionString, DATABASE_DIRECT_URL: neon.connectionString };
    }
    if (cache.kind === "upstash" && !network) {
      // where there is a network, its services take it from a secret there
      this.useUpstash();
      const { kind: _kind, ...settings } = cache;
      const upstash = new UpstashRedis(this, "cache", { ...settings, context });
      sources["cache"] = { REDIS_URL: upstash.connectionString };
    }
    const hosted = Object.entries(ofKind(services, "render"));
    if (hosted.length > 0) this.useRender();
    this.cnames = Object.assign(
      {},
      ...hosted.map(([name, { kind: _kind, connects, ...settings }]) => {
        const wanted = Object.entries(sources).filter(([source]) => connects?.includes(source) ?? true);
        const secretVariables = Object.assign({}, ...wanted.map(([, variables]) => variables)) as Record<
          string,
          string
        >;
        return new RenderService(this, `service-${name}`, { ...settings, context, name, secretVariables }).cnames;
      }),
    ) as Record<string, string>;
  }
}
