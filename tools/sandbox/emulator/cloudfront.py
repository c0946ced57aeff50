"""CloudFront: distributions as they were sent, and what is subscribed to them.

Fills CreateDistribution, CreateDistributionWithTags, UpdateDistribution, GetDistribution and GetDistributionConfig,
where moto knows only some members of a configuration and writes an ARN that is none, and
Create/Get/DeleteMonitoringSubscription, which it has not.
"""

from __future__ import annotations

import copy
from typing import Any, Callable, Dict

from moto.cloudfront import urls
from moto.cloudfront.models import Distribution, DistributionConfig
from moto.cloudfront.responses import CloudFrontResponse
from moto.utilities.utils import get_partition

from .filler import Filler, Record, add_actions, failure, records, result, wrap

FILLERS = [
    Filler(
        "cloudfront",
        (
            "CreateDistribution",
            "CreateDistributionWithTags",
            "UpdateDistribution",
            "GetDistribution",
            "GetDistributionConfig",
        ),
        "aws_cloudfront_distribution; moto drops origin access control, policies and more, and writes no valid ARN",
    ),
    Filler(
        "cloudfront",
        ("CreateMonitoringSubscription", "GetMonitoringSubscription", "DeleteMonitoringSubscription"),
        "aws_cloudfront_monitoring_subscription; moto has none of them",
    ),
]

# What AWS answers for the members a request left out.
DEFAULTS: Record = {
    "Aliases": {"Quantity": 0},
    "CacheBehaviors": {"Quantity": 0},
    "CustomErrorResponses": {"Quantity": 0},
    "OriginGroups": {"Quantity": 0},
    "Logging": {"Enabled": False, "IncludeCookies": False, "Bucket": "", "Prefix": ""},
    "Comment": "",
    "ContinuousDeploymentPolicyId": "",
    "DefaultRootObject": "",
    "HttpVersion": "http2",
    "IsIPV6Enabled": False,
    "PriceClass": "PriceClass_All",
    "Staging": False,
    "WebACLId": "",
}


def install() -> None:
    urls.url_paths["{0}/2020-05-31/distributions/(?P<id>[^/]+)/monitoring-subscription/?$"] = (
        CloudFrontResponse.dispatch
    )
    wrap(Distribution, "__init__", _with_valid_arn)
    wrap(DistributionConfig, "__init__", _as_sent)
    add_actions(
        CloudFrontResponse,
        (create_monitoring_subscription, get_monitoring_subscription, delete_monitoring_subscription),
    )


def _with_valid_arn(original: Callable[..., None]) -> Callable[..., None]:
    def initialize(self: Any, account_id: str, region_name: str, config: Record) -> None:
        original(self, account_id, region_name, config)
        self.arn = f"arn:{get_partition(region_name)}:cloudfront::{account_id}:distribution/{self.distribution_id}"

    return initialize


def _as_sent(original: Callable[..., None]) -> Callable[..., None]:
    def initialize(self: Any, config: Record) -> None:
        sent = copy.deepcopy(config)
        original(self, config)
        self.__dict__.update({**DEFAULTS, **sent})

    return initialize


def _subscriptions(self: Any) -> Dict[str, Record]:
    return records(self.backend, "monitoring_subscriptions")


def create_monitoring_subscription(self: Any) -> Any:
    distribution_id = self._get_param("DistributionId")
    self.backend.get_distribution(distribution_id)
    subscription = self._get_param("MonitoringSubscription")
    _subscriptions(self)[distribution_id] = subscription
    return result({"MonitoringSubscription": subscription})


def get_monitoring_subscription(self: Any) -> Any:
    distribution_id = self._get_param("DistributionId")
    if distribution_id not in _subscriptions(self):
        raise failure("NoSuchMonitoringSubscription", f"Distribution {distribution_id} has no monitoring subscription")
    return result({"MonitoringSubscription": _subscriptions(self)[distribution_id]})


def delete_monitoring_subscription(self: Any) -> Any:
    get_monitoring_subscription(self)
    del _subscriptions(self)[self._get_param("DistributionId")]
    return result()
