import json
import logging
import os
from collections.abc import Iterator

import pytest
from gunicorn.config import Config

from app.formats.watching.server_log import ServerLines, ServerLog

PATH = "/s/ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def said(first_process: int, message: str, *args: object) -> dict[str, object]:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, message, args, None)
    found: dict[str, object] = json.loads(ServerLines(first_process).format(record))
    return found


def test_what_the_first_process_says_is_told() -> None:
    assert said(os.getpid(), "Listening at: %s", "127.0.0.1:8000")["message"] == "Listening at: 127.0.0.1:8000"


def test_what_those_say_that_serve_is_told_without_what_they_quote() -> None:
    assert said(1, "Error handling request %s", PATH)["message"] == "Error handling request %s"
    assert "message" not in said(1, f"Invalid request from ip=192.0.2.1: {PATH}")


@pytest.fixture
def log() -> Iterator[ServerLog]:
    root, level = logging.getLogger(), logging.getLogger().level
    handlers = list(root.handlers)
    config = Config()
    config.set("accesslog", "-")
    config.set("loglevel", "warning")
    yield ServerLog(config)
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()


def test_no_access_log_is_written_although_one_was_asked_for(log: ServerLog, capfd: pytest.CaptureFixture[str]) -> None:
    log.access(None, None, {"RAW_URI": PATH, "REMOTE_ADDR": "192.0.2.1"}, None)
    log.info("below the level")
    logging.getLogger("app.x").info("below the level")
    assert capfd.readouterr() == ("", "")
