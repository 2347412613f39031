"""A backup: whole or refused, put back or refused."""

import tarfile
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.services.installation.backups.backup import Installation, left_behind, restore_backup, save_backup
from tests.factories.installation.installed import NOW, SCHEMAS, codes_of, insert_place


def test_a_second_machine_gets_the_same_rows_and_secrets(
    installation: Installation, second_machine: Installation, tmp_path: Path
) -> None:
    insert_place(installation, "kotwali")
    saved = save_backup(installation, tmp_path / "backup.tar", NOW)
    restored = restore_backup(second_machine, tmp_path / "backup.tar", SCHEMAS)
    assert restored == saved
    assert codes_of(second_machine.file) == ["kotwali"]
    assert second_machine.secrets.read_text() == installation.secrets.read_text()
    for private in (tmp_path / "backup.tar", second_machine.file, second_machine.secrets):
        assert private.stat().st_mode & 0o077 == 0
    assert second_machine.instance.stat().st_mode & 0o077 == 0


def test_restoring_over_something_wants_force(installation: Installation, tmp_path: Path) -> None:
    insert_place(installation, "before")
    save_backup(installation, tmp_path / "backup.tar", NOW)
    insert_place(installation, "after")
    with pytest.raises(Problem, match=r"backup\.occupied"):
        restore_backup(installation, tmp_path / "backup.tar", SCHEMAS)
    assert codes_of(installation.file) == ["after", "before"]
    restore_backup(installation, tmp_path / "backup.tar", SCHEMAS, force=True)
    assert codes_of(installation.file) == ["before"]


def test_nothing_is_written_over_by_a_backup(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_text("older")
    with pytest.raises(Problem, match=r"backup\.exists"):
        save_backup(installation, tmp_path / "backup.tar", NOW)
    assert (tmp_path / "backup.tar").read_text() == "older"


def test_any_damage_is_noticed_and_changes_nothing(
    installation: Installation, second_machine: Installation, tmp_path: Path
) -> None:
    save_backup(installation, tmp_path / "backup.tar", NOW)
    whole = (tmp_path / "backup.tar").read_bytes()
    damaged = tmp_path / "damaged.tar"
    with tarfile.open(tmp_path / "backup.tar") as archive:
        spots = [at for member in archive for at in range(member.offset_data, member.offset_data + member.size)]
    # One bit in places all over what was saved, in each byte of the manifest; and the file cut short.
    altered = spots[:400] + spots[:: len(spots) // 80]
    variants = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in altered]
    variants += [whole[:at] for at in spots[:: len(spots) // 40]]
    for variant in variants:
        damaged.write_bytes(variant)
        with pytest.raises(Problem, match=r"^backup\."):
            restore_backup(second_machine, damaged, SCHEMAS)
        assert not second_machine.file.exists()
        assert not second_machine.secrets.exists()


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\0" * 10_240])
def test_what_is_no_backup_is_refused(content: bytes, second_machine: Installation, tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(Problem, match=r"backup\.unreadable"):
        restore_backup(second_machine, tmp_path / "x.tar", SCHEMAS)


def test_a_member_cannot_leave_its_folder(installation: Installation, tmp_path: Path) -> None:
    manifest = b'{"format":"samvad-backup","version":1,"facts":{},"sha256":{"../escaped":"00"}}'
    (tmp_path / "manifest.json").write_bytes(manifest)
    (tmp_path / "escaped").write_text("x")
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        archive.add(tmp_path / "manifest.json", "manifest.json")
        archive.add(tmp_path / "escaped", "../escaped")
    with pytest.raises(Problem, match=r"backup\.unreadable"):
        restore_backup(installation, tmp_path / "x.tar", SCHEMAS, force=True)


def test_a_newer_backup_is_refused(installation: Installation, second_machine: Installation, tmp_path: Path) -> None:
    save_backup(installation, tmp_path / "backup.tar", NOW)
    with pytest.raises(Problem, match=r"backup\.newer"):
        restore_backup(second_machine, tmp_path / "backup.tar", ["0000"])


def test_what_killed_ones_left_is_known(installation: Installation) -> None:
    assert left_behind(installation.instance) == []
    for name in (".samvad-backup-x", ".restore-y", ".another"):
        (installation.instance / name).mkdir()
        (installation.instance / name / ".in-use").touch()
    assert [each.name for each in left_behind(installation.instance)] == [".samvad-backup-x", ".restore-y"]
