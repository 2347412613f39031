"""Accounts as headquarters sees them: found, listed, described."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain.accounts.account import ACCOUNT_UNKNOWN
from app.domain.accounts.role import Permission, Role
from app.domain.listing import Listing, Paging
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.models import Account, Place, RecoveryCode


@dataclass(frozen=True, slots=True)
class AccountView:
    id: int
    username: str
    name: str
    role: Role
    place_id: int
    place: BilingualName
    language: str
    must_change_password: bool
    has_totp: bool
    recovery_codes_left: int
    disabled_at: datetime | None


def list_accounts(
    session: Session,
    place_ids: frozenset[int] | None = None,
    *,
    text: str = "",
    role: Role | None = None,
    page: int = 1,
    per_page: int = 50,
) -> Listing[AccountView]:
    """Accounts bound to these places (None: to any), by user name; `text` is part of a user name, post or place."""
    rows = [row for row in _matching(session, text, role) if place_ids is None or row[0].place_id in place_ids]
    paging = Paging(len(rows), page, per_page)
    shown = rows[paging.offset :][:per_page]
    codes = _codes_left(session, [account.id for account, _ in shown])
    return paging.listing(_view(account, place, codes.get(account.id, 0)) for account, place in shown)


def names_of(session: Session, account_ids: Collection[int | None]) -> dict[int | None, str]:
    """The user names of these accounts, as registers show who did something."""
    rows = session.execute(select(Account.id, Account.username).where(Account.id.in_(filter(None, account_ids))))
    return {row.id: row.username for row in rows}


def early_readers(session: Session) -> int:
    """How many accounts can see counts before they are published: it is said to everybody."""
    roles = [role.value for role in Role if role.may(Permission.READ_TALLIES)]
    able = select(func.count()).select_from(Account).where(Account.role.in_(roles), Account.disabled_at.is_(None))
    return session.scalar(able) or 0


def describe_account(session: Session, account_id: int) -> AccountView:
    """One account; Problem `account.unknown`."""
    account = session.get(Account, account_id)
    if account is None:
        raise Problem(ACCOUNT_UNKNOWN)
    left = _codes_left(session, [account_id]).get(account_id, 0)
    return _view(account, session.get_one(Place, account.place_id), left)


def find_account(session: Session, username: str) -> AccountView:
    """The account of a user name, for commands; Problem `account.unknown`."""
    account_id = session.scalar(select(Account.id).where(Account.username == username.strip().lower()))
    if account_id is None:
        raise Problem(ACCOUNT_UNKNOWN)
    return describe_account(session, account_id)


def _matching(session: Session, text: str, role: Role | None) -> list[tuple[Account, Place]]:
    query = select(Account, Place).join(Place, Place.id == Account.place_id).order_by(Account.username)
    if text.strip():
        fields = (Account.username, Account.name, Place.name_hi, Place.name_en, Place.code)
        query = query.where(or_(*(field.icontains(text.strip(), autoescape=True) for field in fields)))
    if role is not None:
        query = query.where(Account.role == role.value)
    return [(account, place) for account, place in session.execute(query)]


def _codes_left(session: Session, account_ids: list[int]) -> dict[int, int]:
    query = (
        select(RecoveryCode.account_id, func.count())
        .where(RecoveryCode.account_id.in_(account_ids), RecoveryCode.used_at.is_(None))
        .group_by(RecoveryCode.account_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _view(account: Account, place: Place, codes_left: int) -> AccountView:
    return AccountView(
        id=account.id,
        username=account.username,
        name=account.name,
        role=Role(account.role),
        place_id=account.place_id,
        place=place.name,
        language=account.language,
        must_change_password=account.must_change_password,
        has_totp=account.totp_confirmed,
        recovery_codes_left=codes_left,
        disabled_at=account.disabled_at,
    )
