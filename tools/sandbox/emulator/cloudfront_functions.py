"""CloudFront: functions, with the stage that is written and the one that is live.

Fills CreateFunction, DescribeFunction, GetFunction, UpdateFunction, PublishFunction and DeleteFunction; moto has none
of them. No function ever runs.
"""

from __future__ import annotations

import copy
import uuid
from typing import Any, Dict

from moto.cloudfront import urls
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.utils import utcnow

from .filler import Filler, Record, add_actions, failure, records, result

FILLERS = [
    Filler(
        "cloudfront",
        (
            "CreateFunction",
            "DescribeFunction",
            "GetFunction",
            "UpdateFunction",
            "PublishFunction",
            "DeleteFunction",
        ),
        "aws_cloudfront_function; moto has none of them",
    ),
]

WRITTEN = "DEVELOPMENT"
LIVE = "LIVE"

ONE = "function/(?P<name>[^/]+)"
PATHS = ("function", ONE, f"{ONE}/describe", f"{ONE}/publish")


def install() -> None:
    for path in PATHS:
        urls.url_paths[f"{{0}}/2020-05-31/{path}$"] = CloudFrontResponse.dispatch
    add_actions(
        CloudFrontResponse,
        (create_function, describe_function, get_function, update_function, publish_function, delete_function),
    )


def _functions(self: Any) -> Dict[str, Record]:
    """For each name, its stages."""
    return records(self.backend, "functions")


def _stages(self: Any) -> Dict[str, Record]:
    name = self._get_param("Name")
    if name not in _functions(self):
        raise failure("NoSuchFunctionExists", f"The function {name} does not exist.")
    return _functions(self)[name]


def _stage(self: Any) -> Record:
    stages, wanted = _stages(self), self._get_param("Stage") or WRITTEN
    if wanted not in stages:
        raise failure("NoSuchFunctionExists", f"The function {self._get_param('Name')} has no stage {wanted}.")
    return stages[wanted]


def _write(self: Any, arn: str, created: Any) -> Record:
    return {
        "code": self._get_param("FunctionCode"),
        "etag": f"E{uuid.uuid4().hex[:13].upper()}",
        "summary": {
            "Name": self._get_param("Name"),
            "Status": "UNPUBLISHED",
            "FunctionConfig": self._get_param("FunctionConfig"),
            "FunctionMetadata": {
                "FunctionARN": arn,
                "Stage": WRITTEN,
                "CreatedTime": created,
                "LastModifiedTime": utcnow(),
            },
        },
    }


def _answer(stage: Record) -> Any:
    return result({"FunctionSummary": stage["summary"], "ETag": stage["etag"]})


def create_function(self: Any) -> Any:
    name = self._get_param("Name")
    if name in _functions(self):
        raise failure("FunctionAlreadyExists", f"A function named {name} already exists.")
    arn = f"arn:{self.partition}:cloudfront::{self.current_account}:function/{name}"
    stage = _write(self, arn, utcnow())
    _functions(self)[name] = {WRITTEN: stage}
    return result({"FunctionSummary": stage["summary"], "ETag": stage["etag"], "Location": f"/function/{name}"})


def describe_function(self: Any) -> Any:
    return _answer(_stage(self))


def get_function(self: Any) -> Any:
    stage = _stage(self)
    return result({"FunctionCode": stage["code"], "ContentType": "application/octet-stream", "ETag": stage["etag"]})


def update_function(self: Any) -> Any:
    stages = _stages(self)
    metadata = stages[WRITTEN]["summary"]["FunctionMetadata"]
    stages[WRITTEN] = _write(self, metadata["FunctionARN"], metadata["CreatedTime"])
    return _answer(stages[WRITTEN])


def publish_function(self: Any) -> Any:
    stages = _stages(self)
    stages[WRITTEN]["summary"]["Status"] = "UNASSOCIATED"
    stages[LIVE] = copy.deepcopy(stages[WRITTEN])
    stages[LIVE]["summary"]["FunctionMetadata"]["Stage"] = LIVE
    return result({"FunctionSummary": stages[LIVE]["summary"]})


def delete_function(self: Any) -> Any:
    _stages(self)
    del _functions(self)[self._get_param("Name")]
    return result()
