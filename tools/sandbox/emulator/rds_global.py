"""RDS global clusters: what they remember, and clusters that leave them.

Fills CreateGlobalCluster, DescribeGlobalClusters, ModifyGlobalCluster and RemoveFromGlobalCluster, and the tags of a
global cluster. moto drops the database's name and the tags (a replacement in every plan), ignores filters, finds a
source cluster in us-east-1 only, and looks for the cluster that leaves in the wrong place, so that a global cluster
can never be deleted.
"""

from __future__ import annotations

from typing import Any, Callable, List

from moto.rds.models import find_cluster, rds_backends
from moto.rds.responses import RDSResponse

from .filler import Filler, add_actions, failure, merged_tags, result, tags_of, wrap

FILLERS = [
    Filler(
        "rds",
        ("CreateGlobalCluster", "DescribeGlobalClusters", "ModifyGlobalCluster"),
        "aws_rds_global_cluster; moto drops its database name and tags, a replacement in every plan",
    ),
    Filler(
        "rds",
        ("RemoveFromGlobalCluster",),
        "destroying a global cluster; moto does not find its members, and it is never empty",
    ),
    Filler(
        "rds",
        ("AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource"),
        "the tags of a global cluster; moto looks for them in the region that asks",
    ),
]

ARN_MARK = ":global-cluster:"
LIFECYCLE_SUPPORT = "open-source-rds-extended-support"


def install() -> None:
    wrap(RDSResponse, "create_global_cluster", _remembering)
    wrap(RDSResponse, "describe_global_clusters", lambda _original: _describe)
    wrap(RDSResponse, "delete_global_cluster", _when_it_exists)
    wrap(RDSResponse, "remove_from_global_cluster", lambda _original: _remove)
    wrap(RDSResponse, "list_tags_for_resource", _listing_tags)
    wrap(RDSResponse, "add_tags_to_resource", _adding_tags)
    wrap(RDSResponse, "remove_tags_from_resource", _removing_tags)
    add_actions(RDSResponse, (modify_global_cluster,))


def _cluster(self: Any, identifier: str) -> Any:
    clusters = self.global_backend.global_clusters
    if identifier not in clusters:
        raise failure("GlobalClusterNotFoundFault", f"Global cluster {identifier} not found")
    return clusters[identifier]


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_global_cluster(self: Any) -> Any:
        params = self.params
        source_arn = params.pop("SourceDBClusterIdentifier", None)
        source = find_cluster(source_arn) if source_arn else None
        if source is not None:
            params.update(Engine=source.engine, EngineVersion=source.engine_version)
            params["StorageEncrypted"] = source.storage_encrypted
        answer = original(self)
        cluster = answer.result["GlobalCluster"]
        cluster.database_name = source.database_name if source else params.get("DatabaseName")
        cluster.engine_lifecycle_support = params.get("EngineLifecycleSupport") or LIFECYCLE_SUPPORT
        cluster.tags = tags_of(params)
        if source is not None:
            source.global_cluster_identifier, source.is_writer = cluster.global_cluster_identifier, True
            cluster.members.append(source)
        return answer

    return create_global_cluster


def _describe(self: Any) -> Any:
    identifier = self.params.get("GlobalClusterIdentifier")
    if identifier:
        return result({"GlobalClusters": [_cluster(self, identifier)]})
    clusters = self.global_backend.describe_global_clusters()
    for item in self.params.get("Filters") or []:
        if item["Name"] != "db-cluster-id":
            raise NotImplementedError(f"filter {item['Name']}")
        clusters = [cluster for cluster in clusters if set(item["Values"]) & _names(cluster)]
    return result({"GlobalClusters": clusters})


def _names(cluster: Any) -> set:
    members = cluster.members
    return {member.db_cluster_arn for member in members} | {member.db_cluster_identifier for member in members}


def _when_it_exists(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete_global_cluster(self: Any) -> Any:
        cluster = _cluster(self, self.params["GlobalClusterIdentifier"])
        if cluster.deletion_protection:
            raise failure("InvalidGlobalClusterStateFault", "This global cluster has deletion protection enabled")
        # A member can be deleted without having left first.
        cluster.members[:] = [member for member in cluster.members if _exists(self, member)]
        return original(self)

    return delete_global_cluster


def _exists(self: Any, member: Any) -> bool:
    return member.db_cluster_identifier in rds_backends[self.current_account][member.region].clusters


def _remove(self: Any) -> Any:
    cluster = _cluster(self, self.params["GlobalClusterIdentifier"])
    name = self.params["DbClusterIdentifier"]
    for member in cluster.members:
        if name in (member.db_cluster_arn, member.db_cluster_identifier):
            cluster.members.remove(member)
            member.global_cluster_identifier = None
            return result({"GlobalCluster": cluster})
    raise failure("InvalidParameterValue", f"{name} is not found in global cluster {cluster.resource_id}")


def modify_global_cluster(self: Any) -> Any:
    cluster = _cluster(self, self.params["GlobalClusterIdentifier"])
    if self.params.get("NewGlobalClusterIdentifier"):
        raise NotImplementedError("renaming a global cluster")
    if self.params.get("DeletionProtection") is not None:
        cluster.deletion_protection = self.params["DeletionProtection"]
    if self.params.get("EngineVersion"):
        cluster.engine_version = self.params["EngineVersion"]
        for member in cluster.members:
            member.engine_version = cluster.engine_version
    return result({"GlobalCluster": cluster})


def _tagged(self: Any) -> Any:
    """The global cluster whose tags are asked for, if it is one."""
    arn = self.params["ResourceName"]
    return _cluster(self, arn.split(ARN_MARK)[1]) if ARN_MARK in arn else None


def _listing_tags(original: Callable[..., Any]) -> Callable[..., Any]:
    def list_tags_for_resource(self: Any) -> Any:
        cluster = _tagged(self)
        return original(self) if cluster is None else result({"TagList": cluster.tags})

    return list_tags_for_resource


def _adding_tags(original: Callable[..., Any]) -> Callable[..., Any]:
    def add_tags_to_resource(self: Any) -> Any:
        cluster = _tagged(self)
        if cluster is None:
            return original(self)
        cluster.tags = merged_tags(cluster.tags, tags_of(self.params))
        return result()

    return add_tags_to_resource


def _removing_tags(original: Callable[..., Any]) -> Callable[..., Any]:
    def remove_tags_from_resource(self: Any) -> Any:
        cluster = _tagged(self)
        if cluster is None:
            return original(self)
        keys: List[str] = list(self.params.get("TagKeys") or [])
        cluster.tags = [tag for tag in cluster.tags if tag["Key"] not in keys]
        return result()

    return remove_tags_from_resource
