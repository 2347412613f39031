"""samvad keys rotate-sealing: a new key for answers to be sealed under, and an end to those that nobody needs."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.key_files import changing, require_own, secrets_path
from app.config import Secrets
from app.formats.crypto.secret_files import draw_secret, write_secrets
from app.services.installation.sealing_keys import Rotation, rotate_sealing_keys
from app.transaction import transaction


@click.command("rotate-sealing")
@click.option("--if-none", is_flag=True, help="Only where there is no sealing key yet, as after an upgrade.")
@with_appcontext
def rotate_sealing(if_none: bool) -> None:
    """Add a key for sealing answers, and forget those whose successor is older than 400 days."""
    path = secrets_path()
    if if_none and Secrets.from_file(path).sealing:
        return
    require_own(path)
    rotation = rotate(path, datetime.now(UTC))
    click.echo(f"Added sealing key {rotation.added}. Restart the servers: pages carry it from then on.")
    for kid in rotation.forgotten:
        click.echo(f"Forgot sealing key {kid}: a phone that still holds answers sealed under it can send them no more.")
    click.echo("Print the key-recovery sheet anew: samvad keys sheet FILE")


def rotate(path: Path, now: datetime) -> Rotation:
    """Write the file last but before the commit: a key without its note is noted by the next rotation."""
    with changing(path), transaction() as session:
        held = Secrets.from_file(path)
        rotation = rotate_sealing_keys(session, held.sealing.keys(), now)
        kept = {kid: seed for kid, seed in held.sealing.items() if kid not in rotation.forgotten}
        write_secrets(path, replace(held, sealing={**kept, rotation.added: draw_secret()}))
    return rotation
