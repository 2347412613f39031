"""samvad releases: publish, verify."""

import click
from flask.cli import with_appcontext

from app.jobs.clock import believed_now
from app.jobs.publishing import publish_all
from app.services.figures.release_queries import verify_releases
from app.transaction import reading


@click.group()
def releases() -> None:
    """The blocks of at least ten answers of which all results are made."""


@releases.command()
@with_appcontext
def publish() -> None:
    """Publish everything that has come to ten and has settled. The worker does this by itself."""
    made = publish_all(believed_now())
    if made is None:
        raise click.ClickException(
            "Nothing was published: another process is publishing, or counts are still being made anew after an "
            "upgrade or a rebuild that was broken off. `samvad tallies rebuild` ends the latter."
        )
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
