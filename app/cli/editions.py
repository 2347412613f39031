"""samvad editions: make, list, check and correct what is published on Mondays."""

import json

import click
from flask.cli import with_appcontext

from app.cli.text import TEXT
from app.jobs.clock import ask_clock, believed_now
from app.jobs.editions import make_editions
from app.services.figures.editions.holding import what_is_shown
from app.services.places.queries import find_place_by_code
from app.services.record.editions import editions_of, verify_editions
from app.transaction import reading
from app.workflows.editions.correction import correct_newest


@click.group()
def editions() -> None:
    """What is published on Mondays: make it, list it, check it, correct it."""


@editions.command()
@with_appcontext
def make() -> None:
    """Make the editions that are due. The worker does the same by itself."""
    made = make_editions(believed_now())
    for each in made:
        click.echo(f"Editions of {each.due_on}: {each.editions} made.")
    if not made:
        click.echo("Nothing is due.")


@editions.command("list")
@click.argument("place", type=TEXT)
@with_appcontext
def list_editions(place: str) -> None:
    """List the editions of the place with this code, the newest first."""
    with reading() as session:
        showing = what_is_shown(session, ask_clock().now)
        found = editions_of(session, find_place_by_code(session, place).id, showing)
    for edition in found:
        corrected = f"\tcorrects ({edition.cause}): {json.dumps(dict(edition.reason), ensure_ascii=False)}"
        click.echo(f"{edition.due_on}\t{edition.number}\t{edition.digest}{corrected if edition.cause else ''}")
    if not found:
        click.echo("This place has no edition yet.")


@editions.command()
@with_appcontext
def verify() -> None:
    """Recompute every fingerprint; exit status 1 if any edition is not as it was made."""
    with reading() as session:
        verified = verify_editions(session)
    for fault in verified.faults:
        click.echo(fault, err=True)
    if verified.faults:
        raise click.ClickException(f"{len(verified.faults)} faults in {verified.editions} editions.")
    click.echo(f"Whole: {verified.editions} editions.")


@editions.command()
@click.argument("place", type=TEXT)
@click.option("--cause", type=click.Choice(["error", "method"]), required=True, help="A mistake, or another method.")
@click.option("--reason-hi", type=TEXT, required=True, help="What changed and why, in Hindi: everybody reads it.")
@click.option("--reason-en", type=TEXT, required=True, help="The same in English.")
@click.option("--yes", is_flag=True, help="Also if no figure changes.")
@with_appcontext
def correct(place: str, cause: str, reason_hi: str, reason_en: str, yes: bool) -> None:
    """Make the newest edition of a place once more, of the same releases, by the rules of today.

    The wrong one stays, and both say so. Without --yes nothing is made if no figure would change.
    """
    kept = correct_newest(place, cause, {"hi": reason_hi, "en": reason_en}, believed_now(), even_the_same=yes)
    click.echo(f"Edition of {kept.due_on}, number {kept.number}: {kept.digest}")
