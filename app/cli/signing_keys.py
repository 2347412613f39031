"""samvad keys rotate-signing and cut-off: a new key to issue codes under, and an end to one that leaked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import click
from flask.cli import with_appcontext

from app.cli.key_files import require_own, secrets_path
from app.cli.text import NUMBER
from app.config import Secrets
from app.services.installation.signing_keys import CutOff, cut_off, plan_cut_off
from app.transaction import reading, transaction
from app.workflows import keys


@click.command("rotate-signing")
@with_appcontext
def rotate_signing() -> None:
    """Add a key for signing codes. What hangs on walls stays good; new codes are issued under the new key."""
    path = secrets_path()
    require_own(path)
    added = keys.rotate_signing(path, datetime.now(UTC))
    click.echo(f"Added signing key {added}. Restart the servers: codes are issued under it from then on.")
    click.echo("Print the key-recovery sheet anew: samvad keys sheet FILE")


@click.command("cut-off")
@click.argument("key", type=NUMBER)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first bad day, in India.")
@click.option("--dry-run", is_flag=True, help="Only say what it would invalidate.")
@with_appcontext
def cut_off_key(key: int, since: datetime, dry_run: bool) -> None:
    """Set aside what is answered under KEY from a day on, because it leaked; asks before it does."""
    plan = planned(key, since.date(), datetime.now(UTC))
    for line in described(plan):
        click.echo(line)
    if dry_run:
        click.echo("Nothing was changed.")
        return
    typed = click.prompt("Type the number of the key to cut it off")
    if typed.strip() != str(key):
        raise click.ClickException("That is another number. Nothing was changed.")
    now = datetime.now(UTC)
    with transaction() as session:
        cut_off(session, plan, now)
    click.echo(
        f"Key {key} is cut off from {plan.since} on. Issue new codes and hang them: the old ones say so to citizens."
    )


def planned(key: int, since: date, now: datetime) -> CutOff:
    newest = Secrets.from_file(secrets_path()).newest_key_id
    with reading() as session:
        return plan_cut_off(session, key, since, newest=newest, now=now)


def described(plan: CutOff) -> Iterator[str]:
    """What would be invalid, a line each."""
    if plan.before is not None:
        yield f"Key {plan.key_id} was cut off from {plan.before} on before."
    total = sum(plan.placements.values())
    yield f"{total:,} codes for {plan.places:,} places would be good no more:"
    for channel, number in sorted(plan.placements.items()):
        yield f"  {channel.value}\t{number:,}"
    yield f"Slips and invitations that are out and unused: {plan.serials:,}"
    stored = sum(plan.responses.values())
    yield f"Answers stored since the week of that day: {stored:,}. What was counted of them stays counted:"
    for week, number in plan.responses.items():
        yield f"  week of {week}\t{number:,}"
    yield f"What arrives from now on under this key is set aside if it was given on {plan.since} or later, and what"
    yield "proves its day only by this key is judged by the day it arrives."
