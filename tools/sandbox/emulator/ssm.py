"""SSM: associations, and their tags.

Fills CreateAssociation, DescribeAssociation, ListAssociations, UpdateAssociation, DeleteAssociation and the tags of an
association; moto has none of them. No command ever runs: an association reports success as soon as it exists.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import Any, Callable, Dict, Iterable

from moto.ssm.responses import SimpleSystemManagerResponse

from .filler import Filler, Record, add_actions, body_of, failure, merged_tags, records, tags_of, without_none, wrap

FILLERS = [
    Filler(
        "ssm",
        ("CreateAssociation", "DescribeAssociation", "ListAssociations", "UpdateAssociation", "DeleteAssociation"),
        "aws_ssm_association; moto has none of them",
    ),
    Filler(
        "ssm",
        ("AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource"),
        "the tags of an aws_ssm_association; moto knows no such resource",
    ),
]

LISTED = (
    "Name",
    "AssociationId",
    "AssociationVersion",
    "AssociationName",
    "DocumentVersion",
    "Targets",
    "Overview",
    "ScheduleExpression",
)

DEFAULTS: Record = {"DocumentVersion": "$DEFAULT", "ApplyOnlyAtCronInterval": False}


def install() -> None:
    responses = SimpleSystemManagerResponse
    wrap(responses, "list_tags_for_resource", lambda original: _for_associations(original, _list))
    wrap(responses, "add_tags_to_resource", lambda original: _for_associations(original, _add))
    wrap(responses, "remove_tags_from_resource", lambda original: _for_associations(original, _remove))
    actions = (create_association, describe_association, list_associations, update_association, delete_association)
    add_actions(responses, actions)


def _associations(self: Any) -> Dict[str, Record]:
    return records(self.ssm_backend, "associations")


def _tags(self: Any) -> Dict[str, Record]:
    return records(self.ssm_backend, "association_tags")


def _association(self: Any, association_id: str) -> Record:
    association = _associations(self).get(association_id)
    if association is None:
        raise failure("AssociationDoesNotExist", f"No association {association_id}")
    return association


def _changed(association: Record, request: Record) -> Record:
    now = round(time.time(), 3)
    status = {"Date": now, "Name": "Success", "Message": "The emulator runs nothing."}
    return without_none(
        {
            **DEFAULTS,
            "AssociationId": association["AssociationId"],
            "AssociationVersion": str(int(association["AssociationVersion"]) + 1),
            "Date": association["Date"],
            "LastUpdateAssociationDate": now,
            "Overview": {"Status": "Success"},
            "Status": status,
            **request,
        }
    )


def create_association(self: Any) -> str:
    request = body_of(self)
    tags = tags_of(request)
    request.pop("Tags", None)
    first = {"AssociationId": str(uuid.uuid4()), "AssociationVersion": "0", "Date": round(time.time(), 3)}
    association = _changed(first, request)
    _associations(self)[association["AssociationId"]] = association
    _tags(self)[association["AssociationId"]] = {"tags": tags}
    return json.dumps({"AssociationDescription": association})


def describe_association(self: Any) -> str:
    return json.dumps({"AssociationDescription": _association(self, body_of(self)["AssociationId"])})


def list_associations(self: Any) -> str:
    """Every association: the filters of the request are not looked at."""
    listed = [
        {member: association[member] for member in LISTED if member in association}
        for association in _associations(self).values()
    ]
    return json.dumps({"Associations": listed})


def update_association(self: Any) -> str:
    """What an update leaves out is taken away, except the document's name."""
    request = body_of(self)
    association = _association(self, request["AssociationId"])
    changed = _changed(association, {"Name": association["Name"], **request})
    # The caller may say which version it means; the answer says which one it made.
    changed["AssociationVersion"] = str(int(association["AssociationVersion"]) + 1)
    _associations(self)[association["AssociationId"]] = changed
    return json.dumps({"AssociationDescription": changed})


def delete_association(self: Any) -> str:
    association = _association(self, body_of(self)["AssociationId"])
    del _associations(self)[association["AssociationId"]]
    _tags(self).pop(association["AssociationId"], None)
    return "{}"


def _for_associations(original: Callable[..., Any], own: Callable[[Record, Record], Record]) -> Callable[..., Any]:
    def respond(self: Any) -> Any:
        request = body_of(self)
        if request.get("ResourceType") != "Association":
            return original(self)
        return json.dumps(own(_tags(self).setdefault(request["ResourceId"], {"tags": []}), request))

    return respond


def _list(record: Record, _request: Record) -> Record:
    return {"TagList": record["tags"]}


def _add(record: Record, request: Record) -> Record:
    record["tags"] = merged_tags(record["tags"], tags_of(request))
    return {}


def _remove(record: Record, request: Record) -> Record:
    removed: Iterable[str] = request.get("TagKeys") or []
    record["tags"] = [tag for tag in record["tags"] if tag["Key"] not in removed]
    return {}
