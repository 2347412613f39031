from datetime import UTC, datetime
from pathlib import Path

from app.services.installation.backups.notes import BackupNote, note_begun, note_made, read_note

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)


def test_it_is_remembered_when_and_where(tmp_path: Path) -> None:
    assert read_note(tmp_path) == BackupNote()
    for folder in ("/one", "/two", "/one"):
        note_begun(tmp_path, Path(folder))
    note_made(tmp_path, AT)
    note_begun(tmp_path, Path("/three"))
    assert read_note(tmp_path) == BackupNote(AT, (Path("/three"), Path("/one"), Path("/two")))
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_folders_do_not_grow_without_end(tmp_path: Path) -> None:
    for number in range(20):
        note_begun(tmp_path, Path(f"/{number}"))
    assert read_note(tmp_path).folders[0] == Path("/19")
    assert len(read_note(tmp_path).folders) == 5


def test_what_cannot_be_read_or_written_is_nothing_remembered(tmp_path: Path) -> None:
    (tmp_path / "backups.json").write_text("{")
    assert read_note(tmp_path) == BackupNote()
    note_made(tmp_path / "nowhere", AT)
    assert not (tmp_path / "nowhere").exists()
