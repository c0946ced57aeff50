import { globalClustersOf } from "./own-arns";
import { actionsOf, allow, type Statement } from "./policy-statement";
import { anyOf, inRegions, namedOf, type Reach } from "./reach";

/** Databases and all that belongs to them, by name. */
export function databaseWrites(reach: Reach): Statement[] {
  const kinds = ["cluster", "cluster-pg", "cluster-snapshot", "db", "pg", "snapshot", "subgrp"];
  return [
    allow("ManageDatabases", DATABASES, [
      ...kinds.flatMap((kind) => namedOf(reach, "rds", `${kind}:`)),
      ...globalClustersOf(reach),
      ...DEFAULT_GROUPS.map((kind) => anyOf(reach, "rds", `${kind}:default*`)),
    ]),
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
     CreateDBInstanceReadReplica CreateDBParameterGroup CreateDBSnapshot CreateDBSubnetGroup CreateGlobalCluster
     DeleteDBCluster DeleteDBClusterParameterGroup DeleteDBInstance DeleteDBParameterGroup DeleteDBSubnetGroup
     DeleteGlobalCluster ModifyDBCluster ModifyDBClusterParameterGroup ModifyDBInstance ModifyDBParameterGroup
     ModifyDBSubnetGroup ModifyGlobalCluster PromoteReadReplica RebootDBInstance RemoveFromGlobalCluster
     RemoveTagsFromResource ResetDBClusterParameterGroup ResetDBParameterGroup RestoreDBClusterFromSnapshot
     RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime`,
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
