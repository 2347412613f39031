"""Accounts: create them, change their passwords, disable and enable them, end their sessions.

A password hash takes a tenth of a second on purpose. So whoever calls a service here first makes the hash,
with `prepare_password`, and only then opens the transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.accounts.account import (
    ACCOUNT_OWN,
    ACCOUNT_UNKNOWN,
    LANGUAGE_UNKNOWN,
    LAST_ADMINISTRATOR,
    NAME_INVALID,
    ROLE_PLACE,
    USERNAME_TAKEN,
    canonical_username,
    role_fits,
)
from app.domain.accounts.password_rules import check_password
from app.domain.accounts.role import Role
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.formats.crypto.passwords import PasswordHash, generate_password, hash_password
from app.models import Account, Place, RecoveryCode
from app.services.places.ancestry import ancestors_of
from app.services.record import audit

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


def first_password() -> tuple[str, PasswordHash]:
    """A generated password, to be shown once, and its hash. Slow."""
    password = generate_password()
    return password, hash_password(password)


def create_account(
    session: Session,
    new: NewAccount,
    password_hash: PasswordHash,
    actor_id: int | None,
    now: datetime,
    must_change_password: bool = True,
) -> int:
    """The id of the new account. Its first password has to be changed unless said otherwise."""
    username = canonical_username(new.username)
    name = _checked_name(new.name)
    if new.language not in LANGUAGES:
        raise Problem(LANGUAGE_UNKNOWN)
    _check_place(session, new.role, new.place_id, now)
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
    audit.record(session, "account.created", subject_of(account.id), actor_id, details, now)
    return account.id


def change_password(session: Session, account_id: int, password_hash: PasswordHash, now: datetime) -> int:
    """Set the password that its owner chose, and end every session. Answers the new epoch."""
    account = locked_account(session, account_id)
    account.password_hash = password_hash
    account.must_change_password = False
    account.session_epoch += 1
    audit.record(session, "account.password_changed", subject_of(account_id), account_id, {}, now)
    return account.session_epoch


def reset_password(
    session: Session, account_id: int, password_hash: PasswordHash, actor_id: int | None, now: datetime
) -> None:
    """Set a generated password, which its owner has to change, and end every session."""
    account = locked_account(session, account_id)
    account.password_hash = password_hash
    account.must_change_password = True
    account.session_epoch += 1
    audit.record(session, "account.password_reset", subject_of(account_id), actor_id, {}, now)


def reset_totp(session: Session, account_id: int, actor_id: int | None, now: datetime) -> None:
    """Forget the authenticator app and the recovery codes, and end every session."""
    account = locked_account(session, account_id)
    account.totp_secret, account.totp_confirmed, account.totp_last_step = None, False, None
    account.session_epoch += 1
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    audit.record(session, "account.totp_reset", subject_of(account_id), actor_id, {}, now)


def reassign_account(
    session: Session, account_id: int, name: str, role: Role, place_id: int, actor_id: int | None, now: datetime
) -> None:
    """Give an account another post, role or place, and end every session of it: what was open was the old role's.

    Refused for one's own, and for the last state administrator who would be none any more.
    """
    account = locked_account(session, account_id)
    if account_id == actor_id:
        raise Problem(ACCOUNT_OWN)
    name = _checked_name(name)
    before = {"name": account.name, "role": account.role, "place": account.place_id}
    after = {"name": name, "role": role.value, "place": place_id}
    if before == after:
        return
    _check_place(session, role, place_id, now)
    was_administrator = account.role == Role.STATE_ADMIN.value and account.disabled_at is None
    if was_administrator and role is not Role.STATE_ADMIN and _administrators(session) <= 1:
        raise Problem(LAST_ADMINISTRATOR)
    account.name, account.role, account.place_id = name, role.value, place_id
    account.session_epoch += 1
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    audit.record(session, "account.reassigned", subject_of(account_id), actor_id, changed, now)


def disable_account(session: Session, account_id: int, actor_id: int | None, now: datetime) -> None:
    """Let the account in no more. Refused for one's own and for the last state administrator."""
    account = locked_account(session, account_id)
    if account_id == actor_id:
        raise Problem(ACCOUNT_OWN)
    if account.disabled_at is not None:
        return
    if account.role == Role.STATE_ADMIN.value and _administrators(session) <= 1:
        raise Problem(LAST_ADMINISTRATOR)
    account.disabled_at = now
    account.session_epoch += 1
    audit.record(session, "account.disabled", subject_of(account_id), actor_id, {}, now)


def enable_account(session: Session, account_id: int, actor_id: int | None, now: datetime) -> None:
    """Let a disabled account in again, with the password it had."""
    account = locked_account(session, account_id)
    if account.disabled_at is None:
        return
    account.disabled_at = None
    audit.record(session, "account.enabled", subject_of(account_id), actor_id, {}, now)


def end_sessions(session: Session, account_id: int, actor_id: int | None, now: datetime) -> int:
    """End every session of the account, everywhere. Answers the new epoch."""
    account = locked_account(session, account_id)
    account.session_epoch += 1
    audit.record(session, "account.sessions_ended", subject_of(account_id), actor_id, {}, now)
    return account.session_epoch


def choose_language(session: Session, account_id: int, language: str) -> None:
    """Which language an account reads the office in."""
    session.get_one(Account, account_id).language = language


def subject_of(account_id: int) -> str:
    """How the audit chain names an account."""
    return f"account:{account_id}"


def locked_account(session: Session, account_id: int) -> Account:
    """The account's row, locked against other writers; Problem `account.unknown`."""
    account = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise Problem(ACCOUNT_UNKNOWN)
    return account


def _checked_name(text: str) -> str:
    name = text.strip()
    if not 0 < len(name) <= 120:
        raise Problem(NAME_INVALID)
    return name


def _check_place(session: Session, role: Role, place_id: int, now: datetime) -> None:
    place = session.get(Place, place_id)
    if place is None or place.retired_on is not None:
        raise Problem(ROLE_PLACE)
    is_root = not ancestors_of(session, place_id, day_of(now))
    if not role_fits(role, PlaceKind(place.kind), is_root):
        raise Problem(ROLE_PLACE)


def _administrators(session: Session) -> int:
    """How many state administrators can sign in. Their rows are locked, so that two cannot disable each other."""
    query = select(Account.id).where(Account.role == Role.STATE_ADMIN.value, Account.disabled_at.is_(None))
    return len(session.scalars(query.with_for_update()).all())
