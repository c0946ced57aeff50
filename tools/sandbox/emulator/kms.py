"""KMS: how often a key rotates, and replicas of their own.

Fills EnableKeyRotation and GetKeyRotationStatus, where moto forgets the period, and ReplicateKey, where moto's replica
shares the primary's record and forgets its own description, policy and tags.
"""

from __future__ import annotations

import json
from copy import copy
from typing import Any, Callable

from moto.kms.models import KmsBackend, kms_backends
from moto.kms.responses import KmsResponse

from .filler import Filler, wrap

FILLERS = [
    Filler(
        "kms",
        ("EnableKeyRotation", "GetKeyRotationStatus"),
        "aws_kms_key.rotation_period_in_days; moto forgets it, a change in every plan",
    ),
    Filler(
        "kms",
        ("ReplicateKey",),
        "aws_kms_replica_key; moto's replica takes over the primary's record, and has no tags to wait for",
    ),
]

DEFAULT_PERIOD_DAYS = 365


def install() -> None:
    wrap(KmsResponse, "enable_key_rotation", _remembering_period)
    wrap(KmsResponse, "get_key_rotation_status", _with_period)
    wrap(KmsBackend, "replicate_key", lambda _original: _replicate)
    wrap(KmsResponse, "replicate_key", _with_own_settings)


def _key(self: Any) -> Any:
    backend = self.kms_backend
    return backend.keys[backend.get_key_id(self._get_param("KeyId"))]


def _remembering_period(original: Callable[..., str]) -> Callable[..., str]:
    def enable_key_rotation(self: Any) -> str:
        answer = original(self)
        _key(self).groundplan_rotation_days = self._get_param("RotationPeriodInDays") or DEFAULT_PERIOD_DAYS
        return answer

    return enable_key_rotation


def _with_period(original: Callable[..., str]) -> Callable[..., str]:
    def get_key_rotation_status(self: Any) -> str:
        status = json.loads(original(self))
        if status["KeyRotationEnabled"]:
            status["RotationPeriodInDays"] = getattr(_key(self), "groundplan_rotation_days", DEFAULT_PERIOD_DAYS)
        return json.dumps(status)

    return get_key_rotation_status


def _replicate(self: Any, key_id: str, replica_region: str) -> Any:
    primary = self.keys[self.get_key_id(key_id)]
    replica = copy(primary)
    replica.region = replica_region
    replica.arn = primary.arn.replace(f":{self.region_name}:", f":{replica_region}:")
    replica.description = ""
    # The list of replicas is the same in every region; the type of the key is not.
    shared = primary.multi_region_configuration
    shared["ReplicaKeys"].append({"Arn": replica.arn, "Region": replica_region})
    replica.multi_region_configuration = {**shared, "MultiRegionKeyType": "REPLICA"}
    kms_backends[self.account_id][replica_region].keys[replica.id] = replica
    return replica


def _with_own_settings(original: Callable[..., str]) -> Callable[..., str]:
    def replicate_key(self: Any) -> str:
        answer = json.loads(original(self))
        backend = kms_backends[self.current_account][self._get_param("ReplicaRegion")]
        replica = backend.keys[answer["ReplicaKeyMetadata"]["KeyId"]]
        replica.description = self._get_param("Description") or ""
        replica.policy = self._get_param("Policy") or replica.generate_default_policy()
        backend.tag_resource(replica.id, self._get_param("Tags") or [])
        answer["ReplicaKeyMetadata"] = replica.to_dict()["KeyMetadata"]
        return json.dumps({**answer, "ReplicaPolicy": replica.policy, "ReplicaTags": self._get_param("Tags") or []})

    return replicate_key
