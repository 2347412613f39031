"""samvad record: begin, look at, copy, check, mirror and go on with the public record."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.files import content_of
from app.cli.key_files import require_own, secrets_path
from app.config import Settings
from app.domain.problem import Problem
from app.jobs.clock import believed_now
from app.services.odd_rows import odd_rows
from app.services.record.log.beginning import KEY_FOREIGN, require_key
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.cosignatures import keep_cosignature
from app.services.record.log.entries import size_of
from app.transaction import reading, transaction
from app.workflows.keys import add_record_key
from app.workflows.record.export import SOURCES, export_record
from app.workflows.record.mirroring import mirror_record
from app.workflows.record.replacing import replace_key
from app.workflows.record.resuming import resume_record

#: bytes of a signed head, with more witnesses than there will be
_MOST_OF_HEAD = 64 * 1024


@click.group()
def record() -> None:
    """The public record: a list of all that was published, which nobody can change unseen."""


@record.command()
@with_appcontext
def begin() -> None:
    """Draw the key that the record is signed with, where there is none yet, as after an upgrade.

    The worker begins the record within a minute of its next start. Where there is a key, nothing is done.
    """
    path = secrets_path()
    require_own(path)
    with reading() as session:
        # A second key would make all that was marked and signed under the first one foreign.
        if size_of(session) and not _settings().secrets.record:
            raise Problem(KEY_FOREIGN)
    if add_record_key(path):
        click.echo("Added the key of the record. Restart the servers and the worker.")
        click.echo("Print the key-recovery sheet anew: samvad keys sheet FILE")


@record.command()
@with_appcontext
def head() -> None:
    """Show the newest signed head: give it to somebody outside, who can then prove that nothing was rewritten."""
    with reading() as session:
        checkpoint = newest_checkpoint(session)
        key = require_key(session, _settings().secrets.record, _settings().host)
    if checkpoint is None:
        raise click.ClickException("Nothing has been signed yet: the worker begins the record.")
    click.echo(checkpoint.note, nl=False)
    click.echo(f"\nKey: {key.vkey}")


@record.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def export(folder: Path) -> None:
    """Write the record into FOLDER, as it is served; run again, it adds what is new."""
    exported = export_record(folder, believed_now())
    click.echo(f"{exported.checkpoint.size} entries, {exported.written} new files in {folder}.")


@record.command()
@with_appcontext
def verify() -> None:
    """Check the record with the program that everybody can fetch; exit status 1 if anything is wrong."""
    with reading() as session:
        if odd := odd_rows(session, *SOURCES):
            raise click.ClickException("\n".join(map(str, odd)))
        key = require_key(session, _settings().secrets.record, _settings().host)
    with tempfile.TemporaryDirectory(prefix="samvad-record-") as folder:
        export_record(Path(folder), believed_now())
        program = str(Path(current_app.root_path).parent / "static" / "verify" / "samvad-verify.py")
        # Our own program on our own folder.
        checked = subprocess.run([sys.executable, program, folder, "--key", key.vkey], check=False)  # noqa: S603
    sys.exit(checked.returncode)


@record.command()
@click.argument("address")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--key", required=True, metavar="VKEY", help="The public key of that record, from paper.")
@with_appcontext
def mirror(address: str, folder: Path, key: str) -> None:
    """Keep a copy of another department's record: of ADDRESS, such as https://feedback.example.gov.in/r/record/.

    Run daily, it fetches what is new and holds it against every head that it ever had, in FOLDER/heads. A copy that
    continues these is in FOLDER/record, which any web server can serve; one that does not is in FOLDER/doubted: the
    past was rewritten. Exit status 1 if anything is wrong.
    """
    if not mirror_record(address, folder, key):
        sys.exit(1)


@record.command()
@click.argument("file", type=click.File("rb"))
@click.option("--witness", required=True, metavar="VKEY", help="The public key of the witness.")
@with_appcontext
def cosign(file: BinaryIO, witness: str) -> None:
    """Keep what a witness has signed: FILE (- for standard input) is a head of this record with the line of it.

    From then on the line is served below that head, as long as it is the newest.
    """
    note = file.read(_MOST_OF_HEAD).decode("utf-8", "replace")
    with transaction() as session:
        kept = keep_cosignature(session, note, witness, believed_now())
    click.echo(f"{kept.name} has signed the record of {kept.size} entries at {kept.at.isoformat()}.")


@record.command()
@click.option(
    "--last",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The newest head that anybody has, as a file.",
)
@click.confirmation_option(prompt="Everybody will see for good that the record was broken off. Go on?")
@with_appcontext
def resume(last: Path | None) -> None:
    """Go on after a restore, or after the last signed head was lost: a break stands in the record for good."""
    signed = resume_record(
        _settings(), content_of(last, _MOST_OF_HEAD).decode("utf-8", "replace") if last else None, believed_now()
    )
    click.echo(f"The record goes on with {signed.size} entries; `samvad record verify` names the break.")


@record.command("replace-key")
@click.confirmation_option(
    prompt="Only if the key of the record is lost for good. Everybody will see that another one signs. Go on?"
)
@with_appcontext
def replace_lost_key() -> None:
    """Sign with another key after the record's own was lost for good: a line in the record says so for ever."""
    path = secrets_path()
    require_own(path)
    signed = replace_key(_settings(), path, believed_now())
    click.echo(f"The record goes on with {signed.size} entries under another key; `samvad record verify` names it.")
    click.echo("Restart the servers and the worker, then mark the answers under the new key: samvad seal adopt --anew")
    click.echo("Print the key-recovery sheet anew: samvad keys sheet FILE. Tell everybody who has the old public key.")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["samvad.settings"]
    return settings
