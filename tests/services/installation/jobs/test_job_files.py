"""Files of jobs: whole or not there, and gone when no job needs them."""

import zipfile
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.services.installation.jobs import job_files
from app.services.installation.jobs.job_files import Parts, finished_file, forget_files, forget_others, forget_parts


def test_parts_are_kept_and_bound_into_one_file(tmp_path: Path) -> None:
    parts = Parts(tmp_path, "a")
    parts.keep(1, "hi", b"one")
    assert not parts.is_done(1, ["hi", "en"])
    parts.keep(1, "en", b"two")
    parts.leave_out(2)
    again = Parts(tmp_path, "a")
    assert again.is_done(1, ["hi", "en"])
    assert again.is_done(2, ["hi", "en"])
    assert (again.is_left_out(1), again.is_left_out(2)) == (False, True)
    assert not finished_file(tmp_path, "a").exists()
    again.bind(b"list", [("1-hi.pdf", again.file(1, "hi"))])
    with zipfile.ZipFile(finished_file(tmp_path, "a")) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "contents.csv": b"list",
            "1-hi.pdf": b"one",
        }
    forget_parts(tmp_path, "a")
    assert [file.name for file in (tmp_path / "jobs").iterdir()] == ["a.zip"]
    forget_files(tmp_path, "a")
    assert list((tmp_path / "jobs").iterdir()) == []


def test_nobody_else_reads_them(tmp_path: Path) -> None:
    Parts(tmp_path, "a")
    assert (tmp_path / "jobs").stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_bound_leaves_none(tmp_path: Path) -> None:
    parts = Parts(tmp_path, "a")
    with pytest.raises(FileNotFoundError):
        parts.bind(b"list", [("1-hi.pdf", parts.file(1, "hi"))])
    assert not finished_file(tmp_path, "a").exists()


def test_the_last_room_of_a_disk_is_left_to_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_files, "LEFT_FREE", 2**62)
    with pytest.raises(Problem, match=r"file\.no_space"):
        Parts(tmp_path, "a").keep(1, "hi", b"one")


def test_what_belongs_to_no_job_is_taken_away(tmp_path: Path) -> None:
    assert forget_others(tmp_path, (), ()) == 0
    for name in ("in-work", "kept", "gone"):
        parts = Parts(tmp_path, name)
        parts.keep(1, "hi", b"one")
        parts.bind(b"list", [])
    assert forget_others(tmp_path, {"in-work"}, {"kept"}) == 3
    left = {file.relative_to(tmp_path / "jobs").as_posix() for file in (tmp_path / "jobs").rglob("*")}
    assert left == {"in-work", "in-work/1-hi.pdf", "in-work.zip", "kept.zip"}
