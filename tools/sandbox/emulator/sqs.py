"""SQS: a redrive policy is answered without spaces, as AWS does.

Fills GetQueueAttributes; the provider compares the text, and moto's has spaces.
"""

from __future__ import annotations

import json
from typing import Any, Callable

from moto.sqs.models import Queue

from .filler import Filler, wrap_property

FILLERS = [Filler("sqs", ("GetQueueAttributes",), "aws_sqs_queue.redrive_policy is compared as text; moto adds spaces")]


def install() -> None:
    wrap_property(Queue, "attributes", _compact)


def _compact(original: Callable[..., Any]) -> Callable[..., Any]:
    def attributes(self: Any) -> Any:
        answer = original(self)
        if answer.get("RedrivePolicy"):
            answer["RedrivePolicy"] = json.dumps(json.loads(answer["RedrivePolicy"]), separators=(",", ":"))
        return answer

    return attributes
