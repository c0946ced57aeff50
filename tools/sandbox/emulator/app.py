"""The WSGI application: moto behind one lock, with readable errors, a health page and request counts."""

from __future__ import annotations

import io
import json
import threading
import time
import traceback
from collections import Counter
from typing import Any, Dict, Iterable, List, Optional, TextIO, Tuple

import moto
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from .actions import Action, action_of, protocol_of
from .errors import render_error
from .filler import Filler
from .own_service import OwnService

REASON_LENGTH = 200

Headers = List[Tuple[str, str]]

# Not one of the codes the SDKs retry (500, 502, 503, 504), so that Terraform fails at once instead of 25 times.
NOT_RETRIED = "501 Not Implemented"


class Application:
    """Serves one request at a time: moto's backends are plain dictionaries and not safe to use from two threads."""

    def __init__(
        self, fillers: Iterable[Filler], own_services: Iterable[OwnService], log: Optional[TextIO] = None
    ) -> None:
        self._own_services = {service.name: service for service in own_services}
        self._moto = DomainDispatcherApplication(_create_backend)
        self._fillers = list(fillers)
        self._log = log
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._answered: "Counter[Action]" = Counter()
        self._failed: "Counter[Action]" = Counter()
        self._not_implemented: "Counter[Action]" = Counter()

    def __call__(self, environ: Dict[str, Any], start_response: Any) -> List[bytes]:
        own_page = {"/_groundplan/health": self._health, "/_groundplan/requests": self._requests}.get(
            environ.get("PATH_INFO", "")
        )
        if own_page is not None:
            return _send(start_response, "200 OK", [("Content-Type", "application/json")], own_page())
        body = environ["wsgi.input"].read()
        action = action_of(environ, body)
        environ["wsgi.input"] = io.BytesIO(body)
        with self._lock:
            started = time.monotonic()
            status, headers, content = self._answer(environ, action, body)
            self._answered[action] += 1
            milliseconds = round((time.monotonic() - started) * 1000, 1)
            self._write({"action": str(action), "status": int(status.split()[0]), "milliseconds": milliseconds})
        return _send(start_response, status, headers, content)

    def _answer(self, environ: Dict[str, Any], action: Action, body: bytes) -> Tuple[str, Headers, bytes]:
        own_service = self._own_services.get(action.service)
        try:
            if own_service is not None:
                return own_service.answer(environ, body, action.name, protocol_of(environ, action.service))
            status, headers, content = self._ask_moto(environ)
        except NotImplementedError:
            return self._refuse(environ, action)
        except Exception as error:  # a bug in moto or a filler: said in words, with the traceback on stderr
            self._failed[action] += 1
            self._write({"action": str(action), "traceback": traceback.format_exc()})
            traceback.print_exc()
            reason = f"{type(error).__name__}: {error}"[:REASON_LENGTH]
            message = f"groundplan's emulator: {action} failed with {reason}"
            return self._error(environ, action, "InternalFailure", message)
        if _is_unrouted(environ, status, headers):
            return self._refuse(environ, action)
        return status, headers, content

    def _ask_moto(self, environ: Dict[str, Any]) -> Tuple[str, Headers, bytes]:
        answer: Dict[str, Any] = {}

        def capture(status: str, headers: Headers, _exc_info: Any = None) -> None:
            answer.update(status=status, headers=headers)

        content = b"".join(self._moto(environ, capture))
        return answer["status"], answer["headers"], content

    def _refuse(self, environ: Dict[str, Any], action: Action) -> Tuple[str, Headers, bytes]:
        self._not_implemented[action] += 1
        return self._error(environ, action, "NotImplemented", f"groundplan's emulator: {action} is not implemented")

    def _error(self, environ: Dict[str, Any], action: Action, code: str, message: str) -> Tuple[str, Headers, bytes]:
        headers, content = render_error(protocol_of(environ, action.service), action.service, code, message)
        return NOT_RETRIED, headers, content

    def _health(self) -> bytes:
        return _json(
            {
                "status": "ok",
                "moto": moto.__version__,
                "uptimeSeconds": round(time.monotonic() - self._started, 1),
                "fillers": sorted({filler.service for filler in self._fillers}),
            }
        )

    def _requests(self) -> bytes:
        with self._lock:
            counts = {
                "total": sum(self._answered.values()),
                "actions": _by_name(self._answered),
                "failed": _by_name(self._failed),
                "notImplemented": _by_name(self._not_implemented),
            }
        return _json(counts)

    def _write(self, line: Dict[str, Any]) -> None:
        if self._log is not None:
            print(json.dumps({"time": round(time.time(), 3), **line}), file=self._log, flush=True)


def _create_backend(service: Any) -> Any:
    if service is None:
        raise NotImplementedError("moto has no such service")
    return create_backend_app(service)


def _is_unrouted(environ: Dict[str, Any], status: str, headers: Headers) -> bool:
    """Whether moto has no such path: its web framework then answers a 404 page that no AWS service would send."""
    content_type = dict((name.lower(), value) for name, value in headers).get("content-type", "")
    if environ["REQUEST_METHOD"] == "HEAD" or environ.get("PATH_INFO", "").startswith("/moto-api"):
        return False
    return status.startswith(("404", "405")) and content_type.startswith("text/html")


def _send(start_response: Any, status: str, headers: Headers, content: bytes) -> List[bytes]:
    start_response(status, headers)
    return [content]


def _json(value: Dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def _by_name(counts: "Counter[Action]") -> Dict[str, int]:
    return {str(action): count for action, count in sorted(counts.items())}
