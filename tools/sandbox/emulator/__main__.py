"""`python3 -m emulator`: serves until it is told to stop."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import time
from contextlib import ExitStack
from typing import Callable, List, Optional

from . import MOTO_VERSION
from .server import Server

INSTALL_HINT = f"run: python3 -m pip install 'moto[server]=={MOTO_VERSION}'"
NEEDS_MOTO = f"moto[server] {MOTO_VERSION} is needed and cannot be imported ({{}}); {INSTALL_HINT}"
PARENT_POLL_SECONDS = 0.5


def main(argv: Optional[List[str]] = None) -> int:
    """Runs the emulator and returns its exit code."""
    arguments = _parse(argv)
    if sys.version_info < (3, 10):
        return _fail(f"moto {MOTO_VERSION} needs Python 3.10 or newer, this is {sys.version.split()[0]}")
    if arguments.list:
        return _list()
    try:
        server = Server(arguments.host, arguments.port)  # before moto is loaded: a taken port is said at once
    except OSError as error:
        return _fail(f"cannot listen on {arguments.host}:{arguments.port}: {error.strerror}")
    with ExitStack() as stack:
        stack.callback(server.server_close)
        log = stack.enter_context(open(arguments.log, "a", encoding="utf-8")) if arguments.log else None
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        # moto prints now and then; the ready line stays the only thing on stdout.
        ready_line, sys.stdout = sys.stdout, sys.stderr
        _prepare_environment(server.server_port)
        try:
            import moto
            from moto.core import DEFAULT_ACCOUNT_ID

            from . import registry, speed
            from .app import Application
        except ImportError as error:
            return _fail(NEEDS_MOTO.format(error))
        if moto.__version__ != MOTO_VERSION:
            _warn(f"moto is {moto.__version__}, the fillers are written for {MOTO_VERSION}; {INSTALL_HINT}")
        for problem in registry.install():
            _warn(problem)
        speed.install()

        if arguments.parent_pid is not None:
            threading.Thread(target=_watch, args=(arguments.parent_pid, stop.set), daemon=True).start()
        server.serve(Application(registry.fillers(), registry.own_services(), log))
        ready = {
            "ready": True,
            "port": server.server_port,
            "pid": os.getpid(),
            "moto": moto.__version__,
            "accountId": DEFAULT_ACCOUNT_ID,
        }
        print(json.dumps(ready), file=ready_line, flush=True)
        stop.wait()
    return 0


def _list() -> int:
    try:
        from . import registry
    except ImportError as error:
        return _fail(NEEDS_MOTO.format(error))
    print(registry.table())
    return 0


def _prepare_environment(port: int) -> None:
    """moto reads these when it is imported: AWS's managed policies exist, and certificates are issued at once."""
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "0")
    os.environ["MOTO_PORT"] = str(port)


def _parse(argv: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description="A local AWS: moto plus gap fillers.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 chooses a free one (default)")
    parser.add_argument("--log", metavar="FILE", help="append one JSON line per request to this file")
    parser.add_argument("--parent-pid", type=int, metavar="PID", help="exit when this process is gone")
    parser.add_argument("--list", action="store_true", help="print what is filled in, and why")
    arguments = parser.parse_args(argv)
    if arguments.parent_pid is not None and os.name != "posix":
        parser.error("--parent-pid needs a POSIX system")
    return arguments


def _watch(pid: int, stop: Callable[[], None]) -> None:
    is_parent = os.getppid() == pid
    while (os.getppid() == pid) if is_parent else _runs(pid):
        time.sleep(PARENT_POLL_SECONDS)
    stop()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _warn(message: str) -> None:
    print(f"emulator: {message}", file=sys.stderr)


def _fail(message: str) -> int:
    _warn(message)
    return 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # to take everything moto holds apart would take seconds
