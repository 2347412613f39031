"""A folder of backups: named by the time at which each was made, and thinned out by a rule.

Only what this installation saved there itself is ever deleted: told by its name and by what stands inside it.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from app.domain.installation.retention import Retention
from app.domain.problem import Problem
from app.formats.archive import read_facts

_NAME = re.compile(r"samvad-(\d{4}-\d{2}-\d{2}T\d{6}Z)\.tar")
_TIME = "%Y-%m-%dT%H%M%SZ"


def name_of_backup(now: datetime) -> str:
    """The name of a file by the second, in UTC, which sorts by time."""
    return f"samvad-{now.astimezone(UTC):{_TIME}}.tar"


def own_backups(folder: Path, mark: str) -> dict[datetime, Path]:
    """What the installation with this mark saved here, by the time in its name."""
    found: dict[datetime, Path] = {}
    for file in folder.iterdir():
        named = _NAME.fullmatch(file.name)
        if named and file.is_file() and not file.is_symlink() and _mark_in(file) == mark:
            found[datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)] = file
    return found


def thin_out(folder: Path, mark: str, rule: Retention) -> list[Path]:
    """Delete the own backups that the rule does not keep; which they were, oldest first."""
    backups = own_backups(folder, mark)
    gone = [backups[at] for at in sorted(backups.keys() - rule.kept(backups))]
    for file in gone:
        file.unlink()
    return gone


def _mark_in(file: Path) -> str | None:
    """Whose backup this is; None for what is none, or was damaged."""
    try:
        return read_facts(file).get("installation")
    except (Problem, OSError):
        return None
