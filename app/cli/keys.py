"""samvad keys: verify the recovery sheet, print it again, recover from it."""

from pathlib import Path
from typing import TextIO

import click

from app.cli.key_sheets import ask_for_a_line, write_sheet
from app.config import Secrets, where_from_env
from app.domain.problem import Problem, ProblemType
from app.formats.secret_files import read_sheet, write_secrets

SECRETS_EXIST = ProblemType(
    "keys.exist", 409, "There are secrets at %(file)s already. To replace them, move them away first."
)


@click.group()
def keys() -> None:
    """The secrets of this installation, and the sheet they can be recovered from."""


@keys.command()
def verify() -> None:
    """Prove that the printed sheet can be read and fits: type one line of it, drawn by lot."""
    ask_for_a_line(Secrets.from_file(_path()))


@keys.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def sheet(file: Path) -> None:
    """Write the key-recovery sheet once more, into FILE; needed after a signing key was added."""
    write_sheet(file, Secrets.from_file(_path()), "")
    click.echo(f"The key-recovery sheet is in {file}: print it, lock it away, delete the file.")


@keys.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def recover(file: TextIO) -> None:
    """Make the secrets again from a sheet, typed or pasted into FILE or on standard input."""
    path = _path()
    if path.exists():
        raise Problem(SECRETS_EXIST, file=str(path))
    write_secrets(path, read_sheet(file.read()))
    click.echo(f"The secrets are in {path} again.")


def _path() -> Path:
    return where_from_env()[0] / "secrets.json"
