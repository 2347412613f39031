"""Where a server that forks tells of itself: it takes the port before it forks, and every process answers at it."""

import logging

from flask import Flask

from app.config import Settings
from app.formats.watching.loopback import LoopbackServer, pages_at
from app.web.watching.counts import COUNTS, ServerCounts
from app.web.watching.pages import watching_pages

_SERVER = "samvad.watching"
_log = logging.getLogger(__name__)


def take_watch_port(app: Flask) -> None:
    """To be called before the first process is forked. Without the setting nothing listens.

    A port that is not free keeps no citizen out: it is said, and whatever watches will miss us.
    """
    settings: Settings = app.extensions["samvad.settings"]
    if settings.watch_port is None:
        return
    try:
        app.extensions[_SERVER] = LoopbackServer(settings.watch_port, pages_at(watching_pages(app, settings)))
    except OSError:
        _log.error("Port %d is not free, so nobody can watch.", settings.watch_port, extra={"event": "watch.port"})


def join_watching(app: Flask, process: int) -> None:
    """To be called in each forked process, with its number among all that ever were."""
    counts: ServerCounts = app.extensions[COUNTS]
    counts.take_row(process)
    server: LoopbackServer | None = app.extensions.get(_SERVER)
    if server is not None:
        server.begin()
