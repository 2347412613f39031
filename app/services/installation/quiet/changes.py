"""Quiet periods decided: one account enters one and another confirms it; to end it early, two again."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.installation.quiet_period import (
    QUIET_GONE,
    QUIET_OVER,
    QUIET_SAME_PERSON,
    QUIET_UNKNOWN,
    QuietChoice,
)
from app.domain.problem import Problem
from app.models import Place, QuietBlock, QuietPeriod, QuietPlace
from app.services.installation.quiet_periods import blocks_of, places_named
from app.services.locks import Job, hold
from app.services.permissions import require_may
from app.services.places.queries import PLACE_UNKNOWN
from app.services.record.audit import record


def enter_quiet(session: Session, choice: QuietChoice, actor_id: int, now: datetime) -> int:
    """The id of the period, which holds as soon as somebody else has confirmed it. Problem `place.unknown`."""
    hold(session, Job.QUIET)
    if any(session.get(Place, place_id) is None for place_id in choice.place_ids):
        raise Problem(PLACE_UNKNOWN)
    row = QuietPeriod(
        order_no=choice.order, from_at=choice.from_at, until_at=choice.until_at, entered_by=actor_id, entered_at=now
    )
    session.add(row)
    session.flush()
    session.add_all(QuietPlace(quiet_id=row.id, place_id=place_id) for place_id in sorted(choice.place_ids))
    session.add_all(QuietBlock(quiet_id=row.id, what=what.value) for what in sorted(choice.blocks))
    session.flush()
    _record(session, "quiet.entered", row, actor_id, now)
    return row.id


def confirm_quiet(session: Session, id_: int, actor_id: int, now: datetime) -> None:
    """Let it hold, from now at the earliest. Problems `quiet.unknown`, `.gone`, `.same_person`, `.over`
    and `account.not_allowed`."""
    row = _waiting(session, id_)
    if row.entered_by == actor_id:
        raise Problem(QUIET_SAME_PERSON)
    require_may(session, actor_id, Permission.SET_QUIET)
    if row.until_at <= now:
        raise Problem(QUIET_OVER)
    row.confirmed_by, row.confirmed_at = actor_id, now
    session.flush()
    _record(session, "quiet.confirmed", row, actor_id, now)


def withdraw_quiet(session: Session, id_: int, actor_id: int, now: datetime) -> None:
    """Take back what nobody has confirmed, one's own or somebody else's. Problems `quiet.unknown` and `quiet.gone`."""
    row = _waiting(session, id_)
    row.withdrawn_at = now
    session.flush()
    _record(session, "quiet.withdrawn", row, actor_id, now)


def propose_end(session: Session, id_: int, actor_id: int, now: datetime) -> None:
    """Ask for its end before its day. Problems `quiet.unknown`, `quiet.gone` and `quiet.over`."""
    row = _decided(session, id_, now)
    if row.end_proposed_by is not None:
        raise Problem(QUIET_GONE)
    row.end_proposed_by, row.end_proposed_at = actor_id, now
    session.flush()
    _record(session, "quiet.end_proposed", row, actor_id, now)


def withdraw_end(session: Session, id_: int, actor_id: int, now: datetime) -> None:
    """Let it last until its day after all. Problems as of `propose_end`."""
    row = _end_proposed(session, id_, now)
    row.end_proposed_by = row.end_proposed_at = None
    session.flush()
    _record(session, "quiet.end_withdrawn", row, actor_id, now)


def confirm_end(session: Session, id_: int, actor_id: int, now: datetime) -> None:
    """End it at this moment: what was held is shown. Problems as of `propose_end`, `quiet.same_person`
    and `account.not_allowed`."""
    row = _end_proposed(session, id_, now)
    if row.end_proposed_by == actor_id:
        raise Problem(QUIET_SAME_PERSON)
    require_may(session, actor_id, Permission.SET_QUIET)
    row.ended_by, row.ended_at = actor_id, now
    session.flush()
    _record(session, "quiet.ended", row, actor_id, now)


def _waiting(session: Session, id_: int) -> QuietPeriod:
    row = _row(session, id_)
    if row.confirmed_at is not None or row.withdrawn_at is not None:
        raise Problem(QUIET_GONE)
    return row


def _decided(session: Session, id_: int, now: datetime) -> QuietPeriod:
    row = _row(session, id_)
    if row.confirmed_at is None:
        raise Problem(QUIET_GONE)
    if row.ended_at is not None or row.until_at <= now:
        raise Problem(QUIET_OVER)
    return row


def _end_proposed(session: Session, id_: int, now: datetime) -> QuietPeriod:
    row = _decided(session, id_, now)
    if row.end_proposed_by is None:
        raise Problem(QUIET_GONE)
    return row


def _row(session: Session, id_: int) -> QuietPeriod:
    """Read behind the lock, so that of two who decide at once the later one sees what the first has decided."""
    hold(session, Job.QUIET)
    row = session.get(QuietPeriod, id_, populate_existing=True)
    if row is None:
        raise Problem(QUIET_UNKNOWN)
    return row


def _record(session: Session, action: str, row: QuietPeriod, actor_id: int, now: datetime) -> None:
    details = {
        "order": row.order_no,
        "from": row.from_at.isoformat(),
        "until": row.until_at.isoformat(),
        "places": sorted(places_named(session, [row.id])[row.id]),
        "blocks": sorted(blocks_of(session, [row.id])[row.id]),
    }
    record(session, action, f"quiet:{row.id}", actor_id, details, now)
