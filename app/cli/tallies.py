"""samvad tallies: fold, rebuild."""

import click
from flask.cli import with_appcontext

from app.jobs.chores import fold as fold_all
from app.services.figures.tallies import count_marks, rebuild_tallies
from app.transaction import reading, transaction


@click.group()
def tallies() -> None:
    """The live counts that headquarters sees."""


@tallies.command()
@with_appcontext
def fold() -> None:
    """Bring the counts up to date with what has come in. The worker does this every minute."""
    with reading() as session:
        waiting = count_marks(session)
    fold_all()
    click.echo(f"Folded {waiting} marks.")


@tallies.command()
@with_appcontext
def rebuild() -> None:
    """Throw all counts away and make them anew from the answers, in one step."""
    with transaction() as session:
        cells = rebuild_tallies(session)
    click.echo(f"Made {cells} cells.")
