"""CodeConnections, and CodeStar Connections as it was called before: connections to Git hosts.

Fills CreateConnection, GetConnection, DeleteConnection and tags under both names; moto has neither service. A
connection stays pending, as on AWS until a person confirms it.
"""

from __future__ import annotations

import uuid

from .filler import Filler, Record, failure
from .own_service import Call, OwnService, tagging

NAMES = ("codeconnections", "codestar-connections")

FILLERS = [
    Filler(
        name,
        (
            "CreateConnection",
            "GetConnection",
            "DeleteConnection",
            "ListTagsForResource",
            "TagResource",
            "UntagResource",
        ),
        "aws_codeconnections_connection and aws_codestarconnections_connection; moto has no such service",
    )
    for name in NAMES
]


def install() -> None:
    """Nothing of moto changes."""


def create_connection(call: Call) -> Record:
    name = call.body["ConnectionName"]
    connections = call.records("connections")
    if any(connection["ConnectionName"] == name for connection in connections.values()):
        raise failure("ResourceAlreadyExistsException", f"A connection named {name} already exists")
    arn = call.arn(f"connection/{uuid.uuid4()}")
    connections[arn] = {
        "ConnectionName": name,
        "ConnectionArn": arn,
        "ProviderType": call.body.get("ProviderType", "GitHub"),
        "OwnerAccountId": call.account,
        "ConnectionStatus": "PENDING",
    }
    if call.body.get("HostArn"):
        connections[arn]["HostArn"] = call.body["HostArn"]
    call.set_tags(arn, call.body.get("Tags") or [])
    return {"ConnectionArn": arn, "Tags": call.tags(arn)}


def get_connection(call: Call) -> Record:
    connection = call.records("connections").get(call.body["ConnectionArn"])
    if connection is None:
        raise failure("ResourceNotFoundException", f"No connection {call.body['ConnectionArn']}")
    return {"Connection": connection}


def delete_connection(call: Call) -> Record:
    get_connection(call)
    del call.records("connections")[call.body["ConnectionArn"]]
    return {}


OWN_SERVICES = tuple(
    OwnService(name, (create_connection, get_connection, delete_connection, *tagging("ResourceArn"))) for name in NAMES
)
