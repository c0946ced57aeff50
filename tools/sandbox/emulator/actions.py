"""Names the AWS action of a request, as `service` and `Action`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import FrozenSet, List, NamedTuple, Optional, Pattern, Tuple
from urllib.parse import parse_qs

from botocore.model import OperationModel, ServiceModel
from moto.core.utils import get_service_model

# SigV4 signing names that differ from the name people (and botocore) use for the service.
SERVICE_OF_SIGNING_NAME = {
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "elasticfilesystem": "efs",
    "email": "ses",
    "states": "stepfunctions",
    "acm-pca": "acm-pca",
    "tagging": "resourcegroupstaggingapi",
    "access-analyzer": "accessanalyzer",
}


class Action(NamedTuple):
    """What a request asks for."""

    service: str
    name: str

    def __str__(self) -> str:
        return f"{self.service}.{self.name}"


class _Route(NamedTuple):
    method: str
    path: Pattern[str]
    query: FrozenSet[str]
    headers: FrozenSet[str]
    name: str


def action_of(environ: dict, body: bytes) -> Action:
    """The action of a WSGI request; a REST request no model knows is named by its method and path."""
    service = _service_of(environ)
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return Action(service, target.rsplit(".", 1)[-1])
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        form = parse_qs(body.decode("utf-8", "replace"))
        if "Action" in form:
            return Action(service, form["Action"][0])
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    if "Action" in query:
        return Action(service, query["Action"][0])
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
    headers = frozenset(name[5:].replace("_", "-").lower() for name in environ if name.startswith("HTTP_"))
    return Action(service, _rest_action(service, method, path, frozenset(query), headers) or f"{method} {path}")


def protocol_of(environ: dict, service: str) -> str:
    """The wire format a client expects: `json`, `query`, `ec2`, `rest-xml` or `rest-json`."""
    if environ.get("HTTP_X_AMZ_TARGET"):
        return "json"
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return "ec2" if service == "ec2" else "query"
    model = _model_of(service)
    return "rest-xml" if model is not None and model.metadata.get("protocol") == "rest-xml" else "rest-json"


def _service_of(environ: dict) -> str:
    scope = re.search(r"Credential=[^/]+/\d+/[^/]*/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    if not scope:
        return "s3"
    signing_name = scope.group(1).lower()
    if signing_name == "s3" and environ.get("PATH_INFO", "").startswith("/v20180820/"):
        return "s3control"
    return SERVICE_OF_SIGNING_NAME.get(signing_name, signing_name)


@lru_cache(maxsize=None)
def _model_of(service: str) -> Optional[ServiceModel]:
    try:
        return get_service_model(service)
    except Exception:  # botocore's UnknownServiceError, or a model moto cannot extend: then the path names it
        return None


@lru_cache(maxsize=None)
def _routes_of(service: str) -> Tuple[_Route, ...]:
    model = _model_of(service)
    if model is None or not str(model.metadata.get("protocol", "")).startswith("rest"):
        return ()
    routes = [_route(model.operation_model(name)) for name in model.operation_names]
    # The request that requires most is the most specific one; a longer path is more specific than a shorter.
    return tuple(sorted(routes, key=lambda route: (-len(route.query) - len(route.headers), -len(route.path.pattern))))


def _route(operation: OperationModel) -> _Route:
    path, _, query = operation.http["requestUri"].partition("?")
    keys = {part.split("=")[0] for part in query.split("&") if part}
    headers = set()
    shape = operation.input_shape
    for member in shape.required_members if shape else []:
        serialization = shape.members[member].serialization
        if serialization.get("location") == "querystring":
            keys.add(serialization["name"])
        if serialization.get("location") == "header":
            headers.add(serialization["name"].lower())
    return _Route(operation.http["method"], _path_pattern(path), frozenset(keys), frozenset(headers), operation.name)


def _path_pattern(path: str) -> Pattern[str]:
    parts: List[str] = []
    for part in path.strip("/").split("/"):
        if part.startswith("{"):
            parts.append(".+" if part.endswith("+}") else "[^/]+")
        else:
            parts.append(re.escape(part))
    return re.compile("^/" + "/".join(parts) + "/?$")


@lru_cache(maxsize=4096)
def _rest_action(
    service: str, method: str, path: str, query: FrozenSet[str], headers: FrozenSet[str]
) -> Optional[str]:
    for route in _routes_of(service):
        if route.method == method and route.query <= query and route.headers <= headers and route.path.match(path):
            return route.name
    return None
