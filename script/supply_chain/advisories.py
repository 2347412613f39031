"""A stored copy of the public list of known vulnerabilities of Python packages.

It is the archive that OSV (https://google.github.io/osv.dev/data/) publishes for PyPI: a ZIP of one JSON file an
advisory, kept as it came, so that it can be fetched on one machine and carried to another.
"""

import http.client
import json
import shutil
import tempfile
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

SOURCE = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"

_LONGEST = 2_000_000
"""Bytes of one advisory; the largest known ones have some hundred thousand."""


class NoAdvisories(Exception):
    """The stored list cannot be had or used; its text says why, for people."""


@dataclass(frozen=True, slots=True)
class Advisories:
    """All that is stored, and the newest moment at which anything in it was changed, which says how old the copy is."""

    all: list[dict[str, Any]]
    newest: datetime


def read_advisories(file: Path) -> Advisories:
    """Read a stored archive whole. Raises `NoAdvisories` if there is none, or if any of it cannot be read."""
    try:
        advisories = list(_advisories(file))
        newest = max((datetime.fromisoformat(one["modified"]) for one in advisories), default=None)
    except FileNotFoundError:
        raise NoAdvisories(
            f"There is no list of known vulnerabilities at {file}: fetch one with script/vulnerabilities --fetch where "
            "there is a network, and copy it here."
        ) from None
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise NoAdvisories(f"The list of known vulnerabilities at {file} is damaged: {error}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoAdvisories(f"What lies at {file} is no list of known vulnerabilities: {error}.") from error
    if newest is None or newest.tzinfo is None:
        raise NoAdvisories(f"What lies at {file} is no list of known vulnerabilities: it names none.")
    return Advisories(advisories, newest)


def _advisories(file: Path) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(".json"):
                if entry.file_size > _LONGEST:
                    raise ValueError(f"{entry.filename} is too long")
                advisory = json.loads(archive.read(entry))
                if not isinstance(advisory["id"], str) or not isinstance(advisory["modified"], str):
                    raise ValueError(f"{entry.filename} has no id or no time")
                yield advisory


def fetch_advisories(target: Path, source: str = SOURCE) -> Advisories:
    """Fetch the archive, read it whole, and only then put it in the place of the one before."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetching-") as folder:
            new = Path(folder, target.name)
            _fetch(source, new)
            advisories = read_advisories(new)
            new.replace(target)
    except OSError as error:
        raise NoAdvisories(f"The list cannot be stored at {target}: {error.strerror or error}.") from error
    return advisories


def _fetch(source: str, new: Path) -> None:
    try:
        # Whoever runs this chooses the address, a file's too.
        with urllib.request.urlopen(source, timeout=60) as answer, new.open("wb") as file:  # noqa: S310
            shutil.copyfileobj(answer, file)
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise NoAdvisories(f"{source} cannot be fetched: {reason}. What was stored before stays.") from error
