"""CloudWatch Logs: saved queries, and the class of a log group.

Fills PutQueryDefinition, DescribeQueryDefinitions and DeleteQueryDefinition, which moto has not, and CreateLogGroup
and DescribeLogGroups, where moto forgets the class.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, Callable, Dict

from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from .filler import Filler, Record, add_actions, body_of, records, wrap

FILLERS = [
    Filler(
        "logs",
        ("PutQueryDefinition", "DescribeQueryDefinitions", "DeleteQueryDefinition"),
        "aws_cloudwatch_query_definition; moto has none of them",
    ),
    Filler(
        "logs",
        ("CreateLogGroup", "DescribeLogGroups"),
        "aws_cloudwatch_log_group.log_group_class; moto forgets it, a replacement in every plan",
    ),
]

DEFAULT_CLASS = "STANDARD"


def install() -> None:
    wrap(LogsResponse, "create_log_group", _remembering_class)
    wrap(LogGroup, "to_describe_dict", _with_class)
    add_actions(LogsResponse, (put_query_definition, describe_query_definitions, delete_query_definition))


def _remembering_class(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_log_group(self: Any) -> Any:
        answer = original(self)
        group = self.logs_backend.groups[self._get_param("logGroupName")]
        group.groundplan_class = self._get_param("logGroupClass") or DEFAULT_CLASS
        return answer

    return create_log_group


def _with_class(original: Callable[..., Record]) -> Callable[..., Record]:
    def to_describe_dict(self: Any) -> Record:
        return {**original(self), "logGroupClass": getattr(self, "groundplan_class", DEFAULT_CLASS)}

    return to_describe_dict


def _definitions(self: Any) -> Dict[str, Record]:
    return records(self.logs_backend, "query_definitions")


def put_query_definition(self: Any) -> str:
    definition = body_of(self)
    definition.setdefault("queryDefinitionId", str(uuid.uuid4()))
    _definitions(self)[definition["queryDefinitionId"]] = definition
    return json.dumps({"queryDefinitionId": definition["queryDefinitionId"]})


def describe_query_definitions(self: Any) -> str:
    prefix = body_of(self).get("queryDefinitionNamePrefix", "")
    return json.dumps({"queryDefinitions": [d for d in _definitions(self).values() if d["name"].startswith(prefix)]})


def delete_query_definition(self: Any) -> str:
    deleted = _definitions(self).pop(body_of(self)["queryDefinitionId"], None)
    return json.dumps({"success": deleted is not None})
