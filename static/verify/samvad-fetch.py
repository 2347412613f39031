#!/usr/bin/env python3
"""Copies a department's public record into a folder, so that samvad-verify.py can check it without any network.

    python3 samvad-fetch.py https://ADDRESS/r/record/ FOLDER
    python3 samvad-fetch.py https://ADDRESS/r/record/ FOLDER --head

Needs nothing but Python 3.9 or newer. Called again with the same folder it fetches what is new: what is there already
never changes, and is not asked for again. It checks nothing. What the department does not hand out it names and passes
by; the verifier says what that means.

With --head it fetches the file `checkpoint` alone, the signed head: whoever has the key sees at once whose it is.
Keep the file `checkpoint` of every copy, under another name: it is what a later copy is held against.
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any

WIDTH = 256
SECONDS = 60
#: a busy server is asked again so often, after so many seconds
TRIES, PAUSE = 10, 6


class Stopped(Exception):
    """It cannot go on; its text says why."""


class Source:
    """Where the record is served, and the folder that it is copied to."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address.rstrip("/") + "/"
        self.folder = folder
        self.fetched = 0
        self.refused: list[str] = []

    def ask(self, name: str) -> bytes | None:
        """None if the server has no such file."""
        data = self.ask_at(self.address + name)
        if data is None and name.startswith("receipts/"):
            # The department serves the lists of confirmation numbers beside the record, a mirror within it.
            data = self.ask_at(self.address[:-1].rpartition("/")[0] + "/" + name)
        return data

    def ask_at(self, address: str) -> bytes | None:
        for _ in range(TRIES):
            try:
                with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310
                    data: bytes = answer.read()
                    return data
            except urllib.error.HTTPError as error:
                if error.code not in (429, 502, 503):
                    return None
            except (OSError, HTTPException) as error:
                raise Stopped(f"{address} cannot be reached: {error}") from None
            time.sleep(PAUSE)
        raise Stopped(f"{address}: the server is too busy. Try again later; what was fetched stays.")

    def keep(self, *names: str) -> bytes:
        """The first of these files that is there, fetched unless it was before; empty if none is."""
        for name in names:
            if self.stays(name):
                return (self.folder / name).read_bytes()
        for name in names:
            if self.is_there(name):
                return (self.folder / name).read_bytes()
        self.refused.append(names[0])
        return b""

    def is_there(self, name: str) -> bool:
        """Fetched, if it is."""
        if not self.stays(name):
            data = self.ask(name)
            if data is None:
                return False
            self.write(name, data)
            self.fetched += 1
            if self.fetched % 500 == 0:
                print(f"{self.fetched} files")
        return True

    def stays(self, name: str) -> bool:
        """Whether it is here for good. A part of a tile may be another one after the department has lost its end."""
        return ".p/" not in name and (self.folder / name).is_file()

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all: a copy may be broken off."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(file.name + ".part")
        part.write_bytes(data)
        part.replace(file)


def tile_names(level: object, number: int, width: int) -> list[str]:
    """By which names a tile may be there: as far as it goes, or whole."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03d}")
    name = f"tile/{level}/{'/'.join(groups)}"
    return [name] if width == WIDTH else [f"{name}.p/{width}", name]


def copy_tiles(source: Source, size: int) -> Iterator[dict[str, Any]]:
    """Every tile; and the entries, as far as they can be read."""
    level = 0
    while size >> 8 * level:
        above = size >> 8 * level
        for first in range(0, above, WIDTH):
            source.keep(*tile_names(level, first // WIDTH, min(WIDTH, above - first)))
        level += 1
    for first in range(0, size, WIDTH):
        bundle = source.keep(*tile_names("entries", first // WIDTH, min(WIDTH, size - first)))
        at = 0
        while at < len(bundle):
            begin = at + 2
            at = begin + int.from_bytes(bundle[at:begin], "big")
            try:
                entry = json.loads(bundle[begin:at])
            except ValueError:
                continue
            if isinstance(entry, dict):
                yield entry


def files_of(source: Source, entry: dict[str, Any]) -> Iterator[str]:
    """The files that an entry names."""
    if entry.get("type") == "policy":
        yield f"policy/{entry.get('document')}.txt"
    if entry.get("type") in ("correction", "commitment"):
        yield f"texts/{entry.get('text')}.json"
    if entry.get("type") == "correction":
        yield f"figures/{entry.get('figures')}.json"
    if entry.get("type") == "receipts":
        yield f"receipts/{entry.get('last_week')}.txt"
    if entry.get("type") == "edition":
        yield from figures_under(source, entry.get("root"))
    if entry.get("type") == "edition" and isinstance(entry.get("hidden"), dict):
        # Of places whose results are not open: there are none, unless they were opened since.
        for name in figures_under(source, entry["hidden"].get("root")):
            if not is_plain(name) or not source.is_there(name):
                break
            yield name


def figures_under(source: Source, root: object) -> list[str]:
    name = f"editions/{root}.txt"
    digests = source.keep(name).decode("ascii", "replace").split() if is_plain(name) else []
    return [f"figures/{digest}.json" for digest in digests]


def is_plain(name: str) -> bool:
    """Whether a name leads to a file of the copy and to nowhere else: an entry may hold anything."""
    return re.fullmatch(r"[a-z]+/[0-9a-zA-Z-]+\.(?:txt|json)", name) is not None


def head_of(source: Source) -> tuple[bytes, int]:
    """The checkpoint, and of how many entries it is."""
    checkpoint = source.ask("checkpoint")
    lines = (checkpoint or b"").decode("utf-8", "replace").split("\n")
    if checkpoint is None or len(lines) < 3 or not lines[1].isdigit():
        raise Stopped(f"There is no record at {source.address}: its file checkpoint is missing, or is none.")
    return checkpoint, int(lines[1])


def copy_record(source: Source) -> int:
    """All of it; how many entries there are. The checkpoint last, so that it never speaks of what is not there yet."""
    checkpoint, size = head_of(source)
    for entry in copy_tiles(source, size):
        for name in files_of(source, entry):
            if is_plain(name):
                source.keep(name)
    source.write("checkpoint", checkpoint)
    return size


def copy_head(source: Source) -> int:
    checkpoint, size = head_of(source)
    source.write("checkpoint", checkpoint)
    return size


def main(given: list[str]) -> int:
    is_head = given[2:] == ["--head"]
    if len(given) != 2 + is_head or not given[0].startswith(("https://", "http://")):
        print(__doc__)
        return 2
    source = Source(given[0], Path(given[1]))
    try:
        size = copy_head(source) if is_head else copy_record(source)
    except (Stopped, OSError) as stopped:
        print(stopped)
        return 2
    for name in source.refused:
        print(f"{name} is not handed out")
    if is_head:
        print(f"{size} entries, of which the signed head was fetched")
        return 0
    print(f"{size} entries, {source.fetched} files fetched, {len(source.refused)} not handed out")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
