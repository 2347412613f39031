"""A server that fails as networks do, at the moments that matter: before and after an answer is stored."""

import io
import json
import random
import socket
import struct
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/api/v1/responses"
#: what may happen to a post; None is that nothing does
FAULTS = ("unavailable", "busy", "reset-before", "reset-after", "refused-after", "truncated", "hang", None)
HANG_S = 1.5
#: what an overloaded proxy asks for, with a page of its own
RETRY_AFTER_S = 60
#: what goes into one request behind a proxy that is stricter than the server
MOST_ITEMS = 2


class Faults:
    """Wraps an application behind werkzeug's server. `happening` is the next fault, or a choice of several."""

    def __init__(self, behind: "WSGIApplication", seed: int = 1) -> None:
        self._behind = behind
        self._random = random.Random(seed)  # noqa: S311
        self._lock = threading.Lock()
        self.happening: tuple[str | None, ...] = (None,)
        self.met: list[str | None] = []
        #: no connection is answered at all, not even one that was open before
        self.down = False
        #: nor is one that asks for what ends like this
        self.lost: tuple[str, ...] = ()
        #: how long a page of a code takes
        self.slow_s = 0.0
        #: half of it comes
        self.halved = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self.down or environ["PATH_INFO"].endswith(self.lost):
            return _reset(environ)
        if environ["PATH_INFO"].startswith("/s/"):
            time.sleep(self.slow_s)
            if self.halved:
                environ.pop("HTTP_IF_NONE_MATCH", None)
                return self._halve(environ, start_response)
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "POST":
            return self._behind(environ, start_response)
        with self._lock:
            fault = self._random.choice(self.happening)
            self.met.append(fault)
        return self._meet(fault, environ, start_response)

    def _meet(self, fault: str | None, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        match fault:
            case "unavailable" | "busy":
                environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
                start_response("503 Service Unavailable" if fault == "unavailable" else "429 Too Many Requests", [])
                return [b"no JSON"]
            case "later":
                environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
                start_response("503 Service Unavailable", [("Retry-After", str(RETRY_AFTER_S))])
                return [b"<h1>overloaded</h1>"]
            case "too-large":
                return self._at_most(MOST_ITEMS, environ, start_response)
            case "reset-before":
                return _reset(environ)
            case "hang":
                time.sleep(HANG_S)
                return _reset(environ)
            case "reset-after" | "refused-after" | "truncated":
                return self._after(fault, environ, start_response)
        return self._behind(environ, start_response)

    def _at_most(self, most: int, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = io.BytesIO(body)
        if len(json.loads(body)["responses"]) <= most:
            return self._behind(environ, start_response)
        start_response("413 Content Too Large", [("Content-Type", "application/problem+json")])
        return [b'{"code": "request.too_large"}']

    def _after(self, fault: str, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The answer is stored, and its receipt is lost on the way."""
        if fault == "truncated":
            return self._halve(environ, start_response)
        self._ask(environ)
        if fault == "reset-after":
            return _reset(environ)
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"lost"]

    def _halve(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        status, headers, body = self._ask(environ)
        start_response(status, headers)
        yield body[: len(body) // 2]
        yield from _reset(environ)

    def _ask(self, environ: "WSGIEnvironment") -> tuple[str, list[tuple[str, str]], bytes]:
        """What the application answers: status, headers, body."""
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def hear(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            told.append((status, headers))

        body = b"".join(self._behind(environ, hear))  # type: ignore[arg-type]
        return (*told[-1], body)


def _reset(environ: "WSGIEnvironment") -> Iterable[bytes]:
    """Cut the connection with an RST. A plain close leaves the browser waiting: others still hold the socket."""
    connection: socket.socket = environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)
    connection.close()
    raise ConnectionResetError("cut on purpose")
