"""samvad verdicts: verify."""

import click
from flask.cli import with_appcontext

from app.services.responses.screening.verification import verify_verdicts
from app.transaction import reading


@click.group()
def verdicts() -> None:
    """Which answers count, and which were set aside because too many are like them."""


@verdicts.command()
@with_appcontext
def verify() -> None:
    """Check that every verdict of screening follows from what was found; name each that does not, and exit 1.

    Each is made anew by the policy of its own number. Those of rules before this version's are taken as they were
    found; it says how many those are.
    """
    with reading() as session:
        verification = verify_verdicts(session)
    if verification.faults:
        raise click.ClickException("\n".join(verification.faults))
    click.echo(
        f"{verification.copied} answers were set aside as copies, as what was found says. "
        f"{verification.earlier} verdicts are of earlier rules and were taken as they are."
    )
