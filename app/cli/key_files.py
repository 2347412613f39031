"""Where the secrets of this installation are, and who may write them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.config import where_from_env
from app.domain.problem import Problem, ProblemType

FOREIGN_FILE = ProblemType(
    "keys.owner", 409, "%(file)s belongs to another user: run this as that user, or the servers could not read it."
)


def secrets_path() -> Path:
    return where_from_env()[0] / "secrets.json"


def require_own(path: Path) -> None:
    """Problem `keys.owner` for a file of another user: a file written by root could not be read by the servers."""
    if path.stat().st_uid != os.geteuid():
        raise Problem(FOREIGN_FILE, file=str(path))


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """One at a time between reading the secrets and writing them: the later of two would forget the other's key."""
    lock = os.open(path.with_name(f".{path.name}.lock"), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
