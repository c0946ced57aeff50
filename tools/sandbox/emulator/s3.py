"""S3: bucket settings moto loses, and policies with conditions.

Fills Put/Get/Delete of BucketLifecycleConfiguration, BucketNotificationConfiguration, BucketReplication,
BucketInventoryConfiguration, BucketIntelligentTieringConfiguration, BucketMetricsConfiguration,
BucketAnalyticsConfiguration and BucketRequestPayment by keeping the document as it was sent. Where moto has no such
setting it takes the request for CreateBucket, ListObjects or DeleteBucket. Fills PutBucketLogging, where moto fails
on policies with more than the one statement it looks for. A policy statement with a condition, such as the usual
one that denies plain HTTP, is not evaluated: moto ignores conditions and would deny every request.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from .filler import Filler, wrap

NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


class _Setting(NamedTuple):
    """A setting kept as it was sent: the error when there is none, or what AWS answers instead of an error."""

    action: str
    missing_code: str
    missing_document: str = ""


SETTINGS: Dict[str, _Setting] = {
    "lifecycle": _Setting("BucketLifecycleConfiguration", "NoSuchLifecycleConfiguration"),
    "notification": _Setting(
        "BucketNotificationConfiguration", "", f"<NotificationConfiguration {NAMESPACE}></NotificationConfiguration>"
    ),
    "replication": _Setting("BucketReplication", "ReplicationConfigurationNotFoundError"),
    "inventory": _Setting("BucketInventoryConfiguration", "NoSuchConfiguration"),
    "intelligent-tiering": _Setting("BucketIntelligentTieringConfiguration", "NoSuchConfiguration"),
    "metrics": _Setting("BucketMetricsConfiguration", "NoSuchConfiguration"),
    "analytics": _Setting("BucketAnalyticsConfiguration", "NoSuchConfiguration"),
    "requestPayment": _Setting(
        "BucketRequestPayment",
        "",
        f"<RequestPaymentConfiguration {NAMESPACE}><Payer>BucketOwner</Payer></RequestPaymentConfiguration>",
    ),
}

# Settings AWS has and neither moto nor this module: refused by name instead of taken for something else.
NOT_IMPLEMENTED = ("abac", "metadataConfiguration", "metadataTable", "session")

# Says for all transitions whether small objects move too; the provider compares it after it sets a lifecycle.
MINIMUM_SIZE_HEADER = "x-amz-transition-default-minimum-object-size"
MINIMUM_SIZE_DEFAULT = "all_storage_classes_128K"

LOG_WRITER = "logging.s3.amazonaws.com"

FILLERS = [
    Filler(
        "s3",
        tuple(f"{verb}{setting.action}" for setting in SETTINGS.values() for verb in ("Put", "Get")),
        "the aws_s3_bucket_… resource of that name; moto drops members of it, or takes it for CreateBucket",
    ),
    Filler("s3", ("PutBucketLogging",), "aws_s3_bucket_logging; moto fails on a policy with Principal *"),
    Filler(
        "s3",
        ("GetObject", "HeadObject", "PutObject"),
        "a policy that denies plain HTTP; moto ignores its condition and denies every request",
    ),
]


def install() -> None:
    wrap(S3Response, "_bucket_response", _with_settings)
    wrap(FakeBucket, "get_permission", lambda _original: _get_permission)
    wrap(FakeBucket, "_log_permissions_enabled_policy", lambda _original: _may_receive_logs)


def _with_settings(original: Callable[..., Any]) -> Callable[..., Any]:
    def respond(self: Any, request: Any, full_url: str) -> Any:
        query = self._get_querystring(request, full_url)
        bucket_name = self.parse_bucket_name_from_url(request, full_url)
        if bucket_name:
            unknown = next((name for name in NOT_IMPLEMENTED if name in query), None)
            if unknown:
                raise NotImplementedError(unknown)
            name = next((name for name in SETTINGS if name in query), None)
            if name:
                return _setting(self, request.method, bucket_name, name, query.get("id", [""])[0])
        return original(self, request, full_url)

    return respond


def _setting(self: Any, method: str, bucket_name: str, name: str, setting_id: str) -> Any:
    bucket = self.backend.get_bucket(bucket_name)
    documents: Dict[Tuple[str, str], Tuple[bytes, str]] = bucket.__dict__.setdefault("groundplan_settings", {})
    key = (name, setting_id)
    if method == "PUT":
        size = self.headers.get(MINIMUM_SIZE_HEADER) or MINIMUM_SIZE_DEFAULT
        documents[key] = (bytes(self.body), size)
        return 200, _headers(name, size), ""
    if method == "DELETE":
        documents.pop(key, None)
        return 204, {}, ""
    if method != "GET":
        raise NotImplementedError(f"{method} ?{name}")
    stored = documents.get(key)
    if stored is None and SETTINGS[name].missing_document:
        return 200, {}, SETTINGS[name].missing_document
    if stored is None:
        code = SETTINGS[name].missing_code
        return 404, {}, f"<Error><Code>{code}</Code><Message>There is no {name}.</Message></Error>"
    return 200, _headers(name, stored[1]), stored[0]


def _headers(name: str, size: str) -> Dict[str, str]:
    return {MINIMUM_SIZE_HEADER: size} if name == "lifecycle" else {}


def _get_permission(self: Any, action: str, resource: str) -> Any:
    policy = _without_conditions(self.policy)
    if policy is None:
        return PermissionResult.NEUTRAL
    return IAMPolicy(policy).is_action_permitted(action, resource)


def _may_receive_logs(_self: Any, target_bucket: Any, target_prefix: Optional[str]) -> bool:
    """Whether the target's policy lets S3 write logs under the prefix."""
    statements = json.loads(target_bucket.policy)["Statement"] if target_bucket.policy else []
    destination = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}/{target_prefix or ''}"
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement.get("Principal")
        services = _listed(principal.get("Service")) if isinstance(principal, dict) else []
        resources = [resource.rstrip("*") for resource in _listed(statement.get("Resource"))]
        if (
            statement.get("Effect") == "Allow"
            and LOG_WRITER in services
            and "s3:PutObject" in _listed(statement.get("Action"))
            and any(destination.startswith(resource) for resource in resources)
        ):
            return True
    return False


def _listed(value: Any) -> List[str]:
    return value if isinstance(value, list) else [value] if value else []


def _without_conditions(policy: Optional[bytes]) -> Optional[str]:
    if policy is None:
        return None
    document = json.loads(policy)
    statements = document.get("Statement", [])
    statements = statements if isinstance(statements, list) else [statements]
    document["Statement"] = [statement for statement in statements if "Condition" not in statement]
    return json.dumps(document) if document["Statement"] else None
