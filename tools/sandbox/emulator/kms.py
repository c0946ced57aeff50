"""KMS: how often a key rotates.

Fills EnableKeyRotation and GetKeyRotationStatus; moto forgets the period.
"""

from __future__ import annotations

import json
from typing import Any, Callable

from moto.kms.responses import KmsResponse

from .filler import Filler, wrap

FILLERS = [
    Filler(
        "kms",
        ("EnableKeyRotation", "GetKeyRotationStatus"),
        "aws_kms_key.rotation_period_in_days; moto forgets it, a change in every plan",
    ),
]

DEFAULT_PERIOD_DAYS = 365


def install() -> None:
    wrap(KmsResponse, "enable_key_rotation", _remembering_period)
    wrap(KmsResponse, "get_key_rotation_status", _with_period)


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
