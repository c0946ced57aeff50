"""CloudFront: policies of caching, of requests to the origin and of response headers.

Fills Create/Get/Update/Delete and List of the three kinds; moto has none of them. Those AWS manages are there by id
and name, without their contents.
"""

from __future__ import annotations

import uuid
from typing import Any, Callable, Dict, List, NamedTuple

from moto.cloudfront import urls
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.utils import utcnow

from .filler import Filler, Record, add_actions, failure, records, result


class _Kind(NamedTuple):
    """A kind of policy: its name in documents, in actions and in paths, and what AWS manages. Source: the Amazon
    CloudFront Developer Guide, read in 2026-11."""

    name: str
    action: str
    actions: str
    path: str
    managed: Dict[str, str]


KINDS = (
    _Kind(
        "CachePolicy",
        "cache_policy",
        "cache_policies",
        "cache-policy",
        {
            "658327ea-f89d-4fab-a63d-7e88639e58f6": "Managed-CachingOptimized",
            "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": "Managed-CachingOptimizedForUncompressedObjects",
            "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": "Managed-CachingDisabled",
            "83da9c7e-98b4-4e11-a168-04f0df8e2c65": "UseOriginCacheControlHeaders",
            "4cc15a8a-d715-48a4-82b8-cc0b614638fe": "UseOriginCacheControlHeaders-QueryStrings",
        },
    ),
    _Kind(
        "OriginRequestPolicy",
        "origin_request_policy",
        "origin_request_policies",
        "origin-request-policy",
        {
            "216adef6-5c7f-47e4-b989-5492eafa07d3": "Managed-AllViewer",
            "b689b0a8-53d0-40ab-baf2-68738e2966ac": "Managed-AllViewerExceptHostHeader",
            "59781a5b-3903-41f3-afcb-af62929ccde1": "Managed-CORS-CustomOrigin",
            "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": "Managed-CORS-S3Origin",
        },
    ),
    _Kind(
        "ResponseHeadersPolicy",
        "response_headers_policy",
        "response_headers_policies",
        "response-headers-policy",
        {
            "60669652-455b-4ae9-85a4-c4c02393f86c": "Managed-SimpleCORS",
            "5cc3b908-e619-4b99-88e5-2cf7f45965bd": "Managed-CORS-With-Preflight",
            "67f7725c-6f97-4210-82d7-5512b31e9d03": "Managed-SecurityHeadersPolicy",
            "e61eb60c-9c35-4d20-a928-2b84e02af89c": "Managed-CORS-and-SecurityHeadersPolicy",
            "eaab4381-ed33-4a86-88ca-d9558dc6cd63": "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
        },
    ),
)

FILLERS = [
    Filler(
        "cloudfront",
        (*(f"{verb}{kind.name}" for verb in ("Create", "Get", "Update", "Delete")), f"List{kind.name[:-1]}ies"),
        f"aws_cloudfront_{kind.action} and its data source; moto has none of them",
    )
    for kind in KINDS
]

PAGE_SIZE = 100


def install() -> None:
    for kind in KINDS:
        for path in (kind.path, f"{kind.path}/(?P<policy_id>[^/]+)"):
            urls.url_paths[f"{{0}}/2020-05-31/{path}$"] = CloudFrontResponse.dispatch
        add_actions(CloudFrontResponse, _handlers(kind))


def _handlers(kind: _Kind) -> List[Callable[..., Any]]:
    config = f"{kind.name}Config"

    def policies(self: Any) -> Dict[str, Record]:
        managed = {key: _managed(kind, key, config) for key in kind.managed}
        return {**managed, **records(self.backend, kind.actions)}

    def found(self: Any) -> Record:
        policy = policies(self).get(self._get_param("Id"))
        if policy is None:
            raise failure(f"NoSuch{kind.name}", f"The policy {self._get_param('Id')} does not exist.")
        return policy

    def own(self: Any) -> Record:
        policy = found(self)
        if policy["Id"] in kind.managed:
            raise failure("IllegalUpdate", f"The policy {policy['Id']} is managed by AWS.")
        return policy

    def answer(policy: Record) -> Any:
        # The tag of a version changes with it, and a change names the version it means.
        return result({kind.name: policy, "ETag": policy["Version"], "Location": f"/{kind.path}/{policy['Id']}"})

    def create(self: Any) -> Any:
        sent = self._get_param(config)
        if any(policy[config]["Name"] == sent["Name"] for policy in policies(self).values()):
            raise failure(f"{kind.name}AlreadyExists", f"A policy named {sent['Name']} already exists.")
        policy = {**_version(), "Id": str(uuid.uuid4()), config: sent}
        records(self.backend, kind.actions)[policy["Id"]] = policy
        return answer(policy)

    def get(self: Any) -> Any:
        return answer(found(self))

    def update(self: Any) -> Any:
        policy = own(self)
        policy.update(_version())
        policy[config] = self._get_param(config)
        return answer(policy)

    def delete(self: Any) -> Any:
        del records(self.backend, kind.actions)[own(self)["Id"]]
        return result()

    def list_all(self: Any) -> Any:
        wanted = self._get_param("Type")
        items = [
            {"Type": "managed" if key in kind.managed else "custom", kind.name: policy}
            for key, policy in policies(self).items()
        ]
        items = [item for item in items if wanted in (None, item["Type"])]
        return result({f"{kind.name}List": {"MaxItems": PAGE_SIZE, "Quantity": len(items), "Items": items}})

    for verb, handler in (("create", create), ("get", get), ("update", update), ("delete", delete)):
        handler.__name__ = f"{verb}_{kind.action}"
    list_all.__name__ = f"list_{kind.actions}"
    return [create, get, update, delete, list_all]


def _version() -> Record:
    return {"LastModifiedTime": utcnow(), "Version": f"E{uuid.uuid4().hex[:13].upper()}"}


def _managed(kind: _Kind, key: str, config: str) -> Record:
    minimum = {"MinTTL": 0} if kind.name == "CachePolicy" else {}
    return {**_version(), "Id": key, config: {"Name": kind.managed[key], **minimum}}
