"""Files that a command is given."""

from pathlib import Path

import click


def content_of(file: Path, most: int) -> bytes:
    """Up to one byte more than is accepted, so that a file of any size is refused without being read whole."""
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
