"""ElastiCache: parameter groups, subnet groups and tags.

Fills Create/Describe/Modify/Reset/DeleteCacheParameterGroup, DescribeCacheParameters and
Modify/DeleteCacheSubnetGroup, which moto has not, and ListTagsForResource, AddTagsToResource and
RemoveTagsFromResource, which moto refuses for most kinds of resource.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from moto.elasticache.responses import ElastiCacheResponse

from .filler import Filler, Record, add_actions, failure, records, result, tags_of

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
]


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
