"""samvad backup, samvad restore."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from flask.cli import ScriptInfo

from app.config import where_from_env
from app.domain.installation.retention import Retention
from app.jobs.shuffle import shuffle_before_dump
from app.services.installation.backups.backup import Backup, Installation, restore_backup, save_backup, send_backup
from app.services.installation.backups.backup_folder import name_of_backup, thin_out
from app.services.installation.backups.notes import note_begun, note_made
from app.services.installation.backups.piping import send_to_command
from app.services.installation.backups.sqlite_copies import Progress
from app.services.installation.schemas import known_schemas
from app.workflows.backup_drill import drill_backup

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
#: a copy of fewer bytes is there before anybody asks
_WORTH_TELLING = 64 * 2**20
_KEPT = click.IntRange(0, 10_000)


class _SavesUnlessToldOtherwise(click.Group):
    """`samvad backup FILE` saves, as it always has; what else can be done with backups has a name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["save", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_SavesUnlessToldOtherwise)
def backup() -> None:
    """Save database and secrets, and prove that what was saved would do.

    `samvad backup FILE` is short for `samvad backup save FILE`.
    """


@backup.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--into", type=_FOLDER, metavar="FOLDER", help="Save into FOLDER, named by the time, and thin it out.")
@click.option("--keep-daily", type=_KEPT, default=7, show_default=True, help="Of how many days one is kept in FOLDER.")
@click.option("--keep-weekly", type=_KEPT, default=5, show_default=True, help="Of how many weeks, besides.")
@click.option("--keep-monthly", type=_KEPT, default=12, show_default=True, help="Of how many months, besides.")
@click.option("--to-command", metavar="COMMAND", help="Give it to a line of shell on its standard input.")
@click.option(
    "--patience",
    type=click.FloatRange(min=0, min_open=True),
    default=600,
    show_default=True,
    help="After how many seconds without anything happening COMMAND is ended.",
)
def save(
    file: Path | None,
    into: Path | None,
    keep_daily: int,
    keep_weekly: int,
    keep_monthly: int,
    to_command: str | None,
    patience: float,
) -> None:
    """Write database and secrets into FILE, into a folder or to a command, while everything goes on.

    Keep it as safe as the secrets themselves: whoever has it can sign codes.
    """
    if sum(each is not None for each in (file, into, to_command)) != 1:
        raise click.UsageError("Say one of these: FILE, --into FOLDER, --to-command COMMAND.")
    installation, now = _installation(), datetime.now(UTC)
    _shuffle_before_dump(installation)
    with _told() as progress:
        if to_command is not None:
            send = partial(send_to_command, to_command, patience_s=patience)
            note_begun(installation.instance, installation.instance)
            return _tell(installation, send_backup(installation, send, now, progress), "given to the command")
        target = into / name_of_backup(now) if into else file
        assert target is not None  # noqa: S101 - one of the three is given
        note_begun(installation.instance, target.absolute().parent)
        saved = save_backup(installation, target, now, progress)
    _tell(installation, saved, f"in {target}")
    if into:
        for gone in thin_out(into, installation.mark, Retention(keep_daily, keep_weekly, keep_monthly)):
            click.echo(f"Deleted {gone.name}, which is not kept any longer.")
    return None


@backup.command()
@click.argument("file", type=_FILE)
def drill(file: Path) -> None:
    """Restore FILE for trial, check it, and take it away again. The installation is not touched."""
    drilled = drill_backup(_installation(), file)
    click.echo(f"This backup would do. It was made at {drilled.backup.made_at:%Y-%m-%d %H:%M} UTC, at migration")
    click.echo(f"{drilled.backup.schema}; the audit ends at {drilled.head.sequence}:{drilled.head.mark}.")
    for name, number in drilled.counts.items():
        click.echo(f"{name}\t{number}")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace the database and the secrets that are there.")
def restore(file: Path, force: bool) -> None:
    """Put the database and the secrets of FILE in place, on this machine or a second one."""
    restored = restore_backup(_installation(), file, known_schemas(), force=force)
    click.echo(f"Restored what was saved at {restored.made_at:%Y-%m-%d %H:%M} UTC. Next: samvad db upgrade.")


def _tell(installation: Installation, saved: Backup, where: str) -> None:
    note_made(installation.instance, saved.made_at)
    click.echo(f"Saved {where}, at migration {saved.schema}. It holds the secrets: encrypt it before it leaves.")


@contextmanager
def _told() -> Iterator[Progress]:
    """How far the copy is, in tenths, where somebody may wait for it: what is done at once says nothing."""
    told = 0

    def tell(done: int, whole: int) -> None:
        nonlocal told
        if whole < _WORTH_TELLING:
            return
        tenth = 10 * done // max(whole, 1)
        if tenth > told:
            told = tenth
            click.echo(f"Copied {done // 2**20} of about {whole // 2**20} MB", err=True)

    yield tell


def _installation() -> Installation:
    return Installation(*where_from_env())


def _shuffle_before_dump(installation: Installation) -> None:
    """A dump of PostgreSQL holds rows in the order in which they lie: of what came today, in order of arrival.

    A copy of SQLite is in the order of keys anyway.
    """
    if installation.kind == "postgresql":
        with click.get_current_context().ensure_object(ScriptInfo).load_app().app_context():
            shuffle_before_dump()
