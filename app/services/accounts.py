"""Accounts: create them, change their passwords, disable and enable them, end their sessions.

A password hash takes a tenth of a second on purpose. So whoever calls a service here first makes the hash,
with `prepare_password`, and only then opens the transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.account import (
    ACCOUNT_UNKNOWN,
    LANGUAGE_UNKNOWN,
    NAME_INVALID,
    USERNAME_TAKEN,
    canonical_username,
)
from app.domain.password_rules import check_password
from app.domain.problem import Problem
from app.domain.role import Role
from app.formats.passwords import PasswordHash, hash_password
from app.models import Account, Place
from app.services import audit

LANGUAGES = ("hi", "en")


@dataclass(frozen=True, slots=True)
class NewAccount:
    username: str
    #: the post, not the person: "Station head, Kotwali"
    name: str
    role: Role
    place_id: int
    language: str = "hi"


def prepare_password(password: str, username: str) -> PasswordHash:
    """The hash of a password that keeps the rules, or the Problem that says which it breaks. Slow."""
    return hash_password(check_password(password, username))


def create_account(
    session: Session,
    new: NewAccount,
    password_hash: PasswordHash,
    by: int | None,
    now: datetime,
    must_change_password: bool = True,
) -> int:
    """The id of the new account. Its first password has to be changed unless said otherwise."""
    username = canonical_username(new.username)
    name = new.name.strip()
    if not 0 < len(name) <= 120:
        raise Problem(NAME_INVALID)
    if new.language not in LANGUAGES:
        raise Problem(LANGUAGE_UNKNOWN)
    session.get_one(Place, new.place_id)
    if session.scalar(select(Account.id).where(Account.username == username)) is not None:
        raise Problem(USERNAME_TAKEN)
    account = Account(
        username=username,
        name=name,
        role=new.role.value,
        place_id=new.place_id,
        language=new.language,
        password_hash=password_hash,
        must_change_password=must_change_password,
    )
    session.add(account)
    session.flush()
    details = {"username": username, "role": new.role.value, "place": new.place_id}
    audit.record(session, "account.created", subject_of(account.id), by, details, now)
    return account.id


def change_password(session: Session, account_id: int, password_hash: PasswordHash, now: datetime) -> int:
    """Set the password that its owner chose, and end every session. Answers the new epoch."""
    account = locked_account(session, account_id)
    account.password_hash = password_hash
    account.must_change_password = False
    account.session_epoch += 1
    audit.record(session, "account.password_changed", subject_of(account_id), account_id, {}, now)
    return account.session_epoch


def subject_of(account_id: int) -> str:
    """How the audit chain names an account."""
    return f"account:{account_id}"


def locked_account(session: Session, account_id: int) -> Account:
    """The account's row, locked against other writers; Problem `account.unknown`."""
    account = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise Problem(ACCOUNT_UNKNOWN)
    return account
