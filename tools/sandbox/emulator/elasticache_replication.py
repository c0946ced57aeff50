"""ElastiCache: replication groups.

Fills Create/Describe/Modify/DeleteReplicationGroup and Increase/DecreaseReplicaCount. moto's replication group has no
member clusters, which the provider reads right after it was created.
"""

from __future__ import annotations

from typing import Any, Dict

from moto.core.utils import utcnow
from moto.elasticache.responses import ElastiCacheResponse

from .elasticache import arn_of, found, keep_tags, listed
from .elasticache_clusters import (
    DEFAULT_PORT,
    clusters_of,
    log_deliveries,
    make_cluster,
    modify_cluster,
    transit_encryption_mode,
    zone_of,
)
from .filler import Filler, Record, add_actions, failure, records, result, without_none

FILLERS = [
    Filler(
        "elasticache",
        (
            "CreateReplicationGroup",
            "DescribeReplicationGroups",
            "ModifyReplicationGroup",
            "IncreaseReplicaCount",
            "DecreaseReplicaCount",
            "DeleteReplicationGroup",
        ),
        "aws_elasticache_replication_group; moto's has no member clusters and is never deleted",
    ),
]

HASH_SLOTS = 16_384


def install() -> None:
    add_actions(
        ElastiCacheResponse,
        (
            create_replication_group,
            describe_replication_groups,
            modify_replication_group,
            increase_replica_count,
            decrease_replica_count,
            delete_replication_group,
        ),
    )


def _groups(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "replication_groups")


def create_replication_group(self: Any) -> Any:
    params, name = self.params, self.params["ReplicationGroupId"]
    if name in _groups(self):
        raise failure("ReplicationGroupAlreadyExists", f"Replication group {name} already exists.")
    shards = int(params.get("NumNodeGroups") or 1)
    cluster_mode = params.get("NumNodeGroups") is not None or params.get("ClusterMode") == "enabled"
    replicas = params.get("ReplicasPerNodeGroup")
    group = {
        "ReplicationGroupId": name,
        "Description": params.get("ReplicationGroupDescription"),
        "Status": "available",
        "ReplicationGroupCreateTime": utcnow(),
        "Engine": (params.get("Engine") or "redis").lower(),
        "CacheNodeType": params.get("CacheNodeType"),
        "ClusterEnabled": cluster_mode,
        "ClusterMode": "enabled" if cluster_mode else "disabled",
        "AutomaticFailover": _switch(params.get("AutomaticFailoverEnabled")),
        "MultiAZ": _switch(params.get("MultiAZEnabled")),
        "SnapshotRetentionLimit": int(params.get("SnapshotRetentionLimit") or 0),
        "SnapshotWindow": params.get("SnapshotWindow") or "03:00-05:00",
        "AuthTokenEnabled": bool(params.get("AuthToken")),
        "AutoMinorVersionUpgrade": params.get("AutoMinorVersionUpgrade") is not False,
        "TransitEncryptionEnabled": bool(params.get("TransitEncryptionEnabled")),
        "TransitEncryptionMode": transit_encryption_mode(params),
        "AtRestEncryptionEnabled": bool(params.get("AtRestEncryptionEnabled")),
        "KmsKeyId": params.get("KmsKeyId"),
        "DataTiering": _switch(params.get("DataTieringEnabled")),
        "NetworkType": params.get("NetworkType") or "ipv4",
        "IpDiscovery": params.get("IpDiscovery") or "ipv4",
        "UserGroupIds": list(params.get("UserGroupIds") or []),
        "LogDeliveryConfigurations": log_deliveries([], params),
        "ARN": arn_of(self, "replicationgroup", name),
    }
    per_shard = int(replicas) + 1 if replicas is not None else int(params.get("NumCacheClusters") or 1)
    _groups(self)[name] = without_none(group)
    _build_shards(self, name, shards, per_shard, params)
    keep_tags(self, group["ARN"])
    return result({"ReplicationGroup": _groups(self)[name]})


def describe_replication_groups(self: Any) -> Any:
    name = self.params.get("ReplicationGroupId")
    return result({"ReplicationGroups": listed(_groups(self), name, "ReplicationGroupNotFoundFault")})


