"""gunicorn's own log, in the same lines. For `gunicorn.conf.py`, which names the class."""

import logging
import os
from typing import TYPE_CHECKING

from gunicorn.glogging import Logger

from app.formats.watching.log_lines import JsonLines, write_log_lines

if TYPE_CHECKING:
    from gunicorn.config import Config


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn publishes no types
    """What gunicorn says from the level on that `--log-level` gives, which holds for our own lines as well.

    It writes no access log, whatever it is told: a path names a place and a code.
    """

    def setup(self, cfg: "Config") -> None:
        super().setup(cfg)
        lines = ServerLines(os.getpid())
        for handler in self.error_log.handlers:
            handler.setFormatter(lines)
            # Those that serve say below it when each request came, and that is the time of an answer.
            handler.addFilter(lambda record: lines.is_of_first(record) or record.levelno >= logging.WARNING)
        write_log_lines(self.loglevel)

    def access(self, *_: object) -> None:
        """Nothing."""


class ServerLines(JsonLines):
    """The process that starts and counts the others serves nobody, so what it says is told.

    Those that serve may quote the request that they stumbled over, with its path, and who sent it. Of what they say
    there is at most the text before anything was put into it.
    """

    def __init__(self, first_process: int) -> None:
        super().__init__()
        self._first_process = first_process

    def is_of_first(self, record: logging.LogRecord) -> bool:
        return record.process == self._first_process

    def said(self, record: logging.LogRecord) -> dict[str, object]:
        if self.is_of_first(record):
            return {"event": "server.message", "message": record.getMessage()}
        # Without parts to be put in, they may have been put in already.
        return {"event": "server.message", **({"message": str(record.msg)} if record.args else {})}
