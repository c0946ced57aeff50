"""RDS: the storage of Aurora clusters.

Fills CreateDBCluster and ModifyDBCluster. moto fails on the storage types of Aurora, of which it knows none; AWS answers
`aurora-iopt1`, and nothing for the standard `aurora`.
"""

from __future__ import annotations

from typing import Any, Callable

from moto.rds.models import DBCluster, RDSBackend

from .filler import Filler, wrap

FILLERS = [
    Filler(
        "rds",
        ("CreateDBCluster", "ModifyDBCluster"),
        "aws_rds_cluster.storage_type of Aurora; moto fails on it",
    ),
]

ENGINE = "aurora"
STANDARD = "aurora"


def install() -> None:
    wrap(DBCluster, "__init__", _with_storage)
    wrap(RDSBackend, "modify_db_cluster", _with_standard_storage)


def _with_storage(original: Callable[..., None]) -> Callable[..., None]:
    def initialize(self: Any, *args: Any, **kwargs: Any) -> None:
        if not str(kwargs.get("engine")).startswith(ENGINE):
            original(self, *args, **kwargs)
            return
        storage_type = kwargs.pop("storage_type", None)
        original(self, *args, **kwargs)
        self.storage_type = None if storage_type == STANDARD else storage_type

    return initialize


def _with_standard_storage(original: Callable[..., Any]) -> Callable[..., Any]:
    def modify_db_cluster(self: Any, request: Any) -> Any:
        if request.get("storage_type") == STANDARD:
            del request["storage_type"]
            self.clusters[request["db_cluster_identifier"]].storage_type = None
        return original(self, request)

    return modify_db_cluster
