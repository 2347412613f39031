"""samvad releases: publish, fill-in, verify."""

import click
from flask.cli import with_appcontext

from app.jobs.clock import believed_now
from app.jobs.filling import fill_in
from app.jobs.publishing import publish_all
from app.jobs.screening import screen
from app.services.figures.joints.missing import joint_state
from app.services.figures.release_queries import verify_releases
from app.transaction import reading


@click.group()
def releases() -> None:
    """The blocks of at least ten answers of which all results are made."""


@releases.command()
@with_appcontext
def publish() -> None:
    """Screen what has arrived, and publish everything that has come to ten and has settled. The worker does this by
    itself.
    """
    now = believed_now()
    screen(now)
    made = publish_all(now)
    if made is None:
        raise click.ClickException(
            "Nothing was published: another process is publishing, or counts are still being made anew after an "
            "upgrade or a rebuild that was broken off. `samvad tallies rebuild` ends the latter."
        )
    click.echo(f"Published {made.own} of single places, {made.rest} pooled, {made.sums} sums.")


@releases.command("fill-in")
@with_appcontext
def fill_in_joints() -> None:
    """Count for earlier releases what goes together with satisfaction. The worker does this by itself, bit by bit.

    May be broken off at any time: the next one, or the worker, goes on where it was.
    """
    is_done = fill_in()
    with reading() as session:
        state = joint_state(session)
    click.echo(f"{state.filled} releases have joint counters, {state.awaited} are still to get them.")
    if state.impossible:
        click.echo(
            f"{state.impossible} can have none: their answers are not those that they were counted from any more, or "
            "a part of them has none. Nothing is said of what goes together with satisfaction where they take part."
        )
    if not is_done:
        raise click.ClickException("Another process is filling in or publishing. The worker does what is left.")


@releases.command()
@with_appcontext
def verify() -> None:
    """Check that every release is as it was published; name each that is not, and exit 1."""
    with reading() as session:
        verification = verify_releases(session)
    if verification.faults:
        raise click.ClickException("\n".join(verification.faults))
    click.echo(f"{verification.releases} releases are as they were published.")
