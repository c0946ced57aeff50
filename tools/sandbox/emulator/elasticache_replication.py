"""ElastiCache: replication groups and the cache clusters they are made of.

Fills Create/Describe/Modify/DeleteReplicationGroup, Increase/DecreaseReplicaCount and
Create/Describe/Modify/DeleteCacheCluster. moto's replication group has no member clusters to read, which the provider
does right after it is created, and its clusters have no engine version.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from moto.core.utils import utcnow
from moto.elasticache.responses import ElastiCacheResponse

from .elasticache import arn_of, found, keep_tags, listed
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
    Filler(
        "elasticache",
        ("CreateCacheCluster", "DescribeCacheClusters", "ModifyCacheCluster", "DeleteCacheCluster"),
        "aws_elasticache_cluster, and reading a replication group; moto's has no engine version",
    ),
]

DEFAULT_VERSION = {"redis": "7.1.0", "valkey": "8.0.1", "memcached": "1.6.22"}
DEFAULT_PORT = {"redis": 6379, "valkey": 6379, "memcached": 11211}
HASH_SLOTS = 16_384
ZONES = "abc"


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
            create_cache_cluster,
            describe_cache_clusters,
            modify_cache_cluster,
            delete_cache_cluster,
        ),
    )


def _groups(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "replication_groups")


def _clusters(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "clusters")


# Replication groups


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
        "TransitEncryptionMode": _transit_encryption_mode(params),
        "AtRestEncryptionEnabled": bool(params.get("AtRestEncryptionEnabled")),
        "KmsKeyId": params.get("KmsKeyId"),
        "DataTiering": _switch(params.get("DataTieringEnabled")),
        "NetworkType": params.get("NetworkType") or "ipv4",
        "IpDiscovery": params.get("IpDiscovery") or "ipv4",
        "UserGroupIds": list(params.get("UserGroupIds") or []),
        "LogDeliveryConfigurations": _log_deliveries([], params),
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
    group["LogDeliveryConfigurations"] = _log_deliveries(group["LogDeliveryConfigurations"], params)
    for cluster_id in group["MemberClusters"]:
        _modify_cluster(_clusters(self)[cluster_id], params)
    return result({"ReplicationGroup": group})


def increase_replica_count(self: Any) -> Any:
    return _set_replica_count(self)


def decrease_replica_count(self: Any) -> Any:
    return _set_replica_count(self)


def delete_replication_group(self: Any) -> Any:
    name = self.params["ReplicationGroupId"]
    group = found(_groups(self), name, "ReplicationGroupNotFoundFault")
    for cluster_id in group["MemberClusters"]:
        _clusters(self).pop(cluster_id, None)
    del _groups(self)[name]
    return result({"ReplicationGroup": {**group, "Status": "deleting"}})


def _set_replica_count(self: Any) -> Any:
    name = self.params["ReplicationGroupId"]
    group = found(_groups(self), name, "ReplicationGroupNotFoundFault")
    first = dict(_clusters(self)[group["MemberClusters"][0]])
    # A member is made from the parameters of a request; a cluster's record names two of them differently.
    first["CacheParameterGroupName"] = first["CacheParameterGroup"]["CacheParameterGroupName"]
    first["SecurityGroupIds"] = [member["SecurityGroupId"] for member in first["SecurityGroups"]]
    for cluster_id in group["MemberClusters"]:
        _clusters(self).pop(cluster_id, None)
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
            zone = self.region + ZONES[index % len(ZONES)]
            cluster = _make_cluster(self, f"{name}-{suffix}", params, engine, zone, replication_group_id=name)
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


# Cache clusters


def create_cache_cluster(self: Any) -> Any:
    params = self.params
    engine = (params.get("Engine") or "redis").lower()
    zone = params.get("PreferredAvailabilityZone") or self.region + ZONES[0]
    cluster = _make_cluster(self, params["CacheClusterId"], params, engine, zone)
    keep_tags(self, cluster["ARN"])
    return result({"CacheCluster": cluster})


def describe_cache_clusters(self: Any) -> Any:
    clusters = listed(_clusters(self), self.params.get("CacheClusterId"), "CacheClusterNotFound")
    return result({"CacheClusters": clusters})


def modify_cache_cluster(self: Any) -> Any:
    cluster = found(_clusters(self), self.params["CacheClusterId"], "CacheClusterNotFound")
    _modify_cluster(cluster, self.params)
    return result({"CacheCluster": cluster})


def delete_cache_cluster(self: Any) -> Any:
    cluster = found(_clusters(self), self.params["CacheClusterId"], "CacheClusterNotFound")
    del _clusters(self)[self.params["CacheClusterId"]]
    return result({"CacheCluster": {**cluster, "CacheClusterStatus": "deleting"}})


def _make_cluster(
    self: Any, name: str, params: Any, engine: str, zone: str, replication_group_id: Optional[str] = None
) -> Record:
    nodes = 1 if replication_group_id else int(params.get("NumCacheNodes") or 1)
    version = _full_version(engine, params.get("EngineVersion"))
    family = f"{engine}{version.split('.')[0]}" if engine != "memcached" else "memcached1.6"
    port = int(params.get("Port") or DEFAULT_PORT[engine])
    domain = f"{name}.groundplan.{self.region}.cache.amazonaws.com"
    cluster = {
        "CacheClusterId": name,
        "CacheClusterStatus": "available",
        "CacheClusterCreateTime": utcnow(),
        "CacheNodeType": params.get("CacheNodeType"),
        "Engine": engine,
        "EngineVersion": version,
        "NumCacheNodes": nodes,
        "PreferredAvailabilityZone": zone if nodes == 1 else "Multiple",
        "PreferredMaintenanceWindow": params.get("PreferredMaintenanceWindow") or "sun:05:00-sun:06:00",
        "CacheParameterGroup": {
            "CacheParameterGroupName": params.get("CacheParameterGroupName") or f"default.{family}",
            "ParameterApplyStatus": "in-sync",
            "CacheNodeIdsToReboot": [],
        },
        "CacheSubnetGroupName": params.get("CacheSubnetGroupName") or "default",
        "CacheNodes": [_node(number, domain, port, zone) for number in range(nodes)],
        "SecurityGroups": _memberships(params.get("SecurityGroupIds")),
        "AutoMinorVersionUpgrade": params.get("AutoMinorVersionUpgrade") is not False,
        "SnapshotRetentionLimit": int(params.get("SnapshotRetentionLimit") or 0),
        "SnapshotWindow": params.get("SnapshotWindow") or "03:00-05:00",
        "AuthTokenEnabled": bool(params.get("AuthToken")),
        "TransitEncryptionEnabled": bool(params.get("TransitEncryptionEnabled")),
        "TransitEncryptionMode": _transit_encryption_mode(params),
        "AtRestEncryptionEnabled": bool(params.get("AtRestEncryptionEnabled")),
        "NetworkType": params.get("NetworkType") or "ipv4",
        "IpDiscovery": params.get("IpDiscovery") or "ipv4",
        "ReplicationGroupId": replication_group_id,
        "ConfigurationEndpoint": {"Address": f"cfg.{domain}", "Port": port} if engine == "memcached" else None,
        "LogDeliveryConfigurations": _log_deliveries([], params),
        "ARN": arn_of(self, "cluster", name),
    }
    if params.get("NotificationTopicArn"):
        cluster["NotificationConfiguration"] = {"TopicArn": params["NotificationTopicArn"], "TopicStatus": "active"}
    _clusters(self)[name] = without_none(cluster)
    return _clusters(self)[name]


def _modify_cluster(cluster: Record, params: Any) -> None:
    for key in (
        "CacheNodeType",
        "Engine",
        "PreferredMaintenanceWindow",
        "SnapshotWindow",
        "SnapshotRetentionLimit",
        "AutoMinorVersionUpgrade",
        "NumCacheNodes",
        "TransitEncryptionEnabled",
        "TransitEncryptionMode",
        "IpDiscovery",
    ):
        if params.get(key) is not None:
            cluster[key] = params[key]
    if params.get("EngineVersion"):
        cluster["EngineVersion"] = _full_version(cluster["Engine"], params["EngineVersion"])
    if params.get("CacheParameterGroupName"):
        cluster["CacheParameterGroup"]["CacheParameterGroupName"] = params["CacheParameterGroupName"]
    if params.get("SecurityGroupIds"):
        cluster["SecurityGroups"] = _memberships(params["SecurityGroupIds"])
    if params.get("NotificationTopicArn"):
        cluster["NotificationConfiguration"] = {"TopicArn": params["NotificationTopicArn"], "TopicStatus": "active"}


def _node(number: int, domain: str, port: int, zone: str) -> Record:
    return {
        "CacheNodeId": f"{number + 1:04d}",
        "CacheNodeStatus": "available",
        "Endpoint": {"Address": f"{number + 1:04d}.{domain}", "Port": port},
        "CustomerAvailabilityZone": zone,
        "ParameterGroupStatus": "in-sync",
    }


def _full_version(engine: str, version: Optional[str]) -> str:
    """AWS answers a patch version where the request named a minor one."""
    if not version:
        return DEFAULT_VERSION[engine]
    parts = version.split(".")
    return ".".join((parts + ["0", "0"])[:3]) if engine != "memcached" else version


def _memberships(security_group_ids: Any) -> List[Record]:
    return [{"SecurityGroupId": group_id, "Status": "active"} for group_id in security_group_ids or []]


def _log_deliveries(old: List[Record], params: Any) -> List[Record]:
    """One delivery per log type; a request can add, change and switch off."""
    deliveries = {delivery["LogType"]: delivery for delivery in old}
    for request in params.get("LogDeliveryConfigurations") or []:
        if request.get("Enabled") is False:
            deliveries.pop(request["LogType"], None)
        else:
            delivery = {key: value for key, value in request.items() if key != "Enabled"}
            deliveries[request["LogType"]] = {**delivery, "Status": "active"}
    return list(deliveries.values())


def _transit_encryption_mode(params: Any) -> Optional[str]:
    return (params.get("TransitEncryptionMode") or "required") if params.get("TransitEncryptionEnabled") else None


def _switch(enabled: Any) -> str:
    return "enabled" if enabled else "disabled"
