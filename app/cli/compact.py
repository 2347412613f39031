"""samvad db compact: write the tables of answers anew."""

import time

import click
from flask.cli import with_appcontext

from app.services.responses.shuffling.postgres_remains import write_all_anew
from app.services.responses.shuffling.written_beside import SWEPT
from app.upkeep import each_by_itself, is_sqlite, write_file_anew


@click.command()
@with_appcontext
def compact() -> None:
    """Write the database anew, without what deleted rows leave behind. Answers are kept waiting meanwhile.

    On SQLite nobody else can write until it is done, and it needs room for a second copy; on PostgreSQL nobody can
    read or write the table that is at its turn. Run `samvad responses shuffle` before it.
    """
    began = time.monotonic()
    if is_sqlite():
        write_file_anew()
    else:
        with each_by_itself() as connection:
            write_all_anew(connection, SWEPT)
    click.echo(f"Written anew in {time.monotonic() - began:.1f} s.")
