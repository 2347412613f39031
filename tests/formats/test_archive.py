"""Backup archives: whole or not at all, and every damage is noticed."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.formats.archive import Manifest, unpack_archive, write_archive

FACTS = {"made_at": "2026-11-23", "rows": 5}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    contents = {"samvad.db": b"rows " * 500, "secrets.json": b"{}"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "unpacked"
    made.mkdir()
    return made


def test_what_was_packed_is_unpacked(files: dict[str, Path], folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar"
    manifest = write_archive(packed, FACTS, files)
    assert unpack_archive(packed, folder) == manifest
    assert manifest.facts == FACTS
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        name: file.read_bytes() for name, file in files.items()
    }


def test_only_the_owner_reads_an_archive_and_what_comes_out_of_it(
    files: dict[str, Path], folder: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "backup.tar"
    write_archive(packed, FACTS, files)
    unpack_archive(packed, folder)
    assert {file.stat().st_mode & 0o777 for file in (packed, *folder.iterdir())} == {0o600}


def test_nothing_is_written_over_and_nothing_half(files: dict[str, Path], tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar"
    packed.write_bytes(b"another")
    with pytest.raises(Problem, match=r"backup\.exists"):
        write_archive(packed, FACTS, files)
    assert packed.read_bytes() == b"another"
    with pytest.raises(FileNotFoundError):
        write_archive(tmp_path / "other.tar", FACTS, {**files, "gone": tmp_path / "gone"})
    assert not [file.name for file in tmp_path.iterdir() if "other" in file.name]


def is_refused_or_whole(packed: Path, folder: Path, manifest: Manifest) -> bool:
    try:
        return unpack_archive(packed, folder) == manifest
    except Problem:
        return True
    finally:
        for file in folder.iterdir():
            file.unlink()


def test_any_damage_is_noticed_or_does_none(files: dict[str, Path], folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar"
    manifest = write_archive(packed, FACTS, files)
    whole = packed.read_bytes()
    for at in range(0, len(whole), 97):
        packed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert is_refused_or_whole(packed, folder, manifest), at


def test_a_file_that_was_changed_is_named(files: dict[str, Path], folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar"
    write_archive(packed, FACTS, files)
    packed.write_bytes(packed.read_bytes().replace(b"rows rows", b"rows cows"))
    with pytest.raises(Problem, match=r"backup\.altered") as refused:
        unpack_archive(packed, folder)
    assert refused.value.details["member"] == "samvad.db"


@pytest.mark.parametrize("cut", [0, 100, 512, 1024, 3000])
def test_a_part_of_an_archive_is_none(files: dict[str, Path], folder: Path, tmp_path: Path, cut: int) -> None:
    packed = tmp_path / "backup.tar"
    write_archive(packed, FACTS, files)
    packed.write_bytes(packed.read_bytes()[:cut])
    with pytest.raises(Problem, match=r"backup\.unreadable"):
        unpack_archive(packed, folder)


def test_no_member_leaves_the_folder(files: dict[str, Path], folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar"
    write_archive(packed, FACTS, {"../outside": files["secrets.json"]})
    with pytest.raises(Problem, match=r"backup\.unreadable"):
        unpack_archive(packed, folder)
    assert not (tmp_path / "outside").exists()


def test_another_tar_is_no_backup(folder: Path, tmp_path: Path) -> None:
    for manifest in ({"format": "other", "version": 1}, {"format": "samvad-backup"}, []):
        content = json.dumps(manifest).encode()
        with tarfile.open(tmp_path / "other.tar", "w") as archive:
            member = tarfile.TarInfo("manifest.json")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        with pytest.raises(Problem, match=r"backup\.unreadable"):
            unpack_archive(tmp_path / "other.tar", folder)
