from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.services.installation.backups.notes import note_begun
from app.services.installation.watching.defects import Subject, Weight
from app.services.installation.watching.machine import (
    BACKUP_AGE,
    check_backups,
    check_disks,
    check_fonts,
    check_zones,
    disk_defect,
    room_at,
)
from tests.services.installation.watching.looking import codes

GB = 10**9


@pytest.mark.parametrize(
    ("free", "whole", "is_full"),
    [(2 * GB, 10 * GB, False), (GB - 1, 10 * GB, True), (4 * GB, 100 * GB, True), (6 * GB, 100 * GB, False)],
)
def test_a_disk_is_full_below_a_gigabyte_or_a_twentieth(free: int, whole: int, is_full: bool) -> None:
    found = disk_defect(Path("/x"), free, whole)
    assert (found is not None) == is_full
    if found:
        assert found.weight is Weight.STOPS
        assert found.sentence.startswith(f"The disk of /x is nearly full: {free / GB:.1f} of {whole / GB:.1f} GB")


def test_the_disks_are_those_of_the_instance_and_of_a_database_elsewhere(subject: Subject, tmp_path: Path) -> None:
    expected = 0 if disk_defect(tmp_path, *room_at(tmp_path)) is None else 1
    assert len(check_disks(subject)) == expected
    elsewhere = replace(subject, database_url=f"sqlite:///{tmp_path}/other.db")
    assert len(check_disks(elsewhere)) == 2 * expected


def test_a_backup_that_is_lacking_or_old_is_named(subject: Subject) -> None:
    assert check_backups(subject) == []
    reading = replace(subject.reading, at=subject.now + BACKUP_AGE + timedelta(minutes=1))
    (old,) = check_backups(replace(subject, reading=reading))
    assert (old.code, "2026-11-23 06:00 UTC" in old.sentence) == ("backup.old", True)
    (subject.instance / "backups.json").unlink()
    assert codes(check_backups(subject)) == ["backup.none"]


def test_what_a_killed_backup_left_is_named_wherever_it_was_begun(subject: Subject, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    left = folder / ".samvad-backup-killed"
    left.mkdir(parents=True)
    # It was locked by who has been killed: a lock ends with its process.
    (left / ".in-use").touch()
    assert check_backups(subject) == []
    note_begun(subject.instance, folder)
    (found,) = check_backups(subject)
    assert (found.code, str(left) in found.sentence) == ("backup.broken_off", True)


def test_this_machine_can_print_and_knows_the_time_of_india(subject: Subject) -> None:
    assert check_zones(subject) + check_fonts(subject) == []


def test_a_machine_without_time_zones_is_named(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.installation.watching.machine._ZONE", "Asia/Nowhere")
    assert codes(check_zones(subject)) == ["machine.no_zones"]
