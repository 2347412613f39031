"""The machine: room on its disks, time zones, fonts, and what backups left and made there."""

import shutil
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import make_url
from weasyprint.text.fonts import FontConfiguration

from app.domain.problem import Problem
from app.formats.paper.fonts import require_fonts
from app.services.installation.backups.backup import left_behind
from app.services.installation.backups.notes import read_note
from app.services.installation.watching.defects import Defect, Subject, Weight

#: below either of these a disk counts as full: the log of a busy hour and a backup's copy need room
LEAST_SHARE = 0.05
LEAST_BYTES = 10**9
#: one a night, and two hours for making it
BACKUP_AGE = timedelta(hours=26)
_ZONE = "Asia/Kolkata"


def check_disks(subject: Subject) -> list[Defect]:
    """`disk.full` for each disk that an answer needs room on."""
    found = [disk_defect(folder, *room_at(folder)) for folder in _folders(subject)]
    return [defect for defect in found if defect]


def disk_defect(folder: Path, free: int, whole: int) -> Defect | None:
    """Whether this much of that much is too little."""
    if free >= LEAST_BYTES and free >= LEAST_SHARE * whole:
        return None
    room = f"{free / 10**9:.1f} of {whole / 10**9:.1f} GB are free"
    return Defect("disk.full", f"The disk of {folder} is nearly full: {room}. Make room.", Weight.STOPS)


def room_at(folder: Path) -> tuple[int, int]:
    """Bytes that are free, and all there are."""
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


def check_backups(subject: Subject) -> list[Defect]:
    """`backup.none`, `backup.old`, and `backup.broken_off` for copies that a killed run left, which hold secrets."""
    note = read_note(subject.instance)
    found = []
    if note.made_at is None:
        found.append(Defect("backup.none", "No backup has been made on this machine: run `samvad backup`."))
    elif subject.now - note.made_at > BACKUP_AGE:
        made = f"{note.made_at:%Y-%m-%d %H:%M} UTC"
        found.append(Defect("backup.old", f"The last backup was made at {made}: look at the timer that makes them."))
    left = [each for folder in {subject.instance, *note.folders} for each in _left_in(folder)]
    if left:
        names = ", ".join(map(str, sorted(left)))
        sentence = f"A backup was broken off and left {names}. The next backup into that folder removes it."
        found.append(Defect("backup.broken_off", sentence))
    return found


def check_zones(_: Subject) -> list[Defect]:
    """`machine.no_zones`."""
    try:
        ZoneInfo(_ZONE)
    except ZoneInfoNotFoundError:
        return [Defect("machine.no_zones", f"This machine does not know the time zone {_ZONE}: install tzdata.")]
    return []


def check_fonts(_: Subject) -> list[Defect]:
    """`print.font_missing`."""
    try:
        require_fonts(FontConfiguration())
    except Problem as problem:
        return [Defect.of(problem, Weight.MEND)]
    return []


def _folders(subject: Subject) -> list[Path]:
    """The instance, and where the database is if it is a file elsewhere."""
    url = make_url(subject.database_url)
    folders = [subject.instance]
    if url.get_backend_name() == "sqlite" and Path(url.database or "").parent != subject.instance:
        folders.append(Path(url.database or "").parent)
    return [folder for folder in folders if folder.is_dir()]


def _left_in(folder: Path) -> list[Path]:
    """Nothing of a folder that is not there now, as one on a disk that is taken away."""
    try:
        return left_behind(folder)
    except OSError:
        return []
