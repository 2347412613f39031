"""samvad batches: list, cancel, cases."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.cli.files import content_of
from app.cli.places import line_of
from app.cli.text import NUMBER
from app.domain.weeks import day_of
from app.formats.tables.reading import MOST_BYTES
from app.models import Place
from app.services.slips.slip_batch_queries import list_batches
from app.services.slips.slip_batches import cancel_batch, cancel_packs
from app.transaction import reading, transaction
from app.workflows.quarter_imports import import_case_file


@click.group()
def batches() -> None:
    """Slips and invitations. They are made in the office, where somebody signs for them."""


@batches.command("list")
@with_appcontext
def list_all() -> None:
    """One line for each batch: number, kind, place, last day, how many, how many cancelled."""
    with reading() as session:
        everywhere = session.scalars(select(Place.id)).all()
        for batch in list_batches(session, everywhere, day_of(datetime.now(UTC))):
            counts = batch.counts
            cells = (batch.id, batch.channel, batch.place.in_language("en"), batch.expires_on, counts.issued)
            click.echo("\t".join(map(str, (*cells, counts.cancelled))))


@batches.command()
@click.argument("number", type=NUMBER)
@click.option("--pack", "packs", type=NUMBER, multiple=True, help="Only this pack; may be given several times.")
@with_appcontext
def cancel(number: int, packs: tuple[int, ...]) -> None:
    """Cancel a batch, or some of its packs: what arrives from now on is set aside."""
    with transaction() as session:
        if packs:
            cancel_packs(session, number, packs, actor_id=None, now=datetime.now(UTC))
        else:
            cancel_batch(session, number, actor_id=None, now=datetime.now(UTC))
    click.echo("Cancelled.")


@batches.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@with_appcontext
def cases(file: Path, dry_run: bool) -> None:
    """Import visits or cases by station and quarter (CSV or XLSX): all of it, or nothing and one problem a line."""
    plan = import_case_file(content_of(file, MOST_BYTES), now=datetime.now(UTC), trial=dry_run)
    for problem in plan.problems:
        click.echo(line_of(problem))
    if plan.problems:
        raise click.ClickException(f"Nothing was imported. Things to put right: {len(plan.problems)}")
    click.echo(f"changed {len(plan.changes)}, unchanged {plan.unchanged}")
    if dry_run:
        click.echo("This was a trial: nothing was changed.")
