import json
import logging
import subprocess
import sys

from app.formats.watching.log_lines import JsonLines
from tests.meta import ROOT

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def line(name: str, message: str, *args: object, error: BaseException | None = None, **extra: object) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 7, message, args, info)
    record.__dict__.update(extra)
    return JsonLines().format(record)


def test_our_own_code_says_what_happened_and_what_it_names() -> None:
    told = json.loads(line("app.web.x", "A request failed.", event="request.failed", route="/s/<token>", path=TOKEN))
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "error",
        "event": "request.failed",
        "message": "A request failed.",
        "route": "/s/<token>",
    }


def test_what_a_library_says_is_left_out_but_not_where() -> None:
    told = line("somebody.else", "cannot read %s", TOKEN)
    assert TOKEN not in told
    assert "cannot read" not in told
    assert json.loads(told)["from"] == "test_log_lines:7"


def test_of_an_exception_there_is_its_kind_and_its_way() -> None:
    try:
        try:
            json.loads(TOKEN)
        except ValueError as cause:
            raise KeyError(TOKEN) from cause
    except KeyError as error:
        told = line("app.x", "Failed.", error=error)
    assert TOKEN not in told
    outer, inner = json.loads(told)["errors"]
    assert (outer["kind"], inner["kind"]) == ("KeyError", "JSONDecodeError")
    assert outer["way"][0].startswith("test_log_lines.py:")


def test_one_line_an_event_and_nothing_of_what_is_quoted() -> None:
    code = f"""
import logging, warnings
from app.formats.watching.log_lines import write_log_lines
write_log_lines(logging.WARNING)
logging.getLogger("library").info("{TOKEN}")
logging.getLogger("library").warning("{TOKEN}\\nsecond line")
warnings.warn("{TOKEN}")
logging.getLogger("app.x").error("Ours.", extra={{"event": "x.y"}})
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert TOKEN not in done.stderr
    events = [json.loads(each)["event"] for each in done.stderr.splitlines()]
    assert events == ["library.message", "library.message", "x.y"]
