"""Things moto does anew for every request and need to be done once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable

from moto import backends
from moto.core import responses, utils
from moto.iam.models import IAMBackend

from .filler import wrap

PARTITION = "aws"


def install() -> None:
    """Caches what cannot change while the server runs; must come after the fillers, which add actions."""
    wrap(backends, "list_of_moto_modules", lambda original: _constant(tuple(original())))
    wrap(utils, "method_names_from_class", lambda original: lru_cache(maxsize=None)(original))
    responses.method_names_from_class = utils.method_names_from_class
    wrap(IAMBackend, "_init_aws_policies", _of_one_partition)


def _constant(value: Any) -> Callable[[], Any]:
    return lambda: value


def _of_one_partition(original: Callable[..., Any]) -> Callable[..., Any]:
    """moto parses the 1,500 managed policies for each of AWS's partitions, a second of the first request."""

    def init_aws_policies(self: Any) -> Any:
        return original(self) if self.region_name == PARTITION else []

    return init_aws_policies
