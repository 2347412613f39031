"""Folders for work that may be cut off."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from app.services.installation.backups.scratch import dead_folders, scratch_folder

DAYS = 24 * 3600


def work_until_killed(parent: Path, ready: "multiprocessing.synchronize.Event") -> None:
    with scratch_folder(parent, ".work-") as folder:
        (folder / "database").write_bytes(b"as large as the database")
        ready.set()
        signal.pause()


def test_what_a_killed_run_left_is_removed_by_the_next_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("forkserver")
    ready = processes.Event()
    other = processes.Process(target=work_until_killed, args=(tmp_path, ready))
    other.start()
    try:
        assert ready.wait(60)
        (held,) = tmp_path.iterdir()
        with scratch_folder(tmp_path, ".work-") as folder:
            assert set(tmp_path.iterdir()) == {held, folder}
        assert dead_folders(tmp_path, ".work-") == []
    finally:
        other.kill()
        other.join()
    assert dead_folders(tmp_path, ".work-") == [held]
    with scratch_folder(tmp_path, ".work-") as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("age", "dead"), [(2 * DAYS, True), (DAYS // 2, False), (-399 * DAYS, False)])
def test_what_an_older_version_left_goes_by_its_age(tmp_path: Path, age: int, dead: bool) -> None:
    left = tmp_path / ".work-older"
    left.mkdir()
    (left / "database").write_bytes(b"x")
    at = time.time() - age
    os.utime(left, (at, at))
    assert dead_folders(tmp_path, ".work-") == ([left] if dead else [])


def test_what_belongs_to_others_stays(tmp_path: Path) -> None:
    (tmp_path / ".other-1").mkdir()
    (tmp_path / ".work-file").write_bytes(b"x")
    (tmp_path / ".work-link").symlink_to(tmp_path / ".other-1")
    with scratch_folder(tmp_path, ".work-"):
        pass
    assert sorted(each.name for each in tmp_path.iterdir()) == [".other-1", ".work-file", ".work-link"]
