"""Where the secrets of this installation are, and who may write them."""

import os
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
