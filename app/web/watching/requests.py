"""Every request is counted, and one that fails is logged: never with its address, only with the pattern of it."""

import logging
import secrets
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask, Request, request

from app.domain.installation.watching import Work
from app.formats.watching.lock_times import LOCK_TIMES, LockTimes, at_work
from app.web.watching.counts import COUNTS, NO_ROUTE, STATIC_ROUTE, ServerCounts

if TYPE_CHECKING:
    from _typeshed import ExcInfo, OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: where whoever answers a failure leaves what it was
FAILURE = "samvad.failure"

_log = logging.getLogger(__name__)


def register_watching(app: Flask) -> None:
    """The outermost layer, so it comes last: whatever is refused further in is seen here."""
    locks: LockTimes = app.extensions[LOCK_TIMES]
    counts = ServerCounts({rule.rule for rule in app.url_map.iter_rules()}, locks)
    app.extensions[COUNTS] = counts
    # Flask would log the path.
    app.log_exception = _leave_failure  # type: ignore[method-assign, assignment]
    app.wsgi_app = Watched(app.wsgi_app, counts)  # type: ignore[method-assign]


class Watched:
    """An application whose requests are counted."""

    def __init__(self, behind: "WSGIApplication", counts: ServerCounts) -> None:
        self._behind = behind
        self._counts = counts

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = time.monotonic()

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None
        ) -> Callable[[bytes], object]:
            self._note(environ, int(status[:3]), time.monotonic() - began)
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        try:
            with at_work(Work.REQUEST):
                return self._behind(environ, start)
        except Exception as error:
            environ[FAILURE] = error
            self._note(environ, 500, time.monotonic() - began)
            raise

    def _note(self, environ: "WSGIEnvironment", status: int, seconds: float) -> None:
        route, reader = _route_of(environ)
        self._counts.note_request(route, reader, status, seconds)
        if status >= 500:
            about = _told_of(route, status, seconds)
            _log.error("A request failed.", exc_info=environ.get(FAILURE), extra={"event": "request.failed", **about})
        elif reader == "office" and _log.isEnabledFor(logging.INFO):
            # Staff know that they are logged. Of citizens a line would be the time of an answer.
            about = _told_of(route, status, seconds)
            _log.info("A request of the office.", extra={"event": "office.request", **about})


def _told_of(route: str, status: int, seconds: float) -> dict[str, object]:
    """With an id that is drawn here, whatever the request says: by it a line can be spoken of."""
    return {"route": route, "status": status, "ms": round(seconds * 1000), "request": secrets.token_hex(8)}


def _leave_failure(failure: "ExcInfo | tuple[None, None, None]") -> None:
    """What not even a page of a failure could be made of."""
    request.environ[FAILURE] = failure[1]


def _route_of(environ: "WSGIEnvironment") -> tuple[str, str]:
    """The pattern of an address and whose it is."""
    asked = environ.get("werkzeug.request")
    rule = asked.url_rule if isinstance(asked, Request) else None
    if rule is not None:
        return rule.rule, rule.endpoint.partition(".")[0]
    if str(environ.get("PATH_INFO", "")).startswith("/static/"):
        return STATIC_ROUTE, "static"
    return NO_ROUTE, NO_ROUTE
