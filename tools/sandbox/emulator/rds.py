"""RDS: what an instance, a replica and a parameter group remember.

Fills CreateDBInstance, ModifyDBInstance, CreateDBInstanceReadReplica, DeleteDBInstance, ModifyDBParameterGroup,
ModifyDBClusterParameterGroup, DescribeDBClusters and DescribeDBEngineVersions. moto answers the first seven, but
without members that Terraform compares, so that every plan after the first shows changes.
"""

from __future__ import annotations

import copy
import random
import string
from typing import Any, Callable, Dict

from moto.rds.models import (
    DBCluster,
    DBClusterParameterGroup,
    DBInstance,
    DBParameterGroup,
    RDSBackend,
)
from moto.rds.responses import RDSResponse

from .filler import Filler, add_actions, result, wrap, wrap_property

FILLERS = [
    Filler(
        "rds",
        ("CreateDBInstance",),
        "moto gives every instance one resource id, so that the provider cannot find the second in a region",
    ),
    Filler(
        "rds",
        ("CreateDBInstance", "ModifyDBInstance"),
        "moto forgets enhanced monitoring, Performance Insights and the engine lifecycle, a change in every plan",
    ),
    Filler(
        "rds",
        ("CreateDBInstanceReadReplica", "DeleteDBInstance"),
        "moto's replica shares the primary's lists and id, and a replica in another region cannot be deleted",
    ),
    Filler(
        "rds",
        ("ModifyDBParameterGroup", "ModifyDBClusterParameterGroup"),
        "the provider reads parameters with Source=user only; moto's have no source",
    ),
    Filler("rds", ("DescribeDBClusters",), "moto answers an empty scaling configuration, a change in every plan"),
    Filler("rds", ("DescribeDBEngineVersions",), "data aws_rds_engine_version; moto has none"),
]

RESOURCE_ID_CHARACTERS = string.ascii_uppercase + string.digits
RESOURCE_ID_LENGTH = 26

DEFAULT_VERSION = {"postgres": "16.4", "aurora-postgresql": "16.4", "mysql": "8.0.39", "aurora-mysql": "8.0.39"}
INSIGHTS_RETENTION_DAYS = 7

# How a request names what an instance's record names otherwise.
REMEMBERED = {
    "monitoring_interval": "monitoring_interval",
    "monitoring_role_arn": "monitoring_role_arn",
    "enable_performance_insights": "performance_insights_enabled",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
    "database_insights_mode": "database_insights_mode",
    "engine_lifecycle_support": "engine_lifecycle_support",
    "promotion_tier": "promotion_tier",
    "network_type": "network_type",
    "dedicated_log_volume": "dedicated_log_volume",
}


def install() -> None:
    wrap(DBInstance, "__init__", _with_own_resource_id)
    wrap(DBInstance, "remove_replica", lambda _original: _remove_replica)
    wrap(RDSBackend, "create_db_instance", _remembering)
    wrap(RDSBackend, "modify_db_instance", _remembering)
    wrap(RDSBackend, "create_db_instance_read_replica", lambda _original: _create_read_replica)
    wrap(DBParameterGroup, "update_parameters", _with_user_source)
    wrap(DBClusterParameterGroup, "update_cluster_parameters", _with_user_source)
    wrap_property(DBCluster, "scaling_configuration_info", _or_none)
    add_actions(RDSResponse, (describe_db_engine_versions,))


def _new_resource_id() -> str:
    return "db-" + "".join(random.choices(RESOURCE_ID_CHARACTERS, k=RESOURCE_ID_LENGTH))


def _with_own_resource_id(original: Callable[..., None]) -> Callable[..., None]:
    def initialize(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.dbi_resource_id = _new_resource_id()

    return initialize


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    """Both actions take the request as their last argument."""

    def create_or_modify(self: Any, *args: Any) -> Any:
        database = original(self, *args)
        _remember(database, args[-1])
        return database

    return create_or_modify


def _remember(database: Any, request: Any) -> None:
    for parameter, attribute in REMEMBERED.items():
        if request.get(parameter) is not None:
            setattr(database, attribute, request[parameter])
    if not getattr(database, "performance_insights_enabled", False):
        return
    if not getattr(database, "performance_insights_retention_period", None):
        database.performance_insights_retention_period = INSIGHTS_RETENTION_DAYS
    if not getattr(database, "performance_insights_kms_key_id", None):
        account, region = database.account_id, database.region
        database.performance_insights_kms_key_id = f"arn:aws:kms:{region}:{account}:key/aws-rds"


def _create_read_replica(self: Any, request: Any) -> Any:
    source = request["source_db_instance_identifier"]
    primary = self.find_db_from_id(source)
    replica = copy.copy(primary)
    # A shallow copy shares the primary's lists, and a replica starts without what is chosen per instance.
    replica.dbi_resource_id = _new_resource_id()
    replica.tags = []
    replica.enabled_cloudwatch_logs_exports = list(request.get("enable_cloudwatch_logs_exports") or [])
    replica.deletion_protection = False
    replica.multi_az = False
    replica.enable_iam_database_authentication = False
    for attribute in REMEMBERED.values():
        replica.__dict__.pop(attribute, None)
    # The master user's secret belongs to the primary; deleting the replica must not delete it.
    replica.manage_master_user_password = False
    replica.__dict__.pop("master_user_secret", None)
    if self.arn_regex.match(source):
        replica.backend = self
        replica.db_parameter_group_name = None
    replica.update(**request)
    replica.set_as_replica()
    _remember(replica, request)
    self.databases[request["db_instance_identifier"]] = replica
    primary.add_replica(replica)
    return replica


def _remove_replica(self: Any, replica: Any) -> None:
    """moto looks for the name only, and a replica in another region is listed by its ARN."""
    names = (replica.db_instance_identifier, replica.db_instance_arn)
    self.replicas[:] = [name for name in self.replicas if name not in names]


def _with_user_source(original: Callable[..., None]) -> Callable[..., None]:
    def update(self: Any, new_parameters: Any) -> None:
        parameters = list(new_parameters)
        for parameter in parameters:
            parameter.setdefault("Source", "user")
        original(self, parameters)

    return update


def _or_none(original: Callable[..., Any]) -> Callable[..., Any]:
    def scaling_configuration_info(self: Any) -> Any:
        return original(self) if self.scaling_configuration else None

    return scaling_configuration_info


def describe_db_engine_versions(self: Any) -> Any:
    engine = self.params.get("Engine")
    version = self.params.get("EngineVersion") or DEFAULT_VERSION.get(engine, "1.0")
    major = ".".join(version.split(".")[:2]) if "mysql" in engine else version.split(".")[0]
    answer: Dict[str, Any] = {
        "Engine": engine,
        "EngineVersion": version,
        "DBParameterGroupFamily": f"{engine}{major}",
        "Status": "available",
    }
    return result({"DBEngineVersions": [answer]})
