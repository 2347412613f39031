"""Files of jobs, in the folder `jobs` of the instance: what is drawn so far, and what came of it.

Each is written under another name and renamed when it is whole, so that whoever was killed leaves nothing that looks
finished.
"""

import shutil
import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path

from app.domain.problem import Problem
from app.services.held_files import DISK_FULL
from app.services.whole_files import put_in_place, write_whole

#: bytes that are left to answers: a disk that is full takes none
LEFT_FREE = 2**28
FOLDER = "jobs"


class Parts:
    """What is drawn of one job so far, a file for each place and language."""

    def __init__(self, instance: Path, name: str) -> None:
        top = instance / FOLDER
        top.mkdir(mode=0o700, exist_ok=True)
        self._folder = top / name
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def file(self, place_id: int, language: str) -> Path:
        return self._folder / f"{place_id}-{language}.pdf"

    def keep(self, place_id: int, language: str, content: bytes) -> None:
        """Problem `file.no_space` where answers would soon find none."""
        self._require_room(len(content))
        write_whole(self.file(place_id, language), content)

    def leave_out(self, place_id: int) -> None:
        """Remember that there is nothing to be drawn of a place."""
        write_whole(self._nothing(place_id), b"")

    def is_left_out(self, place_id: int) -> bool:
        return self._nothing(place_id).is_file()

    def is_done(self, place_id: int, languages: Iterable[str]) -> bool:
        """Whether all of a place is drawn, or nothing is to be."""
        return self.is_left_out(place_id) or all(self.file(place_id, one).is_file() for one in languages)

    def bind(self, contents: bytes, files: Iterable[tuple[str, Path]]) -> None:
        """Put all into the one file of the job, each under its name, behind the list of its contents.

        One after the other, so that memory is not asked for all of it; PDFs are packed already. Problem `file.no_space`
        where answers would soon find no room.
        """
        files = list(files)
        self._require_room(sum(file.stat().st_size for _, file in files))
        whole = self._folder / "whole"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("contents.csv", contents)
            for name, file in files:
                archive.write(file, name)
        put_in_place(whole, self._folder.with_suffix(".zip"))

    def _require_room(self, needed: int) -> None:
        if shutil.disk_usage(self._folder).free < LEFT_FREE + needed:
            raise Problem(DISK_FULL)

    def _nothing(self, place_id: int) -> Path:
        return self._folder / f"{place_id}.none"


def finished_file(instance: Path, name: str) -> Path:
    """Where the file of a job lies, if it does."""
    return instance / FOLDER / f"{name}.zip"


def forget_parts(instance: Path, name: str) -> None:
    shutil.rmtree(instance / FOLDER / name, ignore_errors=True)


def forget_files(instance: Path, name: str) -> None:
    """Parts and what came of them."""
    forget_parts(instance, name)
    finished_file(instance, name).unlink(missing_ok=True)


def forget_others(instance: Path, in_work: Collection[str], kept: Collection[str]) -> int:
    """Take away what belongs to no job that goes on and to none whose file is kept; how many files and folders."""
    wanted = {*in_work, *(f"{name}.zip" for name in (*in_work, *kept))}
    others = [one for one in (instance / FOLDER).glob("*") if one.name not in wanted]
    for one in others:
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
    return len(others)
