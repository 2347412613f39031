"""samvad init: from a bare machine to an installation that somebody can sign in to."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import ScriptInfo
from flask_migrate import upgrade

from app.cli.key_sheets import ask_for_a_line, write_sheet
from app.config import Secrets, Settings, where_from_env
from app.domain.accounts.account import canonical_username
from app.domain.installation.department import canonical_host
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.formats.crypto.secret_files import draw_secrets, write_secrets
from app.services.accounts.changes import first_password
from app.transaction import reading, transaction
from app.workflows.set_up import SET_UP, NewInstallation, is_set_up, set_up

_SHEET = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--name-hi", prompt="Name of the department in Hindi")
@click.option("--name-en", prompt="Name of the department in English")
@click.option("--state-hi", prompt="Name of the state (or whole area) in Hindi")
@click.option("--state-en", prompt="Name of the state (or whole area) in English")
@click.option("--state-code", default="STATE", show_default=True, help="Its code in the list of places.")
@click.option("--username", prompt="User name of the first administrator", default="admin")
@click.option(
    "--sheet",
    prompt="Where to write the key-recovery sheet (.pdf or .txt)",
    type=_SHEET,
    help="A file that does not exist; a page to print if it ends in .pdf, else text.",
)
@click.option(
    "--unattended", is_flag=True, help="Do not ask to type a line of the sheet; run `samvad keys verify` later."
)
@click.pass_context
def init(context: click.Context, /, sheet: Path, unattended: bool, username: str, **names: str) -> None:
    """Make a real installation: secrets, database, department, first place and first administrator.

    The address that citizens use comes from SAMVAD_ADDRESS; its host is what codes will name. What was begun
    and interrupted can be run again: secrets that are there already are kept.
    """
    username = canonical_username(username)
    held = _secrets(where_from_env()[0] / "secrets.json")
    app = context.ensure_object(ScriptInfo).load_app()
    settings: Settings = app.extensions["samvad.settings"]
    password, password_hash = first_password()
    new = NewInstallation(
        BilingualName(names["name_hi"], names["name_en"]),
        canonical_host(settings.host),
        BilingualName(names["state_hi"], names["state_en"]),
        names["state_code"],
        username,
    )
    with app.app_context():
        upgrade()
        with reading() as session:
            if is_set_up(session):
                raise Problem(SET_UP)
        # One transaction, so that a refused name or an unread sheet leaves nothing set up. Nobody else is waiting.
        with transaction() as session:
            set_up(
                session,
                new,
                password_hash,
                key_id=held.newest_key_id,
                sealing_keys=held.sealing,
                now=datetime.now(UTC),
            )
            write_sheet(sheet, held, settings.host)
            click.echo(f"\nThe key-recovery sheet is in {sheet}: print it, lock it away, delete the file.")
            if not unattended:
                ask_for_a_line(held)
    click.echo(f"\nFirst administrator: {username}\nPassword, shown only now: {password}")
    click.echo(f"Sign in at {settings.address}/office/ and change it.")
    click.echo("\nNext: places (`samvad places --help`) and a questionnaire (`samvad surveys starter station-visit`).")


def _secrets(path: Path) -> Secrets:
    if not path.exists():
        write_secrets(path, draw_secrets())
    return Secrets.from_file(path)
