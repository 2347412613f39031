"""A file between its upload and the confirmation of what it would do: in the instance, for an hour, for its owner.

It never travels back through the browser, where a second upload could change it unseen. It knows what it is and is
given out as nothing else: the list behind printed slips, asked for as the sheets, would say which slip went where.
"""

import errno
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from app.domain.problem import Problem, ProblemType

Content = TypeVar("Content")

HELD_FOR = timedelta(hours=1)
#: of one owner; older ones give way, so that a disk cannot be filled by uploads
MOST_HELD = 50

HELD_GONE = ProblemType(
    "file.gone", 410, "The file you chose is no longer here: files are kept for an hour. Please choose it again."
)

DISK_FULL = ProblemType(
    "file.no_space", 507, "The disk of this installation is full, so nothing was kept. Please tell its operator."
)

# Without a kind are files of the version before, which have an hour to live.
_NAME = re.compile(r"(?P<owner>[0-9]+)-(?P<until>[0-9]+)-(?:(?P<kind>[a-z]+)-)?(?P<token>[0-9a-f]{32})")


class HeldKind(StrEnum):
    """What a held file is."""

    PLACES = "places"
    CASES = "cases"
    #: numbers of calls by an outside body
    CHECKS = "checks"
    #: of a batch: one line for each slip or invitation
    LINKS = "links"
    #: of a batch, drawn
    SHEETS = "sheets"
    PRINTS = "prints"
    #: of cases, before it is closed
    LIST = "list"
    #: of a draw: one line for each case and decoy
    INVITATIONS = "invitations"


def store(instance: Path, content: bytes, *, kind: HeldKind, owner: int, now: datetime) -> str:
    """Keep the file; the token by which its owner gets it back. Problem `file.no_space`: no half of it stays."""
    folder = instance / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    forget_held_files(instance, now)
    _make_room(folder, owner)
    token = secrets.token_hex(16)
    until = int((now + HELD_FOR).timestamp())
    file = folder / f"{owner}-{until}-{kind}-{token}"
    try:
        file.touch(mode=0o600)
        file.write_bytes(content)
    except OSError as error:
        file.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise Problem(DISK_FULL) from error
        raise
    return token


def read(instance: Path, token: str, *, kind: HeldKind, owner: int, now: datetime) -> bytes:
    """The file behind the token; Problem `file.gone` after an hour, for anybody else, or if it is of another kind."""
    file = _find(instance, token, owner, now, kind)
    try:
        return file.read_bytes()
    except OSError:
        raise Problem(HELD_GONE) from None


def read_as(
    reader: Callable[[bytes], Content], instance: Path, token: str, *, kind: HeldKind, owner: int, now: datetime
) -> Content:
    """The same as its reader reads it; `file.gone` too if that raises a ValueError, as of a version before."""
    content = read(instance, token, kind=kind, owner=owner, now=now)
    try:
        return reader(content)
    except ValueError:
        raise Problem(HELD_GONE) from None


def tokens_of(instance: Path, *, kind: HeldKind, owner: int, now: datetime) -> list[str]:
    """Of all files of this kind that wait for their owner, the newest first."""
    files = sorted(_files(instance / "uploads"), key=_until, reverse=True)
    named = [found for file in files if _until(file) > now.timestamp() and (found := _NAME.fullmatch(file.name))]
    return [found["token"] for found in named if (found["kind"], int(found["owner"])) == (kind, owner)]


def discard(instance: Path, token: str, *, owner: int, now: datetime) -> None:
    """Forget the file."""
    _find(instance, token, owner, now).unlink(missing_ok=True)


def forget_held_files(instance: Path, now: datetime) -> None:
    """Delete whatever has been kept for its hour: links of slips would lie on the disk otherwise."""
    for file in _files(instance / "uploads"):
        if _until(file) <= now.timestamp():
            file.unlink(missing_ok=True)


def settle_future_files(instance: Path, now: datetime) -> None:
    """Give what a clock that was ahead has stored an hour from now, not from then."""
    latest = int((now + HELD_FOR).timestamp())
    for file in _files(instance / "uploads"):
        if _until(file) > latest:
            found = _NAME.fullmatch(file.name)
            start, end = found.span("until") if found else (0, 0)
            with suppress(FileNotFoundError):
                file.rename(file.with_name(f"{file.name[:start]}{latest}{file.name[end:]}"))


def _find(instance: Path, token: str, owner: int, now: datetime, kind: HeldKind | None = None) -> Path:
    for file in _files(instance / "uploads"):
        found = _NAME.fullmatch(file.name)
        if not found or (found["token"], int(found["owner"])) != (token, owner) or _until(file) <= now.timestamp():
            continue
        if kind is None or found["kind"] == kind:
            return file
    raise Problem(HELD_GONE)


def _make_room(folder: Path, owner: int) -> None:
    own = sorted((file for file in _files(folder) if file.name.startswith(f"{owner}-")), key=_until)
    for file in own[: max(0, len(own) - MOST_HELD + 1)]:
        file.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if _NAME.fullmatch(file.name)] if folder.is_dir() else []


def _until(file: Path) -> int:
    found = _NAME.fullmatch(file.name)
    return int(found["until"]) if found else 0