def modify_replication_group(self: Any) -> Any:
    params = self.params
    group = found(_groups(self), params["ReplicationGroupId"], "ReplicationGroupNotFoundFault")
    for parameter, member in (
        ("ReplicationGroupDescription", "Description"),
        ("CacheNodeType", "CacheNodeType"),
        ("Engine", "Engine"),
        ("SnapshotRetentionLimit", "SnapshotRetentionLimit"),
        ("SnapshotWindow", "SnapshotWindow"),
        ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade"),
        ("TransitEncryptionEnabled", "TransitEncryptionEnabled"),
        ("TransitEncryptionMode", "TransitEncryptionMode"),
        ("IpDiscovery", "IpDiscovery"),
    ):
        if params.get(parameter) is not None:
            group[member] = params[parameter]
    for parameter, member in (("AutomaticFailoverEnabled", "AutomaticFailover"), ("MultiAZEnabled", "MultiAZ")):
        if params.get(parameter) is not None:
            group[member] = _switch(params[parameter])
    removed = list(params.get("UserGroupIdsToRemove") or [])
    kept = [user_group for user_group in group["UserGroupIds"] if user_group not in removed]
    group["UserGroupIds"] = kept + list(params.get("UserGroupIdsToAdd") or [])
    group["LogDeliveryConfigurations"] = log_deliveries(group["LogDeliveryConfigurations"], params)
    for cluster_id in group["MemberClusters"]:
        modify_cluster(clusters_of(self)[cluster_id], params)
    return result({"ReplicationGroup": group})


def increase_replica_count(self: Any) -> Any:
    return _set_replica_count(self)


def decrease_replica_count(self: Any) -> Any:
    return _set_replica_count(self)


def delete_replication_group(self: Any) -> Any:
    name = self.params["ReplicationGroupId"]
    group = found(_groups(self), name, "ReplicationGroupNotFoundFault")
    for cluster_id in group["MemberClusters"]:
        clusters_of(self).pop(cluster_id, None)
    del _groups(self)[name]
    return result({"ReplicationGroup": {**group, "Status": "deleting"}})


def _set_replica_count(self: Any) -> Any:
    name = self.params["ReplicationGroupId"]
    group = found(_groups(self), name, "ReplicationGroupNotFoundFault")
    first = dict(clusters_of(self)[group["MemberClusters"][0]])
    # A member is made from the parameters of a request; a cluster's record names two of them differently.
    first["CacheParameterGroupName"] = first["CacheParameterGroup"]["CacheParameterGroupName"]
    first["SecurityGroupIds"] = [member["SecurityGroupId"] for member in first["SecurityGroups"]]
    for cluster_id in group["MemberClusters"]:
        clusters_of(self).pop(cluster_id, None)
    _build_shards(self, name, len(group["NodeGroups"]), int(self.params["NewReplicaCount"]) + 1, first)
    return result({"ReplicationGroup": group})


def _build_shards(self: Any, name: str, shards: int, per_shard: int, params: Any) -> None:
    """Makes the group's shards and one cluster per member; the first member of a shard is its primary."""
    group = _groups(self)[name]
    engine = group["Engine"]
    port = int(params.get("Port") or DEFAULT_PORT[engine])
    domain = f"{name}.groundplan.{self.region}.cache.amazonaws.com"
    group["MemberClusters"], group["NodeGroups"] = [], []
    for shard in range(shards):
        members = []
        for index in range(per_shard):
            suffix = f"{shard + 1:04d}-{index + 1:03d}" if group["ClusterEnabled"] else f"{index + 1:03d}"
            zone = zone_of(self, index)
            cluster = make_cluster(self, f"{name}-{suffix}", params, engine, zone, replication_group_id=name)
            group["MemberClusters"].append(cluster["CacheClusterId"])
            member = {
                "CacheClusterId": cluster["CacheClusterId"],
                "CacheNodeId": "0001",
                "PreferredAvailabilityZone": zone,
                "ReadEndpoint": {"Address": f"{suffix}.{domain}", "Port": port},
            }
            if not group["ClusterEnabled"]:
                member["CurrentRole"] = "replica" if index else "primary"
            members.append(member)
        node_group: Record = {"NodeGroupId": f"{shard + 1:04d}", "Status": "available", "NodeGroupMembers": members}
        if group["ClusterEnabled"]:
            node_group["Slots"] = f"{shard * HASH_SLOTS // shards}-{(shard + 1) * HASH_SLOTS // shards - 1}"
        else:
            node_group["PrimaryEndpoint"] = {"Address": f"master.{domain}", "Port": port}
            node_group["ReaderEndpoint"] = {"Address": f"replica.{domain}", "Port": port}
        group["NodeGroups"].append(node_group)
    if group["ClusterEnabled"]:
        group["ConfigurationEndpoint"] = {"Address": f"clustercfg.{domain}", "Port": port}


def _switch(enabled: Any) -> str:
    return "enabled" if enabled else "disabled"
