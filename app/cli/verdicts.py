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
    """Check that every verdict of the machine follows from what was found; name each that does not, and exit 1.

    Each is made anew from what is kept of the answer, by the policy of its own number. Those of rules before this
    version's, and first ones from before what lies in an answer was kept beside it, are taken as they are; it says how
    many those are.
    """
    with reading() as session:
        verification = verify_verdicts(session)
    if verification.faults:
        raise click.ClickException("\n".join(verification.faults))
    click.echo(
        f"{verification.copied} answers were set aside as copies and {verification.aside} for what lay in themselves, "
        "as what was found says. "
        f"{verification.earlier} verdicts are of earlier rules and were taken as they are."
    )
