"""CloudWatch Logs: saved queries.

Fills PutQueryDefinition, DescribeQueryDefinitions and DeleteQueryDefinition; moto has none of them.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, Dict

from moto.logs.responses import LogsResponse

from .filler import Filler, Record, add_actions, body_of, records

FILLERS = [
    Filler(
        "logs",
        ("PutQueryDefinition", "DescribeQueryDefinitions", "DeleteQueryDefinition"),
        "aws_cloudwatch_query_definition; moto has none of them",
    ),
]


def install() -> None:
    add_actions(LogsResponse, (put_query_definition, describe_query_definitions, delete_query_definition))


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
