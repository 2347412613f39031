"""samvad backup, samvad restore."""

from datetime import UTC, datetime
from pathlib import Path

import click
from alembic.script import ScriptDirectory

from app.config import where_from_env
from app.services.installation.backup import Installation, restore_backup, save_backup

_MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Write database and secrets into FILE, while everything goes on.

    Keep it as safe as the secrets themselves: whoever has it can sign codes.
    """
    saved = save_backup(_installation(), file, datetime.now(UTC))
    click.echo(f"Saved in {file}, at migration {saved.schema}. It holds the secrets: encrypt it before it leaves.")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace the database and the secrets that are there.")
def restore(file: Path, force: bool) -> None:
    """Put the database and the secrets of FILE in place, on this machine or a second one."""
    restored = restore_backup(_installation(), file, _known_migrations(), force=force)
    click.echo(f"Restored what was saved at {restored.made_at:%Y-%m-%d %H:%M} UTC. Next: samvad db upgrade.")


def _installation() -> Installation:
    return Installation(*where_from_env())


def _known_migrations() -> list[str]:
    return [script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()]
