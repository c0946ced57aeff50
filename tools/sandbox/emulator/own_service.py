"""Services moto has not at all: actions on records, kept per account and region like moto's own."""

from __future__ import annotations

import json
import re
from typing import Any, Callable, Dict, Iterable, List, Tuple

from boto3 import Session
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.base_backend import BackendDict, BaseBackend

from .errors import render_error
from .filler import Failure, Record, merged_tags, records

DEFAULT_REGION = "us-east-1"

Answer = Tuple[str, List[Tuple[str, str]], bytes]


class OwnBackend(BaseBackend):
    """The records of one service in one account and region; moto's reset empties it."""


class Call:
    """One request: what was sent, and the records it is about."""

    def __init__(self, backend: OwnBackend, service: str, body: Record) -> None:
        self.body = body
        self.region = backend.region_name
        self.account = backend.account_id
        self._backend = backend
        self._service = service

    def records(self, kind: str) -> Dict[str, Record]:
        return records(self._backend, kind)

    def arn(self, resource: str) -> str:
        return f"arn:{self._backend.partition}:{self._service}:{self.region}:{self.account}:{resource}"

    def set_tags(self, arn: str, tags: List[Dict[str, str]]) -> None:
        self.records("tags")[arn] = {"tags": tags}

    def tags(self, arn: str) -> List[Dict[str, str]]:
        return self.records("tags").get(arn, {"tags": []})["tags"]


class OwnService:
    """A service that speaks JSON. A handler's name is the action's name in snake case."""

    def __init__(self, name: str, handlers: Iterable[Callable[[Call], Record]]) -> None:
        self.name = name
        self._handlers = {_camel_case(handler.__name__): handler for handler in handlers}
        # botocore's list of a service's regions is not complete for every service.
        regions = Session().get_available_regions("ec2")
        self._backends = BackendDict(OwnBackend, name, use_boto3_regions=False, additional_regions=regions)

    def answer(self, environ: Dict[str, Any], body: bytes, action: str, protocol: str) -> Answer:
        """Answers a request, or raises NotImplementedError."""
        handler = self._handlers.get(action)
        if handler is None:
            raise NotImplementedError(action)
        backend = self._backends[DEFAULT_ACCOUNT_ID][_region_of(environ)]
        try:
            answer = handler(Call(backend, self.name, json.loads(body or b"{}")))
        except Failure as error:
            headers, content = render_error(protocol, self.name, error.code, error.message)
            return "400 Bad Request", headers, content
        content_type = "application/json" if protocol == "rest-json" else "application/x-amz-json-1.0"
        return "200 OK", [("Content-Type", content_type)], json.dumps(answer).encode()


def tagging(key: str) -> Tuple[Callable[[Call], Record], ...]:
    """ListTagsForResource, TagResource and UntagResource of a service that names the resource with this member."""

    def list_tags_for_resource(call: Call) -> Record:
        return {"Tags": call.tags(call.body[key])}

    def tag_resource(call: Call) -> Record:
        call.set_tags(call.body[key], merged_tags(call.tags(call.body[key]), call.body["Tags"]))
        return {}

    def untag_resource(call: Call) -> Record:
        left = [tag for tag in call.tags(call.body[key]) if tag["Key"] not in call.body["TagKeys"]]
        call.set_tags(call.body[key], left)
        return {}

    return list_tags_for_resource, tag_resource, untag_resource


def _region_of(environ: Dict[str, Any]) -> str:
    scope = re.search(r"Credential=[^/]+/\d+/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    return scope.group(1) if scope else DEFAULT_REGION


def _camel_case(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
