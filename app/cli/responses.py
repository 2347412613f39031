"""samvad responses: import what phones saved as files, shuffle."""

from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.errors import sentence
from app.cli.files import content_of
from app.config import Settings
from app.domain.responses.response import Receipt, Status
from app.formats.wire.response_files import MOST_BYTES
from app.jobs.shuffle import shuffle_all, shuffle_arrived
from app.services.responses.ingest_context import IngestContext
from app.workflows.responses import ImportedResponses, import_responses

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def responses() -> None:
    """Answers of citizens."""


@responses.command("import")
@click.argument("file", type=_FILE)
@with_appcontext
def import_file(file: Path) -> None:
    """Take in FILE, which an interviewer's phone or a citizen's browser saved. Doing it twice changes nothing.

    One line for each item: its number in the file, its id, what became of it, and its confirmation number or
    the reason, with tabs between. Exit status 1 if not everything in the file is on the server now.
    """
    settings: Settings = current_app.extensions["samvad.settings"]
    ingest = IngestContext(settings.secrets)
    imported = import_responses(_content(file), ingest=ingest, actor_id=None, now=datetime.now(UTC))
    for number, receipt in enumerate(imported.receipts, 1):
        click.echo(_line(number, receipt))
    _tell(imported)
    if not imported.is_whole:
        raise SystemExit(1)


@responses.command()
@click.option("--all", "everything", is_flag=True, help="Every answer there is, as once after an upgrade.")
@with_appcontext
def shuffle(everything: bool) -> None:
    """Take from the rows of answers the order in which they arrived. The worker does this every night."""
    if everything:
        click.echo(f"Shuffled all {sum(shuffle_all(SystemRandom()))} answers.")
        return
    arrived = shuffle_arrived(datetime.now(UTC), SystemRandom())
    click.echo(f"Shuffled what arrived since the last run: {arrived} answers, among others of the same weeks.")


def _line(number: int, receipt: Receipt) -> str:
    told = receipt.number if receipt.problem is None else sentence(receipt.problem)
    cells = (str(number), str(receipt.id or "-"), receipt.status.value, " ".join((told or "-").split()))
    return "\t".join(cells)


def _tell(imported: ImportedResponses) -> None:
    counts = imported.counts
    words = {Status.STORED: "stored", Status.DUPLICATE: "known before", Status.REJECTED: "rejected"}
    click.echo(", ".join(f"{word} {counts[status]}" for status, word in words.items()), err=True)
    if imported.broken_off:
        click.echo(
            f"The file breaks off after item {len(imported.receipts)}. What is whole was taken in; "
            "save the file anew for the rest.",
            err=True,
        )


def _content(file: Path) -> bytes:
    content = content_of(file, MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise click.ClickException(f"{file} has more than {MOST_BYTES // 2**20} MB.")
    return content
