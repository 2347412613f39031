"""What is made of editions, prints and tables, beside the database: a cache, from which anything may be missing."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.problem import Problem, ProblemType

PRINT_BUSY = ProblemType("edition.print_busy", 503, "Another print is being made. Please try again in a few seconds.")
FOLDER = "editions"
RETRY_S = 5
#: after so long without being made anew a print is taken away; a year of all places in two languages is gigabytes
KEPT = timedelta(days=14)


def print_file(instance: Path, digest: str, language: str, *, is_marked: bool = False) -> Path:
    """Where the print of an edition lies, if it does; with the code of the record or without it."""
    return instance / FOLDER / f"{digest}-{language}{'-marked' if is_marked else ''}.pdf"


@contextmanager
def drawing_alone(instance: Path) -> Iterator[None]:
    """Nobody else draws one until the end of this block; Problem `edition.print_busy` if somebody does."""
    with making_alone(instance, "lock", Problem(PRINT_BUSY, retry_after=RETRY_S)):
        yield


@contextmanager
def making_alone(instance: Path, lock_name: str, busy: Problem) -> Iterator[None]:
    """Nobody else makes what this lock is of until the end of the block; the folder is there. Raises `busy`."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / lock_name).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy from None
        yield


def forget_prints(instance: Path, now: datetime) -> int:
    """Take away what was made long ago, and what a process that was killed has left half written; how many."""
    old = [
        file for file in (instance / FOLDER).glob("*") if not file.name.startswith("lock") and _made(file) < now - KEPT
    ]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _made(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime).astimezone()
