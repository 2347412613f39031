"""samvad releases: publish, verify."""

import click
from flask.cli import with_appcontext

from app.jobs.clock import present_reading
from app.services.figures.release_queries import verify_releases
from app.services.figures.releases import publish_releases
from app.services.installation.clocks import doubt_of, read_clock
from app.transaction import reading, transaction


@click.group()
def releases() -> None:
    """The blocks of at least ten answers of which all results are made."""


@releases.command()
@with_appcontext
def publish() -> None:
    """Publish everything that has come to ten and has settled. The worker does this by itself."""
    reading_of_clock = present_reading()
    with reading() as session:
        clock = read_clock(session, reading_of_clock)
    if clock.is_doubted:
        raise doubt_of(clock)
    with transaction() as session:
        made = publish_releases(session, clock.now)
    click.echo(f"Published {made.own} of single places, {made.rest} pooled, {made.sums} sums.")


@releases.command()
@with_appcontext
def verify() -> None:
    """Check that every release is as it was published; name each that is not, and exit 1."""
    with reading() as session:
        verification = verify_releases(session)
    if verification.faults:
        raise click.ClickException("\n".join(verification.faults))
    click.echo(f"{verification.releases} releases are as they were published.")
