"""The audit chain as people read it: whole at the top of the department, and below it what was done there.

Only reading is narrowed. The chain itself is one, and whoever verifies it walks all of it.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from app.domain.accounts.account import fold_username
from app.domain.listing import Listing, Paging
from app.domain.weeks import IST
from app.models import Account, AuditEntry, CaseList, Device, Job, Placement, SlipBatch

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries: of an action or a group of actions, of an account, of a run of days in India.

    With `places`, only what was done to one of them today, or to what belongs to it. What belongs to no place, such as
    a questionnaire or a key, is then left out.
    """

    action: str = ""
    username: str = ""
    subject: str = ""
    from_on: date | None = None
    until_on: date | None = None
    places: Collection[int] | None = None


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


def list_actions(session: Session, places: Collection[int] | None = None) -> tuple[str, ...]:
    """Every action that was ever recorded, there or at all, for the filter."""
    query = select(AuditEntry.action).distinct().order_by(AuditEntry.action)
    return tuple(session.scalars(query if places is None else query.where(_done_at(places))))


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
    if wanted.places is not None:
        query = query.where(_done_at(wanted.places))
    return query


def _done_at(places: Collection[int]) -> ColumnElement[bool]:
    """The condition that an entry's subject lies in one of the places. A subject is written as `placement:4211`."""
    here = Placement.place_id.in_(places)
    return or_(
        AuditEntry.subject.in_([f"place:{id_}" for id_ in places]),
        AuditEntry.subject.in_(select("placement:" + cast(Placement.id, String)).where(here)),
        AuditEntry.subject.in_(select("screen:" + cast(Placement.id, String)).where(here)),
        AuditEntry.subject.in_(
            select("device:" + cast(Device.id, String)).join(Placement, Placement.id == Device.placement_id).where(here)
        ),
        AuditEntry.subject.in_(select("batch:" + cast(SlipBatch.id, String)).where(SlipBatch.place_id.in_(places))),
        AuditEntry.subject.in_(select("case_list:" + cast(CaseList.id, String)).where(CaseList.place_id.in_(places))),
        AuditEntry.subject.in_(select("job:" + cast(Job.id, String)).where(Job.place_id.in_(places))),
        AuditEntry.subject.in_(select("account:" + cast(Account.id, String)).where(Account.place_id.in_(places))),
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), IST)


def _view(entry: AuditEntry, username: str | None) -> AuditView:
    return AuditView(entry.sequence, entry.at, username, entry.action, entry.subject, json.loads(entry.details))
