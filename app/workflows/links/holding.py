"""What is made in the database together with a file that its maker gets once: either both are kept or none."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from app.services import held_files
from app.services.held_files import HeldKind
from app.transaction import transaction

Made = TypeVar("Made")


def make_and_hold(
    instance: Path, make: Callable[[Session], tuple[Made, bytes]], *, kind: HeldKind, owner: int, now: datetime
) -> tuple[Made, str]:
    """What `make` has made, and the name under which its file is held.

    The file is held before the rest is there for good, since one that found no room on the disk would be lost with it;
    if the commit fails, it is forgotten as well.
    """
    token = None
    try:
        with transaction() as session:
            made, content = make(session)
            token = held_files.store(instance, content, kind=kind, owner=owner, now=now)
    except Exception:
        if token is not None:
            held_files.discard(instance, token, owner=owner, now=now)
        raise
    return made, token
