"""CodePipeline: times as numbers.

Fills GetPipeline and ListPipelines, whose times the SDK refuses to read as text.
"""

from __future__ import annotations

from typing import Any

from moto.codepipeline import models

from .filler import Filler

FILLERS = [
    Filler("codepipeline", ("GetPipeline", "ListPipelines"), "aws_codepipeline; moto answers times as text"),
]


def install() -> None:
    models.iso_8601_datetime_with_milliseconds = _seconds


def _seconds(value: Any) -> float:
    return round(value.timestamp(), 3)
