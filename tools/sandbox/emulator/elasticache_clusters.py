"""ElastiCache: cache clusters, alone or as members of a replication group.

Fills Create/Describe/Modify/DeleteCacheCluster; moto's clusters have no engine version, which the provider parses.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from moto.core.utils import utcnow
from moto.elasticache.responses import ElastiCacheResponse

from .elasticache import arn_of, found, keep_tags, listed
from .filler import Filler, Record, add_actions, records, result, without_none

FILLERS = [
    Filler(
        "elasticache",
        ("CreateCacheCluster", "DescribeCacheClusters", "ModifyCacheCluster", "DeleteCacheCluster"),
        "aws_elasticache_cluster, and reading a replication group; moto's has no engine version",
    ),
]

DEFAULT_VERSION = {"redis": "7.1.0", "valkey": "8.0.1", "memcached": "1.6.22"}
DEFAULT_PORT = {"redis": 6379, "valkey": 6379, "memcached": 11211}
ZONES = "abc"


def install() -> None:
    add_actions(
        ElastiCacheResponse,
        (create_cache_cluster, describe_cache_clusters, modify_cache_cluster, delete_cache_cluster),
    )


def clusters_of(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "clusters")


def zone_of(self: Any, index: int) -> str:
    """Members spread over the zones of the region in turn."""
    return self.region + ZONES[index % len(ZONES)]


def create_cache_cluster(self: Any) -> Any:
    params = self.params
    engine = (params.get("Engine") or "redis").lower()
    zone = params.get("PreferredAvailabilityZone") or zone_of(self, 0)
    cluster = make_cluster(self, params["CacheClusterId"], params, engine, zone)
    keep_tags(self, cluster["ARN"])
    return result({"CacheCluster": cluster})


def describe_cache_clusters(self: Any) -> Any:
    clusters = listed(clusters_of(self), self.params.get("CacheClusterId"), "CacheClusterNotFound")
    return result({"CacheClusters": clusters})


def modify_cache_cluster(self: Any) -> Any:
    cluster = found(clusters_of(self), self.params["CacheClusterId"], "CacheClusterNotFound")
    modify_cluster(cluster, self.params)
    return result({"CacheCluster": cluster})


def delete_cache_cluster(self: Any) -> Any:
    cluster = found(clusters_of(self), self.params["CacheClusterId"], "CacheClusterNotFound")
    del clusters_of(self)[self.params["CacheClusterId"]]
    return result({"CacheCluster": {**cluster, "CacheClusterStatus": "deleting"}})


def make_cluster(
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
        "TransitEncryptionMode": transit_encryption_mode(params),
        "AtRestEncryptionEnabled": bool(params.get("AtRestEncryptionEnabled")),
        "NetworkType": params.get("NetworkType") or "ipv4",
        "IpDiscovery": params.get("IpDiscovery") or "ipv4",
        "ReplicationGroupId": replication_group_id,
        "ConfigurationEndpoint": {"Address": f"cfg.{domain}", "Port": port} if engine == "memcached" else None,
        "LogDeliveryConfigurations": log_deliveries([], params),
        "ARN": arn_of(self, "cluster", name),
    }
    if params.get("NotificationTopicArn"):
        cluster["NotificationConfiguration"] = {"TopicArn": params["NotificationTopicArn"], "TopicStatus": "active"}
    clusters_of(self)[name] = without_none(cluster)
    return clusters_of(self)[name]


def modify_cluster(cluster: Record, params: Any) -> None:
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


def log_deliveries(old: List[Record], params: Any) -> List[Record]:
    """One delivery per log type; a request can add, change and switch off."""
    deliveries = {delivery["LogType"]: delivery for delivery in old}
    for request in params.get("LogDeliveryConfigurations") or []:
        if request.get("Enabled") is False:
            deliveries.pop(request["LogType"], None)
        else:
            delivery = {key: value for key, value in request.items() if key != "Enabled"}
            deliveries[request["LogType"]] = {**delivery, "Status": "active"}
    return list(deliveries.values())


def transit_encryption_mode(params: Any) -> Optional[str]:
    return (params.get("TransitEncryptionMode") or "required") if params.get("TransitEncryptionEnabled") else None
