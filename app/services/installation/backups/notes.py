"""When a backup was last made on this machine, and where to: a small file in the instance folder.

Not in the database: a backup is made while that may be busy or damaged, and whoever restores one would read there of a
backup that another machine has made.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_NAME = "backups.json"
#: of how many folders it is remembered that one was begun there
_MOST_FOLDERS = 5


@dataclass(frozen=True, slots=True)
class BackupNote:
    made_at: datetime | None = None
    #: where copies were begun, the latest first: what a killed run leaves lies there
    folders: tuple[Path, ...] = ()


def read_note(instance: Path) -> BackupNote:
    """What is remembered; nothing of a file that cannot be read."""
    try:
        raw = json.loads((instance / _NAME).read_text("utf-8"))
        made_at = datetime.fromisoformat(raw["made_at"]) if raw["made_at"] else None
        return BackupNote(made_at, tuple(map(Path, raw["folders"])))
    except (OSError, ValueError, KeyError, TypeError):
        return BackupNote()


def note_begun(instance: Path, folder: Path) -> None:
    """Before a copy is begun in this folder."""
    note = read_note(instance)
    folders = (folder.absolute(), *(each for each in note.folders if each != folder.absolute()))
    _write(instance, note.made_at, folders[:_MOST_FOLDERS])


def note_made(instance: Path, made_at: datetime) -> None:
    """When one has been made whole."""
    _write(instance, made_at, read_note(instance).folders)


def _write(instance: Path, made_at: datetime | None, folders: Iterable[Path]) -> None:
    if not instance.is_dir():
        return
    document = {"made_at": made_at.isoformat() if made_at else None, "folders": [str(folder) for folder in folders]}
    file = instance / f".{_NAME}-{os.getpid()}"
    try:
        file.touch(mode=0o600)
        file.write_text(json.dumps(document), "utf-8")
        file.replace(instance / _NAME)
    finally:
        # On a full disk nothing is left of it.
        file.unlink(missing_ok=True)
