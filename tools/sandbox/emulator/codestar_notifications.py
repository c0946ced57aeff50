"""CodeStar Notifications: rules that tell a topic about a pipeline.

Fills CreateNotificationRule, DescribeNotificationRule, UpdateNotificationRule, DeleteNotificationRule, DeleteTarget,
ListTargets and tags; moto has no such service.
"""

from __future__ import annotations

import uuid
from typing import Any, Dict

from .filler import Filler, Record, failure
from .own_service import Call, OwnService

FILLERS = [
    Filler(
        "codestar-notifications",
        (
            "CreateNotificationRule",
            "DescribeNotificationRule",
            "UpdateNotificationRule",
            "DeleteNotificationRule",
            "DeleteTarget",
            "ListTargets",
        ),
        "aws_codestarnotifications_notification_rule; moto has no such service",
    ),
]

CHANGEABLE = ("Name", "Status", "DetailType")


def install() -> None:
    """Nothing of moto changes."""


def _rule(call: Call) -> Record:
    rule = call.records("rules").get(call.body["Arn"])
    if rule is None:
        raise failure("ResourceNotFoundException", f"No notification rule {call.body['Arn']}")
    return rule


def _contents(body: Record) -> Record:
    contents: Dict[str, Any] = {key: body[key] for key in CHANGEABLE if body.get(key) is not None}
    if body.get("EventTypeIds") is not None:
        contents["EventTypes"] = [{"EventTypeId": event_type} for event_type in body["EventTypeIds"]]
    if body.get("Targets") is not None:
        contents["Targets"] = [{**target, "TargetStatus": "ACTIVE"} for target in body["Targets"]]
    return contents


def create_notification_rule(call: Call) -> Record:
    arn = call.arn(f"notificationrule/{uuid.uuid4().hex}")
    tags = call.body.get("Tags") or {}
    fixed = {"Arn": arn, "Resource": call.body["Resource"], "Status": "ENABLED", "Targets": [], "Tags": tags}
    call.records("rules")[arn] = {**fixed, **_contents(call.body)}
    return {"Arn": arn}


def describe_notification_rule(call: Call) -> Record:
    return _rule(call)


def update_notification_rule(call: Call) -> Record:
    _rule(call).update(_contents(call.body))
    return {}


def delete_notification_rule(call: Call) -> Record:
    call.records("rules").pop(call.body["Arn"], None)
    return {"Arn": call.body["Arn"]}


def list_targets(call: Call) -> Record:
    return {"Targets": [target for rule in call.records("rules").values() for target in rule["Targets"]]}


def delete_target(_call: Call) -> Record:
    """Targets live in their rules only."""
    return {}


OWN_SERVICES = (
    OwnService(
        "codestar-notifications",
        (
            create_notification_rule,
            describe_notification_rule,
            update_notification_rule,
            delete_notification_rule,
            list_targets,
            delete_target,
        ),
    ),
)
