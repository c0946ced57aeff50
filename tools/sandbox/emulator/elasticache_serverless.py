"""ElastiCache: serverless caches.

Fills Create/Describe/Modify/DeleteServerlessCache; moto has none of them.
"""

from __future__ import annotations

from typing import Any, Dict

from moto.core.utils import utcnow
from moto.elasticache.responses import ElastiCacheResponse

from .elasticache import arn_of, found, keep_tags, listed
from .filler import Filler, Record, add_actions, records, result, without_none

FILLERS = [
    Filler(
        "elasticache",
        ("CreateServerlessCache", "DescribeServerlessCaches", "ModifyServerlessCache", "DeleteServerlessCache"),
        "aws_elasticache_serverless_cache; moto has none of them",
    ),
]

# What a serverless cache runs when only the engine is given.
DEFAULT_MAJOR_VERSION = {"redis": "7", "valkey": "8", "memcached": "1.6"}


def install() -> None:
    add_actions(
        ElastiCacheResponse,
        (
            create_serverless_cache,
            describe_serverless_caches,
            modify_serverless_cache,
            delete_serverless_cache,
        ),
    )


def _serverless_caches(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "serverless_caches")


def create_serverless_cache(self: Any) -> Any:
    params, name = self.params, self.params["ServerlessCacheName"]
    engine = params["Engine"].lower()
    version = params.get("MajorEngineVersion") or DEFAULT_MAJOR_VERSION[engine]
    host = f"{name}-groundplan.serverless.{self.region}.cache.amazonaws.com"
    cache = {
        "ServerlessCacheName": name,
        "Description": params.get("Description") or " ",
        "CreateTime": utcnow(),
        "Status": "available",
        "Engine": engine,
        "MajorEngineVersion": version,
        "FullEngineVersion": f"{version}.1",
        "CacheUsageLimits": params.get("CacheUsageLimits"),
        "KmsKeyId": params.get("KmsKeyId"),
        "SecurityGroupIds": list(params.get("SecurityGroupIds") or []),
        "SubnetIds": list(params.get("SubnetIds") or []),
        "UserGroupId": params.get("UserGroupId"),
        "Endpoint": {"Address": host, "Port": 6379},
        "ReaderEndpoint": {"Address": host, "Port": 6380},
        "SnapshotRetentionLimit": int(params.get("SnapshotRetentionLimit") or 0),
        "DailySnapshotTime": params.get("DailySnapshotTime") or "03:00",
        "ARN": arn_of(self, "serverlesscache", name),
    }
    _serverless_caches(self)[name] = without_none(cache)
    keep_tags(self, cache["ARN"])
    return result({"ServerlessCache": _serverless_caches(self)[name]})


def describe_serverless_caches(self: Any) -> Any:
    name = self.params.get("ServerlessCacheName")
    return result({"ServerlessCaches": listed(_serverless_caches(self), name, "ServerlessCacheNotFoundFault")})


def modify_serverless_cache(self: Any) -> Any:
    cache = found(_serverless_caches(self), self.params["ServerlessCacheName"], "ServerlessCacheNotFoundFault")
    for key in (
        "Description",
        "Engine",
        "MajorEngineVersion",
        "CacheUsageLimits",
        "SecurityGroupIds",
        "UserGroupId",
        "SnapshotRetentionLimit",
        "DailySnapshotTime",
    ):
        if self.params.get(key) is not None:
            cache[key] = self.params[key]
    if self.params.get("RemoveUserGroup"):
        cache.pop("UserGroupId", None)
    return result({"ServerlessCache": cache})


def delete_serverless_cache(self: Any) -> Any:
    name = self.params["ServerlessCacheName"]
    cache = found(_serverless_caches(self), name, "ServerlessCacheNotFoundFault")
    del _serverless_caches(self)[name]
    return result({"ServerlessCache": {**cache, "Status": "deleting"}})
