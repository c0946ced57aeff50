"""ElastiCache: parameter and subnet groups, users, user groups and serverless caches.

Fills Create/Describe/Modify/Reset/DeleteCacheParameterGroup, DescribeCacheParameters, Modify/DeleteCacheSubnetGroup,
Create/Describe/Modify/DeleteUser, Create/Describe/Modify/DeleteUserGroup and
Create/Describe/Modify/DeleteServerlessCache, which moto has not or answers without what Terraform compares.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from moto.core.utils import utcnow
from moto.elasticache.responses import ElastiCacheResponse

from .filler import Filler, Record, add_actions, failure, records, result, tags_of, without_none

FILLERS = [
    Filler(
        "elasticache",
        (
            "CreateCacheParameterGroup",
            "DescribeCacheParameterGroups",
            "ModifyCacheParameterGroup",
            "ResetCacheParameterGroup",
            "DescribeCacheParameters",
            "DeleteCacheParameterGroup",
        ),
        "aws_elasticache_parameter_group; moto has none of them",
    ),
    Filler(
        "elasticache",
        ("ListTagsForResource", "AddTagsToResource", "RemoveTagsFromResource"),
        "tags of parameter groups, user groups and serverless caches; moto refuses their ARNs",
    ),
    Filler(
        "elasticache",
        ("ModifyCacheSubnetGroup", "DeleteCacheSubnetGroup"),
        "aws_elasticache_subnet_group; moto can create a subnet group and not delete it",
    ),
    Filler(
        "elasticache",
        ("CreateUser", "DescribeUsers", "ModifyUser", "DeleteUser"),
        "aws_elasticache_user; moto keeps no tags, knows no valkey and leaves a deleted user behind",
    ),
    Filler(
        "elasticache",
        ("CreateUserGroup", "DescribeUserGroups", "ModifyUserGroup", "DeleteUserGroup"),
        "aws_elasticache_user_group and _association; moto has none of them",
    ),
    Filler(
        "elasticache",
        ("CreateServerlessCache", "DescribeServerlessCaches", "ModifyServerlessCache", "DeleteServerlessCache"),
        "aws_elasticache_serverless_cache; moto has none of them",
    ),
]

# What a serverless cache runs when only the engine is given.
DEFAULT_MAJOR_VERSION = {"redis": "7", "valkey": "8", "memcached": "1.6"}

# A user's way to authenticate is written one way in requests and another in answers.
AUTHENTICATION_TYPE = {"password": "password", "iam": "iam", "no-password-required": "no-password"}


def install() -> None:
    add_actions(
        ElastiCacheResponse,
        (
            list_tags_for_resource,
            add_tags_to_resource,
            remove_tags_from_resource,
            create_cache_parameter_group,
            describe_cache_parameter_groups,
            modify_cache_parameter_group,
            reset_cache_parameter_group,
            describe_cache_parameters,
            delete_cache_parameter_group,
            modify_cache_subnet_group,
            delete_cache_subnet_group,
            create_user,
            describe_users,
            modify_user,
            delete_user,
            create_user_group,
            describe_user_groups,
            modify_user_group,
            delete_user_group,
            create_serverless_cache,
            describe_serverless_caches,
            modify_serverless_cache,
            delete_serverless_cache,
        ),
    )


def arn_of(self: Any, kind: str, name: str) -> str:
    return f"arn:{self.partition}:elasticache:{self.region}:{self.current_account}:{kind}:{name}"


def found(all_records: Dict[str, Record], name: str, code: str) -> Record:
    """The record of that name, or the error AWS answers when there is none."""
    if name not in all_records:
        raise failure(code, f"{name} not found.")
    return all_records[name]


def listed(all_records: Dict[str, Record], name: Optional[str], code: str) -> List[Record]:
    """The records a Describe action answers: one by name, or all."""
    return [found(all_records, name, code)] if name else list(all_records.values())


# Tags


def _tags(self: Any, arn: str) -> Any:
    return self.elasticache_backend.tagging_service.list_tags_for_resource(arn)["Tags"]


def keep_tags(self: Any, arn: str) -> None:
    """Keeps the tags of a Create action; a new resource does not inherit those of an old one of its name."""
    self.elasticache_backend.tagging_service.delete_all_tags_for_resource(arn)
    self.elasticache_backend.tagging_service.tag_resource(arn, tags_of(self.params))


def list_tags_for_resource(self: Any) -> Any:
    return result({"TagList": _tags(self, self.params["ResourceName"])})


def add_tags_to_resource(self: Any) -> Any:
    arn = self.params["ResourceName"]
    self.elasticache_backend.tagging_service.tag_resource(arn, tags_of(self.params))
    return result({"TagList": _tags(self, arn)})


def remove_tags_from_resource(self: Any) -> Any:
    arn = self.params["ResourceName"]
    self.elasticache_backend.tagging_service.untag_resource_using_names(arn, self.params.get("TagKeys") or [])
    return result({"TagList": _tags(self, arn)})


# Parameter groups


def _parameter_groups(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "parameter_groups")


def _parameters(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "parameters")


def create_cache_parameter_group(self: Any) -> Any:
    name = self.params["CacheParameterGroupName"]
    group = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": self.params["CacheParameterGroupFamily"],
        "Description": self.params.get("Description"),
        "IsGlobal": False,
        "ARN": arn_of(self, "parametergroup", name),
    }
    _parameter_groups(self)[name] = group
    _parameters(self)[name] = {}
    keep_tags(self, group["ARN"])
    return result({"CacheParameterGroup": group})


def describe_cache_parameter_groups(self: Any) -> Any:
    name = self.params.get("CacheParameterGroupName")
    groups = listed(_parameter_groups(self), name, "CacheParameterGroupNotFound")
    return result({"CacheParameterGroups": groups})


def modify_cache_parameter_group(self: Any) -> Any:
    name = self.params["CacheParameterGroupName"]
    values = found(_parameters(self), name, "CacheParameterGroupNotFound")
    for parameter in self.params.get("ParameterNameValues") or []:
        values[parameter["ParameterName"]] = parameter["ParameterValue"]
    return result({"CacheParameterGroupName": name})


def reset_cache_parameter_group(self: Any) -> Any:
    name = self.params["CacheParameterGroupName"]
    values = found(_parameters(self), name, "CacheParameterGroupNotFound")
    for parameter in self.params.get("ParameterNameValues") or []:
        values.pop(parameter["ParameterName"], None)
    return result({"CacheParameterGroupName": name})


def describe_cache_parameters(self: Any) -> Any:
    values = found(_parameters(self), self.params["CacheParameterGroupName"], "CacheParameterGroupNotFound")
    parameters = [{"ParameterName": key, "ParameterValue": value, "Source": "user"} for key, value in values.items()]
    return result({"Parameters": parameters, "CacheNodeTypeSpecificParameters": []})


def delete_cache_parameter_group(self: Any) -> Any:
    name = self.params["CacheParameterGroupName"]
    found(_parameter_groups(self), name, "CacheParameterGroupNotFound")
    del _parameter_groups(self)[name]
    del _parameters(self)[name]
    return result()


# Subnet groups


def modify_cache_subnet_group(self: Any) -> Any:
    groups = self.elasticache_backend.cache_subnet_groups
    group = found(groups, self.params["CacheSubnetGroupName"], "CacheSubnetGroupNotFoundFault")
    replacement = type(group)(
        account_id=self.current_account,
        region_name=self.region,
        cache_subnet_group_name=self.params["CacheSubnetGroupName"],
        cache_subnet_group_description=self.params.get("CacheSubnetGroupDescription"),
        subnet_ids=list(self.params.get("SubnetIds") or []),
        tags=[],
    )
    groups[self.params["CacheSubnetGroupName"]] = replacement
    return result({"CacheSubnetGroup": replacement})


def delete_cache_subnet_group(self: Any) -> Any:
    groups = self.elasticache_backend.cache_subnet_groups
    found(groups, self.params["CacheSubnetGroupName"], "CacheSubnetGroupNotFoundFault")
    del groups[self.params["CacheSubnetGroupName"]]
    return result()


# Users and user groups


def _users(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "users")


def _user_groups(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "user_groups")


def _authentication(params: Any) -> Record:
    mode = params.get("AuthenticationMode") or {}
    passwords = list(mode.get("Passwords") or params.get("Passwords") or [])
    kind = mode.get("Type") or ("no-password-required" if params.get("NoPasswordRequired") else "password")
    return without_none({"Type": AUTHENTICATION_TYPE[kind], "PasswordCount": len(passwords) or None})


def create_user(self: Any) -> Any:
    name = self.params["UserId"]
    if name in _users(self):
        raise failure("UserAlreadyExists", f"User {name} already exists.")
    user = {
        "UserId": name,
        "UserName": self.params["UserName"],
        "Status": "active",
        "Engine": self.params["Engine"].lower(),
        "MinimumEngineVersion": "7.2" if self.params["Engine"].lower() == "valkey" else "6.0",
        "AccessString": self.params["AccessString"],
        "UserGroupIds": [],
        "Authentication": _authentication(self.params),
        "ARN": arn_of(self, "user", name),
    }
    _users(self)[name] = user
    keep_tags(self, user["ARN"])
    return result(user)


def describe_users(self: Any) -> Any:
    return result({"Users": listed(_users(self), self.params.get("UserId"), "UserNotFound")})


def modify_user(self: Any) -> Any:
    user = found(_users(self), self.params["UserId"], "UserNotFound")
    if self.params.get("AccessString"):
        user["AccessString"] = self.params["AccessString"]
    if any(self.params.get(key) for key in ("AuthenticationMode", "Passwords", "NoPasswordRequired")):
        user["Authentication"] = _authentication(self.params)
    return result(user)


def delete_user(self: Any) -> Any:
    user = found(_users(self), self.params["UserId"], "UserNotFound")
    del _users(self)[self.params["UserId"]]
    return result({**user, "Status": "deleting"})


def create_user_group(self: Any) -> Any:
    name = self.params["UserGroupId"]
    if name in _user_groups(self):
        raise failure("UserGroupAlreadyExists", f"User group {name} already exists.")
    group = {
        "UserGroupId": name,
        "Status": "active",
        "Engine": self.params["Engine"].lower(),
        "UserIds": [],
        "MinimumEngineVersion": "7.2" if self.params["Engine"].lower() == "valkey" else "6.0",
        "ReplicationGroups": [],
        "ServerlessCaches": [],
        "ARN": arn_of(self, "usergroup", name),
    }
    _user_groups(self)[name] = group
    _set_members(self, group, list(self.params.get("UserIds") or []))
    keep_tags(self, group["ARN"])
    return result(group)


def describe_user_groups(self: Any) -> Any:
    groups = listed(_user_groups(self), self.params.get("UserGroupId"), "UserGroupNotFound")
    return result({"UserGroups": groups})


def modify_user_group(self: Any) -> Any:
    group = found(_user_groups(self), self.params["UserGroupId"], "UserGroupNotFound")
    removed = list(self.params.get("UserIdsToRemove") or [])
    added = list(self.params.get("UserIdsToAdd") or [])
    _set_members(self, group, [user for user in group["UserIds"] if user not in removed] + added)
    return result(group)


def delete_user_group(self: Any) -> Any:
    group = found(_user_groups(self), self.params["UserGroupId"], "UserGroupNotFound")
    _set_members(self, group, [])
    del _user_groups(self)[self.params["UserGroupId"]]
    return result({**group, "Status": "deleting"})


def _set_members(self: Any, group: Record, user_ids: List[str]) -> None:
    for user_id in user_ids:
        found(_users(self), user_id, "UserNotFound")
    group["UserIds"] = user_ids
    for user in _users(self).values():
        others = [name for name in user["UserGroupIds"] if name != group["UserGroupId"]]
        user["UserGroupIds"] = others + ([group["UserGroupId"]] if user["UserId"] in user_ids else [])


# Serverless caches


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
