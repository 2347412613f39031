"""A folder of backups is thinned out, and what is not the installation's own is left alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.installation.retention import Retention
from app.formats.archive import write_archive
from app.services.installation.backups.backup_folder import name_of_backup, own_backups, thin_out

NOW = datetime(2026, 11, 23, 2, 30, 1, tzinfo=UTC)


def save(folder: Path, at: datetime, mark: str | None = "ours") -> Path:
    file = folder / name_of_backup(at)
    (folder / "content").write_bytes(b"x")
    facts = {"made_at": at.isoformat()} | ({"installation": mark} if mark else {})
    write_archive(file, facts, {"secrets.json": folder / "content"})
    (folder / "content").unlink()
    return file


def test_names_are_times_in_utc(tmp_path: Path) -> None:
    file = save(tmp_path, NOW.astimezone())
    assert file.name == "samvad-2026-11-23T023001Z.tar"
    assert own_backups(tmp_path, "ours") == {NOW: file}


def test_only_what_the_rule_does_not_keep_goes(tmp_path: Path) -> None:
    saved = [save(tmp_path, NOW - timedelta(days=ago)) for ago in range(5)]
    assert thin_out(tmp_path, "ours", Retention(3, 0, 0)) == [saved[4], saved[3]]
    assert sorted(tmp_path.iterdir()) == sorted(saved[:3])


def test_what_is_not_our_own_stays(tmp_path: Path) -> None:
    old = NOW - timedelta(days=900)
    foreign = [
        save(tmp_path, old, mark="of another installation"),
        save(tmp_path, old + timedelta(days=1), mark=None),
        save(tmp_path, old + timedelta(days=2)).rename(tmp_path / "samvad-2024-01-01.tar"),
        save(tmp_path, old + timedelta(days=3)).rename(tmp_path / "before-upgrade.tar"),
    ]
    for name in ("samvad-2020-01-01T000000Z.tar", "notes.txt"):
        (tmp_path / name).write_bytes(b"what somebody else keeps here")
        foreign.append(tmp_path / name)
    (tmp_path / "samvad-2020-01-02T000000Z.tar").symlink_to(save(tmp_path, NOW))
    before = set(tmp_path.iterdir())
    assert thin_out(tmp_path, "ours", Retention(0, 0, 0)) == []
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("size", [0, 100, 600])
def test_a_backup_that_was_cut_is_nobodys_own(tmp_path: Path, size: int) -> None:
    cut = save(tmp_path, NOW - timedelta(days=900))
    cut.write_bytes(cut.read_bytes()[:size])
    save(tmp_path, NOW)
    assert thin_out(tmp_path, "ours", Retention(0, 0, 0)) == []
    assert cut.exists()
