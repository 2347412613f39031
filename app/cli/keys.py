"""samvad keys: list them, verify the recovery sheet, print it again, recover from it."""

from pathlib import Path
from typing import TextIO

import click
from flask.cli import with_appcontext

from app.cli.key_files import secrets_path
from app.cli.key_sheets import ask_for_a_line, write_sheet
from app.cli.sealing_keys import rotate_sealing
from app.cli.signing_keys import cut_off_key, rotate_signing
from app.config import Secrets
from app.domain.problem import Problem, ProblemType
from app.formats.crypto.secret_files import read_sheet, write_secrets
from app.services.installation.key_queries import list_keys
from app.transaction import reading

SECRETS_EXIST = ProblemType(
    "keys.exist", 409, "There are secrets at %(file)s already. To replace them, move them away first."
)


@click.group()
def keys() -> None:
    """The secrets of this installation, and the sheet they can be recovered from."""


keys.add_command(rotate_sealing)
keys.add_command(rotate_signing)
keys.add_command(cut_off_key)


@keys.command("list")
@with_appcontext
def show() -> None:
    """The keys in the secrets file, the day each was made, and which is in use."""
    held = Secrets.from_file(secrets_path())
    with reading() as session:
        lines = list_keys(session, signing=held.signing, sealing=held.sealing)
    for line in lines:
        made = line.made_on.isoformat() if line.made_on else "not used yet"
        use = "newest" if line.newest else f"cut off from {line.cut_off_on} on" if line.cut_off_on else "older"
        click.echo(f"{line.purpose}\t{line.id}\t{made}\t{use}")


@keys.command()
def verify() -> None:
    """Prove that the printed sheet can be read and fits: type one line of it, drawn by lot."""
    ask_for_a_line(Secrets.from_file(secrets_path()))


@keys.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def sheet(file: Path) -> None:
    """Write the key-recovery sheet once more, into FILE (.pdf or .txt); needed after a key was added."""
    write_sheet(file, Secrets.from_file(secrets_path()), "")
    click.echo(f"The key-recovery sheet is in {file}: print it, lock it away, delete the file.")


@keys.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def recover(file: TextIO) -> None:
    """Make the secrets again from a sheet, typed or pasted into FILE or on standard input."""
    path = secrets_path()
    if path.exists():
        raise Problem(SECRETS_EXIST, file=str(path))
    write_secrets(path, read_sheet(file.read()))
    click.echo(f"The secrets are in {path} again.")
