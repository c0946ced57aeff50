"""Budgets: subscribers, tags and changes.

Fills DescribeSubscribersForNotification, UpdateBudget, ListTagsForResource, TagResource and UntagResource; moto has
none of them, and the provider calls the first and the third for every budget it reads.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Dict

from moto.budgets.responses import BudgetsResponse

from .filler import Filler, add_actions, merged_tags, records, wrap

FILLERS = [
    Filler(
        "budgets",
        ("DescribeSubscribersForNotification", "UpdateBudget", "ListTagsForResource", "TagResource", "UntagResource"),
        "aws_budgets_budget; moto can create a budget and not read its notifications or tags",
    ),
]

IDENTIFYING = ("NotificationType", "ComparisonOperator", "Threshold")


def install() -> None:
    wrap(BudgetsResponse, "create_budget", _with_tags)
    add_actions(
        BudgetsResponse,
        (
            describe_subscribers_for_notification,
            update_budget,
            list_tags_for_resource,
            tag_resource,
            untag_resource,
        ),
    )


def _tags(self: Any, arn: str) -> Dict[str, Any]:
    return records(self.backend, "tags").setdefault(arn, {"tags": []})


def _with_tags(original: Callable[..., str]) -> Callable[..., str]:
    def create_budget(self: Any) -> str:
        answer = original(self)
        account, name = self._get_param("AccountId"), self._get_param("Budget")["BudgetName"]
        arn = f"arn:{self.partition}:budgets::{account}:budget/{name}"
        _tags(self, arn)["tags"] = self._get_param("ResourceTags") or []
        return answer

    return create_budget


def _budget(self: Any) -> Any:
    name = self._get_param("BudgetName") or self._get_param("NewBudget")["BudgetName"]
    self.backend.describe_budget(self._get_param("AccountId"), name)
    return self.backend.budgets[self._get_param("AccountId")][name]


def describe_subscribers_for_notification(self: Any) -> str:
    wanted = self._get_param("Notification")
    for notification in _budget(self).notifications:
        if all(notification.details.get(key) == wanted.get(key) for key in IDENTIFYING):
            return json.dumps({"Subscribers": notification.subscribers})
    return json.dumps({"Subscribers": []})


def update_budget(self: Any) -> str:
    _budget(self).budget.update(self._get_param("NewBudget"))
    return "{}"


def list_tags_for_resource(self: Any) -> str:
    return json.dumps({"ResourceTags": _tags(self, self._get_param("ResourceARN"))["tags"]})


def tag_resource(self: Any) -> str:
    record = _tags(self, self._get_param("ResourceARN"))
    record["tags"] = merged_tags(record["tags"], self._get_param("ResourceTags") or [])
    return "{}"


def untag_resource(self: Any) -> str:
    record = _tags(self, self._get_param("ResourceARN"))
    removed = self._get_param("ResourceTagKeys") or []
    record["tags"] = [tag for tag in record["tags"] if tag["Key"] not in removed]
    return "{}"
