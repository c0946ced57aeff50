"""An HTTP/1.1 server for one WSGI application: connections in threads and kept alive, whole answers in one write.

The development servers of the standard library and of werkzeug close the connection after every answer, which
costs a Terraform run a TCP handshake per request.
"""

from __future__ import annotations

import io
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from typing import Any, Callable, Dict, List, Tuple
from urllib.parse import unquote_to_bytes, urlsplit

Wsgi = Callable[[Dict[str, Any], Any], List[bytes]]

BODILESS = ("204", "304")


class Server(ThreadingMixIn, HTTPServer):
    """Listens as soon as it exists, and raises OSError when the port is taken; answers once it is given to `serve`."""

    daemon_threads = True
    request_queue_size = 128
    application: Wsgi

    def __init__(self, host: str, port: int) -> None:
        super().__init__((host, port), _Handler)

    def serve(self, application: Wsgi) -> None:
        """Answers requests in the background."""
        self.application = application
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def server_bind(self) -> None:
        # HTTPServer's own asks DNS for the host's name, which can take seconds without a network.
        super(HTTPServer, self).server_bind()
        self.server_name, self.server_port = self.server_address[0], self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def _serve(self) -> None:
        status, headers = "", []  # type: Tuple[str, List[Tuple[str, str]]]

        def start_response(new_status: str, new_headers: List[Tuple[str, str]], _exc_info: Any = None) -> None:
            nonlocal status, headers
            status, headers = new_status, new_headers

        content = b"".join(self.server.application(self._environ(), start_response))
        names = {name.lower() for name, _ in headers}
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name}: {value}" for name, value in headers if self._is_sent(name, content)]
        if "date" not in names:
            lines.append(f"Date: {self.date_time_string()}")
        if status[:3] not in BODILESS and not (self.command == "HEAD" and "content-length" in names):
            lines.append(f"Content-Length: {len(content)}")
        if self.close_connection:
            lines.append("Connection: close")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
        self.wfile.write(head if self.command == "HEAD" or status[:3] in BODILESS else head + content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve

    def _is_sent(self, name: str, content: bytes) -> bool:
        lower = name.lower()
        if lower == "content-length":
            return self.command == "HEAD" and not content
        return lower not in ("connection", "transfer-encoding")

    def _environ(self) -> Dict[str, Any]:
        # A proxied request names its host in the request line. S3 Control puts the account id before the host,
        # which no resolver knows: with HTTP_PROXY set to this server such requests arrive here all the same.
        url = urlsplit(self.path)
        absolute = bool(url.scheme and url.netloc)
        path = url.path if absolute else self.path.partition("?")[0].partition("#")[0]
        uri = path + (f"?{url.query}" if url.query else "")
        host, port = self.server.server_address[0], self.server.server_address[1]
        environ: Dict[str, Any] = {
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self._body()),
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "SERVER_SOFTWARE": "groundplan",
            "SERVER_NAME": str(host),
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "REQUEST_METHOD": self.command,
            "REQUEST_URI": uri,
            "RAW_URI": uri,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path or "/").decode("latin-1"),
            "QUERY_STRING": url.query,
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
        if absolute:
            environ["HTTP_HOST"] = f"{host}:{port}"
        return environ

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().split(b";")[0].strip() or b"0", 16)
        chunk = self.rfile.read(size)
        self.rfile.readline()
        return chunk

    def log_message(self, format: str, *args: Any) -> None:
        """The application keeps the log."""
