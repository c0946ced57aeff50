import { globalClustersOf } from "./own-arns";
import { actionsOf, allow, type Statement } from "./policy-statement";
import { anyOf, inRegions, namedOf, taggedOwn, taggingOwn, type Reach } from "./reach";

/** Databases and all that belongs to them, by name. Those of RDS Proxy have ids, so they go by tags. */
export function databaseWrites(reach: Reach): Statement[] {
  const kinds = [
    "auto-backup",
    "cluster",
    "cluster-auto-backup",
    "cluster-pg",
    "cluster-snapshot",
    "db",
    "es",
    "og",
    "pg",
  ];
  const named = [...kinds, "snapshot", "subgrp"].flatMap((kind) => namedOf(reach, "rds", `${kind}:`));
  const proxies = ["db-proxy", "db-proxy-endpoint"].map((kind) => anyOf(reach, "rds", `${kind}:*`));
  return [
    allow("ManageDatabases", DATABASES, [
      ...named,
      ...globalClustersOf(reach),
      ...DEFAULT_GROUPS.map((kind) => anyOf(reach, "rds", `${kind}:default*`)),
    ]),
    allow("KeepBackupsElsewhere", actionsOf("rds", "StartDBInstanceAutomatedBackupsReplication"), [
      ...namedOf(reach, "rds", "db:"),
      anyOf(reach, "rds", "auto-backup:*"),
    ]),
    allow("CreateProxies", actionsOf("rds", "CreateDBProxy"), ["*"], taggingOwn(reach)),
    allow("TagProxies", actionsOf("rds", "AddTagsToResource"), proxies, taggingOwn(reach)),
    allow(
      "ManageProxies",
      actionsOf("rds", "DeleteDBProxy DeregisterDBProxyTargets ModifyDBProxy RemoveTagsFromResource"),
      proxies,
      taggedOwn(reach),
    ),
    allow(
      "ConnectProxies",
      actionsOf("rds", "DeregisterDBProxyTargets ModifyDBProxyTargetGroup RegisterDBProxyTargets"),
      [...namedOf(reach, "rds", "cluster:"), ...namedOf(reach, "rds", "db:"), anyOf(reach, "rds", "target-group:*")],
    ),
    // Only RDS names a secret rds!…; it makes the master password's with the rights of whoever creates the database.
    allow("CreateMasterPassword", actionsOf("secretsmanager", "CreateSecret RotateSecret TagResource"), [
      anyOf(reach, "secretsmanager", "secret:rds!*"),
    ]),
  ];
}

/** Groups AWS keeps for every account, which a new database names when it has none of its own. */
const DEFAULT_GROUPS = ["cluster-pg", "og", "pg"];

const DATABASES = actionsOf(
  "rds",
  `AddTagsToResource CreateDBCluster CreateDBClusterParameterGroup CreateDBClusterSnapshot CreateDBInstance
     CreateDBInstanceReadReplica CreateDBParameterGroup CreateDBSnapshot CreateDBSubnetGroup CreateEventSubscription
     CreateGlobalCluster CreateOptionGroup DeleteDBCluster DeleteDBClusterAutomatedBackup DeleteDBClusterParameterGroup DeleteDBInstance
     DeleteDBInstanceAutomatedBackup DeleteDBParameterGroup DeleteDBSubnetGroup DeleteEventSubscription
     DeleteGlobalCluster DeleteOptionGroup ModifyDBCluster ModifyDBClusterParameterGroup ModifyDBInstance ModifyDBParameterGroup
     ModifyDBSubnetGroup ModifyEventSubscription ModifyGlobalCluster ModifyOptionGroup PromoteReadReplica
     RebootDBInstance RemoveFromGlobalCluster RemoveTagsFromResource ResetDBClusterParameterGroup ResetDBParameterGroup RestoreDBClusterFromSnapshot
     RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime
     StopDBInstanceAutomatedBackupsReplication`,
);

/** Caches, by name. */
export function cacheWrites(reach: Reach): Statement[] {
  const kinds = [
    "cluster",
    "parametergroup",
    "replicationgroup",
    "serverlesscache",
    "serverlesscachesnapshot",
    "snapshot",
    "subnetgroup",
    "user",
    "usergroup",
  ];
  return [
    allow(
      "ManageCaches",
      actionsOf(
        "elasticache",
        `AddTagsToResource CreateCacheParameterGroup CreateCacheSubnetGroup CreateReplicationGroup
           CreateServerlessCache CreateServerlessCacheSnapshot CreateSnapshot DecreaseReplicaCount
           DeleteCacheParameterGroup DeleteCacheSubnetGroup DeleteReplicationGroup DeleteServerlessCache
           IncreaseReplicaCount ModifyCacheParameterGroup ModifyCacheSubnetGroup ModifyReplicationGroup
           ModifyReplicationGroupShardConfiguration ModifyServerlessCache RemoveTagsFromResource
           ResetCacheParameterGroup CreateUser CreateUserGroup DeleteUser DeleteUserGroup ModifyUser ModifyUserGroup`,
      ),
      [
        ...kinds.flatMap((kind) => namedOf(reach, "elasticache", `${kind}:`)),
        anyOf(reach, "elasticache", "parametergroup:default*"),
      ],
    ),
    allow("DeliverCacheLogs", LOG_DELIVERY, ["*"], inRegions(reach)),
  ];
}

/** What ElastiCache needs of whoever sends its logs to a log group; none of it knows a resource. */
const LOG_DELIVERY = actionsOf(
  "logs",
  `CreateLogDelivery DeleteLogDelivery GetLogDelivery ListLogDeliveries PutResourcePolicy UpdateLogDelivery`,
);
