"""The audit chain as people read it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVarTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.accounts.account import fold_username
from app.domain.listing import Listing, Paging
from app.domain.weeks import IST
from app.models import Account, AuditEntry

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries: of an action or a group of actions, of an account, of a run of days in India."""

    action: str = ""
    username: str = ""
    subject: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuditView:
    sequence: int
    at: datetime
    username: str | None
    action: str
    subject: str
    details: Mapping[str, object]


def list_audit(session: Session, wanted: AuditFilter, page: int = 1, per_page: int = 50) -> Listing[AuditView]:
    """The newest entries first."""
    total = session.scalars(_narrow(select(func.count()).select_from(AuditEntry), wanted)).one()
    paging = Paging(total, page, per_page)
    query = _narrow(select(AuditEntry, Account.username), wanted).order_by(AuditEntry.sequence.desc())
    rows = session.execute(query.offset(paging.offset).limit(per_page))
    return paging.listing(_view(entry, username) for entry, username in rows)


def list_actions(session: Session) -> tuple[str, ...]:
    """Every action that was ever recorded, for the filter."""
    return tuple(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def _narrow(query: Select[*Columns], wanted: AuditFilter) -> Select[*Columns]:
    query = query.outerjoin(Account, Account.id == AuditEntry.account_id)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.username:
        query = query.where(Account.username == fold_username(wanted.username))
    if wanted.subject:
        query = query.where(AuditEntry.subject == wanted.subject.strip())
    if wanted.from_on:
        query = query.where(AuditEntry.at >= _start_of(wanted.from_on))
    if wanted.until_on:
        query = query.where(AuditEntry.at < _start_of(wanted.until_on + timedelta(days=1)))
    return query


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), IST)


def _view(entry: AuditEntry, username: str | None) -> AuditView:
    return AuditView(entry.sequence, entry.at, username, entry.action, entry.subject, json.loads(entry.details))
