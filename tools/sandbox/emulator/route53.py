"""Route 53: hosted zones that were there before.

Fills GetHostedZone and what else names a zone: a domain is registered once and outlives every system, so systems know
its zone by id, and an emulator that starts empty has none. An id that was never made here stands for such a zone,
without a name and for records of any; one that was made and deleted here is gone.
"""

from __future__ import annotations

import re
from typing import Any, Callable

from moto.route53.models import FakeZone, Route53Backend

from .filler import Filler, records, wrap

FILLERS = [
    Filler(
        "route53",
        ("GetHostedZone", "ChangeResourceRecordSets", "ListResourceRecordSets"),
        "aws_route53_record in the zone of a domain of one's own; moto knows only zones it made",
    ),
]

ZONE_ID = re.compile(r"Z[0-9A-Z]{1,31}")
ROOT = "."


def install() -> None:
    wrap(Route53Backend, "get_hosted_zone", _there_before)
    wrap(Route53Backend, "delete_hosted_zone", _remembering_deleted)


def _there_before(original: Callable[..., Any]) -> Callable[..., Any]:
    def get_hosted_zone(self: Any, id_: str) -> Any:
        zone_id = id_.replace("/hostedzone/", "")
        if zone_id not in self.zones and zone_id not in _deleted(self) and ZONE_ID.fullmatch(zone_id):
            self.zones[zone_id] = FakeZone(ROOT, zone_id, private_zone=False, caller_reference=zone_id)
        return original(self, id_)

    return get_hosted_zone


def _remembering_deleted(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete_hosted_zone(self: Any, id_: str) -> Any:
        zone = original(self, id_)
        _deleted(self)[id_.replace("/hostedzone/", "")] = {}
        return zone

    return delete_hosted_zone


def _deleted(self: Any) -> Any:
    return records(self, "deleted_zones")
