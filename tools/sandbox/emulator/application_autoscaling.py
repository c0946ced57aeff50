"""Application Auto Scaling: tags of a scalable target.

Fills ListTagsForResource, TagResource and UntagResource, and the tags of RegisterScalableTarget. The provider reads
the tags of every target, and moto has no such action, so that neither a target nor anything on it can be created.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Dict

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from .filler import Filler, add_actions, records, wrap

FILLERS = [
    Filler(
        "application-autoscaling",
        ("ListTagsForResource", "TagResource", "UntagResource", "RegisterScalableTarget"),
        "aws_appautoscaling_target reads its tags; moto keeps none",
    ),
]


def install() -> None:
    wrap(ApplicationAutoScalingResponse, "register_scalable_target", _with_tags)
    add_actions(ApplicationAutoScalingResponse, (list_tags_for_resource, tag_resource, untag_resource))


def _tags(self: Any, arn: str) -> Dict[str, str]:
    return records(self.applicationautoscaling_backend, "tags").setdefault(arn, {})


def _with_tags(original: Callable[..., str]) -> Callable[..., str]:
    def register(self: Any) -> str:
        answer = original(self)
        _tags(self, json.loads(answer)["ScalableTargetARN"]).update(self._get_param("Tags") or {})
        return answer

    return register


def list_tags_for_resource(self: Any) -> str:
    return json.dumps({"Tags": _tags(self, self._get_param("ResourceARN"))})


def tag_resource(self: Any) -> str:
    _tags(self, self._get_param("ResourceARN")).update(self._get_param("Tags") or {})
    return "{}"


def untag_resource(self: Any) -> str:
    for key in self._get_param("TagKeys") or []:
        _tags(self, self._get_param("ResourceARN")).pop(key, None)
    return "{}"
