"""How a service module changes moto: small, named, and safe to repeat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple, Type

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult

Record = Dict[str, Any]


@dataclass(frozen=True)
class Filler:
    """One gap: the actions it fills and what goes wrong without it."""

    service: str
    actions: Tuple[str, ...]
    why: str


def add_actions(responses: Type[Any], handlers: Iterable[Callable[..., Any]]) -> None:
    """Gives a service's response class the actions it lacks; a handler's name is the action's name in snake case."""
    for handler in handlers:
        setattr(responses, handler.__name__, handler)


def wrap(owner: Any, name: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Puts a function around one moto already has. Fails when moto has none, does nothing the second time."""
    original = getattr(owner, name)
    if getattr(original, "fills_gap", False):
        return
    wrapped = around(original)
    setattr(wrapped, "fills_gap", True)
    setattr(owner, name, wrapped)


def wrap_property(owner: Any, name: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """The same for a property: the function goes around its getter."""
    getter = getattr(owner, name).fget
    if getattr(getter, "fills_gap", False):
        return
    wrapped = around(getter)
    setattr(wrapped, "fills_gap", True)
    setattr(owner, name, property(wrapped))


def records(backend: Any, kind: str) -> Dict[str, Record]:
    """A filler's own records, kept on moto's backend: one set per account and region, emptied by moto's reset."""
    return backend.__dict__.setdefault(f"groundplan_{kind}", {})


class Failure(ServiceException):
    """An AWS error of a filler. A class of our own: moto looks for a service in the module of its own errors."""


def failure(code: str, message: str) -> Failure:
    """An AWS error; moto renders it in the protocol of the service."""
    return Failure(code, message)


def body_of(response: Any) -> Record:
    """The JSON body of a request to a JSON service."""
    return json.loads(response.body or "{}")


def tags_of(params: Any) -> List[Dict[str, str]]:
    """The tags of a request, as plain `Key` and `Value` records."""
    return [{"Key": tag["Key"], "Value": tag.get("Value", "")} for tag in params.get("Tags") or []]


def merged_tags(old: List[Dict[str, str]], new: List[Dict[str, str]]) -> List[Dict[str, str]]:
    """Old tags, with the new ones added or changed."""
    keys = {tag["Key"] for tag in new}
    return [tag for tag in old if tag["Key"] not in keys] + new


def without_none(record: Record) -> Record:
    """The record without the members that have no value, as AWS leaves them out of its answers."""
    return {key: value for key, value in record.items() if value is not None}


def result(record: Optional[Record] = None) -> ActionResult:
    """An answer moto serializes in the protocol of the service."""
    return ActionResult(record)
