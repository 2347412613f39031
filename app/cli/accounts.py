"""samvad accounts: for the first one, and for when nobody can sign in any more."""

from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app.cli.text import TEXT
from app.domain.accounts.role import Role
from app.services.accounts.changes import (
    NewAccount,
    create_account,
    disable_account,
    enable_account,
    end_sessions,
    first_password,
    reset_password,
    reset_totp,
)
from app.services.accounts.queries import find_account, list_accounts
from app.services.places.queries import find_place_by_code
from app.transaction import reading, transaction

_ROLES = click.Choice([role.value for role in Role])


@click.group()
def accounts() -> None:
    """Accounts of the department's staff."""


@accounts.command("list")
@with_appcontext
def list_all() -> None:
    """User name, role, code-free name of the place, and state, one account a line."""
    with reading() as session:
        for account in list_accounts(session, per_page=1_000_000).rows:
            state = "disabled" if account.disabled_at else "totp" if account.has_totp else "active"
            place = account.place.in_language("en")
            click.echo(f"{account.username}\t{account.role.value}\t{place}\t{state}")


@accounts.command()
@click.argument("username", type=TEXT)
@click.option("--role", type=_ROLES, required=True)
@click.option("--place", "code", type=TEXT, required=True, help="Code of the place it is bound to.")
@click.option("--name", type=TEXT, required=True, help="The post, not the person.")
@click.option("--language", type=click.Choice(["hi", "en"]), default="hi", show_default=True)
@with_appcontext
def create(username: str, role: str, code: str, name: str, language: str) -> None:
    """Create an account and print its first password, once."""
    password, password_hash = first_password()
    with transaction() as session:
        place_id = find_place_by_code(session, code).id
        new = NewAccount(username, name, Role(role), place_id, language)
        create_account(session, new, password_hash, None, datetime.now(UTC))
    click.echo(password)


@accounts.command("reset-password")
@click.argument("username", type=TEXT)
@with_appcontext
def new_password(username: str) -> None:
    """Print a new password, once. It has to be changed when first used."""
    password, password_hash = first_password()
    with transaction() as session:
        reset_password(session, find_account(session, username).id, password_hash, None, datetime.now(UTC))
    click.echo(password)


def _add(name: str, change: Callable[[Session, int, None, datetime], object], help_text: str, done: str) -> None:
    """A command that looks an account up by its user name, changes it, and says what is so now."""

    @accounts.command(name, help=help_text)
    @click.argument("username", type=TEXT)
    @with_appcontext
    def command(username: str) -> None:
        with transaction() as session:
            change(session, find_account(session, username).id, None, datetime.now(UTC))
        click.echo(done)


_add(
    "reset-totp",
    reset_totp,
    "Forget the authenticator app and the recovery codes of an account.",
    "The second factor is off; it can be set up anew after signing in.",
)
_add("disable", disable_account, "Let an account in no more, and end its sessions.", "Disabled.")
_add("enable", enable_account, "Let a disabled account in again.", "Enabled.")
_add("end-sessions", end_sessions, "End every session of an account, everywhere.", "Every session has been ended.")
