"""samvad keys rotate-sealing: a new key for answers to be sealed under, and an end to those that nobody needs."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from app.cli.key_files import require_own, secrets_path
from app.config import Secrets
from app.workflows import keys


@click.command("rotate-sealing")
@click.option("--if-none", is_flag=True, help="Only where there is no sealing key yet, as after an upgrade.")
@with_appcontext
def rotate_sealing(if_none: bool) -> None:
    """Add a key for sealing answers, and forget those whose successor is older than 400 days."""
    path = secrets_path()
    if if_none and Secrets.from_file(path).sealing:
        return
    require_own(path)
    rotation = keys.rotate_sealing(path, datetime.now(UTC))
    click.echo(f"Added sealing key {rotation.added}. Restart the servers: pages carry it from then on.")
    for kid in rotation.forgotten:
        click.echo(f"Forgot sealing key {kid}: a phone that still holds answers sealed under it can send them no more.")
    click.echo("Print the key-recovery sheet anew: samvad keys sheet FILE")
