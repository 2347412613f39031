"""samvad db upgrade: change the tables, after saying how to go back."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.domain.installation.retention import Retention
from app.domain.problem import Problem
from app.services.installation.backups.backup import Installation, save_backup
from app.services.installation.backups.backup_folder import name_of_backup, thin_out
from app.services.installation.backups.notes import note_begun
from app.services.installation.schemas import known_schemas, newest_schema
from app.services.installation.start_checks import SCHEMA_NEWER, found_schema
from app.services.surveys.starter_readings import add_starter_readings
from app.transaction import transaction

#: of how many days the last backup before an upgrade is kept
_KEPT = Retention(days=2, weeks=0, months=0)
_FOLDER = "before-upgrade"


@click.command()
@click.argument("revision", default="head")
@click.option(
    "--without-backup", is_flag=True, help="Save nothing first; the way back is then a backup that you have made."
)
@with_appcontext
def upgrade(revision: str, without_backup: bool) -> None:
    """Bring the tables to what this version needs, all of them or none.

    First database and secrets are saved in the instance folder, and the one command that goes back is printed. Nothing
    is saved where there is nothing to change.
    """
    settings: Settings = current_app.extensions["samvad.settings"]
    installation = Installation(settings.instance, settings.database_url)
    with _one_at_a_time(settings.instance):
        found = found_schema(settings.database_url)
        if found is not None and found not in known_schemas():
            raise Problem(SCHEMA_NEWER, found=found)
        folder = settings.instance / _FOLDER
        saves = found not in (None, newest_schema(), revision) and not without_backup
        if saves:
            _save(installation, folder)
        flask_migrate.upgrade(revision=revision)
        if found is not None and revision in ("head", newest_schema()):
            with transaction() as session:
                add_starter_readings(session, datetime.now(UTC))
        if saves:
            thin_out(folder, installation.mark, _KEPT)


def _save(installation: Installation, folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    now = datetime.now(UTC)
    # Whoever went back and goes forward again within a second has two.
    while (file := folder / name_of_backup(now)).exists():
        now += timedelta(seconds=1)
    note_begun(installation.instance, folder)
    saved = save_backup(installation, file, now)
    click.echo(f"Saved at migration {saved.schema}, before anything is changed.")
    click.echo("To go back: stop the server and the worker, put the version before this one in its place, and run")
    click.echo(f"  samvad restore --force {file}")


@contextmanager
def _one_at_a_time(instance: Path) -> Iterator[None]:
    """Of two on one machine the later waits, and finds nothing to do; on several, the database lets one at a time."""
    lock = os.open(instance / ".upgrade.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
