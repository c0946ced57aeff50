"""Renders an AWS error in the wire format the client expects, so that Terraform prints its message."""

from __future__ import annotations

import json
from typing import List, NamedTuple, Tuple
from xml.sax.saxutils import escape

REQUEST_ID = "groundplan-emulator"


class ErrorResponse(NamedTuple):
    """What is sent to the client."""

    headers: List[Tuple[str, str]]
    body: bytes


def render_error(protocol: str, service: str, code: str, message: str) -> ErrorResponse:
    """The error in one of the protocols `protocol_of` names."""
    if protocol in ("json", "rest-json"):
        content_type = "application/json" if protocol == "rest-json" else "application/x-amz-json-1.1"
        text = json.dumps({"__type": code, "message": message})
        return ErrorResponse([("Content-Type", content_type), ("x-amzn-ErrorType", code)], text.encode())
    error = f"<Code>{code}</Code><Message>{escape(message)}</Message>"
    if protocol == "ec2":
        text = f"<Response><Errors><Error>{error}</Error></Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
    elif service == "s3":
        text = f"<Error>{error}<RequestId>{REQUEST_ID}</RequestId></Error>"
    else:
        text = (
            f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error>"
            f"<RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
        )
    return ErrorResponse([("Content-Type", "text/xml")], f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode())
