"""Files that are there whole or not at all, whoever is killed or cut off while they are written."""

import os
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """For one writer at a time: what it leaves half written stands beside the file, and the next one writes over it."""
    begun = file.with_name(f"{file.name}.begun")
    begun.write_bytes(content)
    put_in_place(begun, file)


def put_in_place(begun: Path, file: Path) -> None:
    """Give what is written its name; a power cut must not leave one of which nothing was written yet."""
    with begun.open("rb") as written:
        os.fsync(written.fileno())
    begun.replace(file)
