import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import type { CacheEngine } from "./cache-engine";

export interface CacheUserProps {
  /** For whom and where. */
  readonly context: Context;

  /** Last part of the cache's name, and middle of the users' names. */
  readonly thing: string;

  /** Engine of the cache; the users are of the same. */
  readonly engine: CacheEngine;

  /** What the user may do, in the engine's ACL syntax. */
  readonly accessString: string;
}

/**
 * The one user of an ElastiCache cache, and the group that admits it. It signs in with a short-lived IAM token, so there is no password in
 * Terraform, in its state or anywhere else. Nobody else can sign in: a Valkey group is complete without the engine's `default` user, a Redis
 * group insists on one and gets one that is switched off.
 */
export class CacheUser extends Construct {
  /** Name to sign in with. */
  readonly userName: string;

  /** ARN of the user. */
  readonly userArn: string;

  /** Id of the group, for the cache. */
  readonly userGroupId: string;

  constructor(scope: Construct, id: string, props: CacheUserProps) {
    super(scope, id);
    const { context, thing, engine, accessString } = props;

    // The ids of users and groups have the limits of a replication group's: 40 characters, letters first, single hyphens.
    const userName = context.names("cacheUser", `${thing}-app`);
    const user = new ElasticacheUser(this, "user", {
      userId: userName,
      userName, // AWS wants id and name to be equal for IAM authentication
      engine,
      accessString,
      authenticationMode: { type: "iam" },
    });
    const nobody = engine === "redis" ? [this.disabledDefault(context, thing)] : [];
    const group = new ElasticacheUserGroup(this, "group", {
      userGroupId: context.names("cacheUserGroup", `${thing}-users`),
      engine,
      userIds: [user, ...nobody].map(({ userId }) => userId),
    });

    this.userName = userName;
    this.userArn = arn(context, "elasticache", `user:${userName}`);
    this.userGroupId = group.userGroupId;
  }

  private disabledDefault(context: Context, thing: string): ElasticacheUser {
    return new ElasticacheUser(this, "default", {
      userId: context.names("cacheUser", `${thing}-default`),
      userName: "default",
      engine: "redis",
      accessString: "off ~* -@all",
      noPasswordRequired: true, // switched off, so there is nothing to guard
    });
  }
}
