"""The log: one line of JSON an event, and in it only what is said to be there.

A log outlives the 72 hours after which nothing may tell when or from where an answer came, and it goes to places that
nobody thinks of. So a line is not cleaned of what must not stand there; it is made of what may: the time, the level, a
code, and the fields that our own code names. What a library says is left out, since it may quote a request; where it
says it stands there. So is what an exception says; its kind stands there, and through which lines it came.
"""

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
#: what a record of ours may bring with it, in `extra`
FIELDS = ("route", "status", "ms", "request", "job")
#: an exception's innermost lines
_MOST_FRAMES = 12


class JsonLines(logging.Formatter):
    """A line for each record. Records of our own code say what they say, and name their event in `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {"time": at.isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        line |= self.said(record)
        if record.exc_info and record.exc_info[1] is not None:
            line |= told_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    def said(self, record: logging.LogRecord) -> dict[str, object]:
        """What happened: the event, and what the record has to tell of it."""
        if not is_own(record):
            return {"event": "library.message", "library": record.name, "from": f"{record.module}:{record.lineno}"}
        told = {"event": getattr(record, "event", "samvad.message"), "message": record.getMessage()}
        return told | {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}


def is_own(record: logging.LogRecord) -> bool:
    """Whether one of our modules speaks. Flask's own logger is called `app`, and quotes the path of a request."""
    return record.name.startswith("app.")


def told_of(error: BaseException) -> dict[str, object]:
    """An exception's kind and way, and those of what caused it, without a word of what they say."""
    return {"errors": [{"kind": type(each).__name__, "way": _way(each)} for each in _causes(error)]}


def write_log_lines(level: int) -> None:
    """Everything that is logged in this process goes to standard error as JSON, from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    # What libraries say below that is for their makers.
    handler.addFilter(lambda record: is_own(record) or record.levelno >= logging.WARNING)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # A warning quotes the line that it is about.
    logging.captureWarnings(True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _way(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    return [f"{_shown(Path(frame.filename))}:{frame.lineno} {frame.name}" for frame in frames]


def _shown(file: Path) -> str:
    if file.is_relative_to(_ROOT / "app"):
        return str(file.relative_to(_ROOT))
    # A library by its own name, wherever it is installed.
    return "/".join(
        file.parts[file.parts.index("site-packages") + 1 :] if "site-packages" in file.parts else (file.name,)
    )
