"""Folders for work that may be cut off: what a killed run left behind is removed by the next one."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = ".in-use"
#: versions before this one took no lock; theirs are taken for dead when they are older than any work takes
_WITHOUT_LOCK_S = 24 * 3600
#: from the making of a folder to its lock there is a moment
_MOMENT_S = 60


@contextmanager
def scratch_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A folder for its owner alone, on the disk of `parent`, that is gone at the end.

    First those are removed that no living process holds: they hold a database, or secrets.
    """
    for left in dead_folders(parent, prefix):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=prefix) as name:
        folder = Path(name)
        lock = os.open(folder / _LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(lock)


def dead_folders(parent: Path, prefix: str) -> list[Path]:
    """What earlier runs left that were killed or lost their power. Nothing is removed."""
    own = (each for each in parent.iterdir() if each.name.startswith(prefix) and not each.is_symlink())
    return sorted(each for each in own if each.is_dir() and not _is_held(each))


def _is_held(folder: Path) -> bool:
    """Whether somebody still works in it: a lock ends with the process that took it, however that ended."""
    try:
        lock = os.open(folder / _LOCK, os.O_WRONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return _age_s(folder) < (_WITHOUT_LOCK_S if any(folder.iterdir()) else _MOMENT_S)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _age_s(folder: Path) -> float:
    """By whatever the clock shows; one from the future is from now."""
    return max(0.0, time.time() - folder.stat().st_mtime)
