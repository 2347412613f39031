"""samvad tallies: fold, rebuild."""

from datetime import date

import click
from flask.cli import with_appcontext

from app.jobs.folding import fold_all
from app.jobs.rebuilding import begin_rebuild, go_on_rebuilding
from app.services.figures.counting.rebuilding import count_tallies, stale_weeks
from app.transaction import reading


@click.group()
def tallies() -> None:
    """The live counts that headquarters sees."""


@tallies.command()
@with_appcontext
def fold() -> None:
    """Bring the counts up to date with what has come in. The worker does this every minute."""
    click.echo(f"Folded {fold_all()} marks.")


@tallies.command()
@click.option("--from-start", is_flag=True, help="Do not go on with a rebuild that was broken off.")
@with_appcontext
def rebuild(from_start: bool) -> None:
    """Make all counts anew from the answers, week by week, while answers are let in.

    May be broken off at any time. The next rebuild, or the worker, goes on where it was.
    """
    with reading() as session:
        left = len(stale_weeks(session))
    if left and not from_start:
        click.echo(f"Going on with a rebuild that was broken off: {left} weeks are left.")
    else:
        begin_rebuild()
    if not go_on_rebuilding(_tell):
        raise click.ClickException("Another process is rebuilding; this one has left it alone.")
    fold_all()
    with reading() as session:
        cells = count_tallies(session)
    click.echo(f"Made {cells} cells.")


def _tell(week: date, left: int) -> None:
    click.echo(f"Week of {week}, {left} to go.", err=True)
