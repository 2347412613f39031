"""A small server for the machine's own eyes: a port of its own, on loopback, in a thread of its own.

It has nothing to do with the threads that serve citizens, so it answers also while all of those wait. A proxy in front
of citizens' pages does not know the port; should somebody lead one here all the same, what it passes on is refused.
"""

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
_PATIENCE_S = 5
_log = logging.getLogger(__name__)
#: each says that somebody else asks than who is connected
_BY_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@dataclass(frozen=True, slots=True)
class Page:
    """What is answered at an address."""

    body: bytes
    status: str = "200 OK"
    content_type: str = "application/json"

    @classmethod
    def of(cls, document: object, status: str = "200 OK") -> "Page":
        """A document as JSON."""
        return cls(json.dumps(document, ensure_ascii=False).encode() + b"\n", status)


def pages_at(pages: Mapping[str, Callable[[], Page]]) -> "WSGIApplication":
    """An application of these pages, each made when it is asked for, and nothing else."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        page = _page_for(environ, pages)
        headers = [("Content-Type", page.content_type), ("Content-Length", str(len(page.body)))]
        start_response(page.status, [*headers, ("Cache-Control", "no-store")])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    return answer


def _page_for(environ: "WSGIEnvironment", pages: Mapping[str, Callable[[], Page]]) -> Page:
    if any(name in environ for name in _BY_PROXY):
        return Page.of({"code": "watch.by_proxy", "detail": "This is not for a proxy."}, "403 Forbidden")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return Page.of({"code": "request.method"}, "405 Method Not Allowed")
    make = pages.get(environ.get("PATH_INFO", ""))
    if make is None:
        return Page.of({"code": "page.not_found"}, "404 Not Found")
    try:
        return make()
    except Exception:  # whatever it is, whoever watches has to learn that something is wrong
        _log.exception("A page for whoever watches failed.", extra={"event": "watch.failed"})
        return Page.of({"code": "server.failed"}, "500 Internal Server Error")


class LoopbackServer:
    """Takes the port at once, so that processes forked afterwards share it: any of them answers."""

    def __init__(self, port: int, application: "WSGIApplication") -> None:
        """OSError if the port is not free. Port 0 takes any."""
        self._server = _Server((HOST, port), _Handler)
        self._server.set_app(application)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def begin(self) -> None:
        """Answer, in this process, for as long as it lives."""
        threading.Thread(target=self._server.serve_forever, name="watching", daemon=True).start()

    def end(self) -> None:
        """Give the port back. Only after `begin`, in the process that called it."""
        self._server.shutdown()
        self._server.server_close()


class _Server(WSGIServer):
    def server_bind(self) -> None:
        # HTTPServer would ask a name server who we are.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        # Another process may have taken the connection that woke this one.
        self.socket.setblocking(False)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, self.server_address[1]
        self.setup_environ()

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked has gone."""


class _Handler(WSGIRequestHandler):
    timeout = _PATIENCE_S

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: whoever watches asks every few seconds."""

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True
