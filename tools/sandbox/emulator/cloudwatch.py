"""CloudWatch: composite alarms.

Fills PutCompositeAlarm, which moto has not although its alarms can carry a rule.
"""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.responses import CloudWatchResponse

from .filler import Filler, add_actions

FILLERS = [Filler("cloudwatch", ("PutCompositeAlarm",), "aws_cloudwatch_composite_alarm; moto has none")]


def install() -> None:
    add_actions(CloudWatchResponse, (put_composite_alarm,))


def put_composite_alarm(self: Any) -> Any:
    return self.put_metric_alarm()
