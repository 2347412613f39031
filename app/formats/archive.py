"""Backup archives: a plain tar whose first member is a manifest with the digest of every other."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.domain.problem import Problem, ProblemType

_FORMAT = "samvad-backup"
_VERSION = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20

EXISTS = ProblemType("backup.exists", 409, "%(file)s exists already. Choose another name.")
UNREADABLE = ProblemType("backup.unreadable", 422, "%(file)s is no backup of Samvad, or only a part of one.")
ALTERED = ProblemType("backup.altered", 422, "%(file)s is damaged: %(member)s is not what was saved.")
NEWER = ProblemType("backup.newer", 422, "%(file)s was made by a newer Samvad. Install that version first.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says about itself: the writer's own facts, and the SHA-256 of each member in hex."""

    facts: Mapping[str, str]
    digests: Mapping[str, str]


def write_archive(
    target: Path, facts: Mapping[str, str], files: Mapping[str, Path], scratch: Path | None = None
) -> Manifest:
    """Write `files` under the given names, for the owner alone to read; whole or not at all.

    It is written in the folder `scratch`, on the same disk, or beside the target. Raises `backup.exists` rather than
    write over anything.
    """
    if target.exists():
        raise Problem(EXISTS, file=str(target))
    partial = (scratch or target.parent) / f".{target.name}.partial"
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            manifest = send_archive(out, facts, files)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def send_archive(out: IO[bytes], facts: Mapping[str, str], files: Mapping[str, Path]) -> Manifest:
    """Write an archive into anything that takes bytes one after the other, a pipe too."""
    manifest = Manifest(facts, {name: file_digest(path) for name, path in files.items()})
    with tarfile.open(fileobj=out, mode="w|") as archive:
        text = _manifest_text(manifest)
        _add(archive, _MANIFEST, io.BytesIO(text), len(text))
        for name, path in files.items():
            with path.open("rb") as content:
                _add(archive, name, content, path.stat().st_size)
    return manifest


def read_facts(source: Path) -> Mapping[str, str]:
    """What an archive says about itself, without a look at the rest. Problems `backup.…`."""
    with _opened(source) as archive:
        return _read_manifest(source, archive).facts


def unpack_archive(source: Path, folder: Path) -> Manifest:
    """Write the members into `folder` and check every digest. Nothing but plain, named, whole files gets in."""
    with _opened(source) as archive:
        manifest = _read_manifest(source, archive)
        for name, digest in manifest.digests.items():
            content = archive.extractfile(name) if Path(name).name == name else None
            if content is None:
                raise Problem(UNREADABLE, file=str(source))
            with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                while chunk := content.read(_CHUNK):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            if file_digest(folder / name) != digest:
                raise Problem(ALTERED, file=str(source), member=name)
    return manifest


def file_digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    """The archive for reading; whatever is wrong with its bytes is `backup.unreadable`."""
    try:
        content = source.open("rb")
    except OSError:
        raise Problem(UNREADABLE, file=str(source)) from None
    try:
        with content, tarfile.open(fileobj=content, mode="r:") as archive:
            yield archive
    except (tarfile.TarError, KeyError, ValueError, TypeError, AttributeError):
        raise Problem(UNREADABLE, file=str(source)) from None


def _read_manifest(source: Path, archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    content = archive.extractfile(first) if first is not None and first.name == _MANIFEST else None
    if content is None:
        raise Problem(UNREADABLE, file=str(source))
    document = json.loads(content.read(_CHUNK))
    if document["format"] != _FORMAT or document["version"] < 1:
        raise Problem(UNREADABLE, file=str(source))
    if document["version"] > _VERSION:
        raise Problem(NEWER, file=str(source))
    manifest = Manifest(document["facts"], dict(document["sha256"]))
    if document["seal"] != _seal(manifest):
        raise Problem(ALTERED, file=str(source), member=_MANIFEST)
    return manifest


def _manifest_text(manifest: Manifest) -> bytes:
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "facts": manifest.facts,
        "sha256": manifest.digests,
        "seal": _seal(manifest),
    }
    return json.dumps(document, indent=2).encode()


def _seal(manifest: Manifest) -> str:
    """A digest over the manifest itself: damage must show there too."""
    text = json.dumps([manifest.facts, manifest.digests], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o600
    archive.addfile(member, content)
