"""Multiplying new marks into the seals of their weeks.

What is new is known by a flag and not by the time: by time, what commits late would be missed.
"""

from datetime import date, datetime

from sqlalchemy import and_, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from app.models import Arrival, Base, Response, Unsealed, Verdict
from app.services.locks import Job, hold
from app.services.responses.seals.week_seals import Marks, multiply_in

#: answers, and later verdicts, that are multiplied in one transaction: some hundredths of a second of work
PORTION = 500

_UNSEALED = Base.metadata.tables["unsealed"]
_NOTE = delete(_UNSEALED).where(
    _UNSEALED.c.response_id == bindparam("answer"), _UNSEALED.c.sequence == bindparam("place")
)
_FIRST = and_(Verdict.response_id == Response.id, Verdict.sequence == 1)


def seal_portion(session: Session) -> int:
    """Multiply some of what is new into the seals; how much that was."""
    hold(session, Job.SEAL)
    marks = Marks()
    sealed = _seal_arrived(session, marks) + _seal_forgotten(session, marks) + _seal_verdicts(session, marks)
    multiply_in(session, marks)
    return sealed


def keep_unsealed(session: Session, before: datetime) -> None:
    """Note which of those that arrived before this moment are still to be sealed: their arrival is forgotten now."""
    hold(session, Job.SEAL)
    late = (
        select(Arrival.response_id)
        .join(Response, Response.id == Arrival.response_id)
        .where(Arrival.arrived_at < before, Arrival.is_sealed.is_(False), Response.mark.is_not(None))
        .order_by(Arrival.response_id)
    )
    notes = [{"response_id": id_, "sequence": 0} for id_ in session.scalars(late)]
    if notes:
        session.execute(insert(Unsealed), notes)


def _seal_arrived(session: Session, marks: Marks) -> int:
    """Answers with their first verdicts, which were written with them."""
    arrived = session.execute(
        select(Arrival, Response.week, Response.mark, Verdict.mark)
        .join(Response, Response.id == Arrival.response_id)
        .join(Verdict, _FIRST)
        .where(Arrival.is_sealed.is_(False), Response.mark.is_not(None), Verdict.mark.is_not(None))
        # In the order in which screening takes them, so that neither waits for the other for ever.
        .order_by(Arrival.arrived_at, Arrival.response_id)
        .limit(PORTION)
        # A clock that is set right moves arrivals, and none may be sealed twice.
        .with_for_update(of=Arrival)
    ).all()
    for arrival, week, answer, verdict in arrived:
        arrival.is_sealed = True
        _add(marks, week, answer, verdict)
    session.flush()
    return len(arrived)


def _seal_forgotten(session: Session, marks: Marks) -> int:
    """Those whose arrival was forgotten before anybody sealed them."""
    noted = session.execute(
        select(Unsealed.response_id, Unsealed.sequence, Response.week, Response.mark, Verdict.mark)
        .outerjoin(Response, Response.id == Unsealed.response_id)
        .outerjoin(Verdict, _FIRST)
        .where(Unsealed.sequence == 0)
        .limit(PORTION)
    ).all()
    for _, _, week, answer, verdict in noted:
        _add(marks, week, answer, verdict)
    _strike(session, [(id_, sequence) for id_, sequence, *_ in noted])
    return len(noted)


def _seal_verdicts(session: Session, marks: Marks) -> int:
    """Verdicts that were given later, by screening or by people."""
    same = and_(Verdict.response_id == Unsealed.response_id, Verdict.sequence == Unsealed.sequence)
    noted = session.execute(
        select(Unsealed.response_id, Unsealed.sequence, Verdict.week, Verdict.mark)
        .outerjoin(Verdict, same)
        .where(Unsealed.sequence > 0)
        .limit(PORTION)
    ).all()
    for _, _, week, verdict in noted:
        _add(marks, week, None, verdict)
    _strike(session, [(id_, sequence) for id_, sequence, *_ in noted])
    return len(noted)


def _add(marks: Marks, week: date | None, answer: bytes | None, verdict: bytes | None) -> None:
    """What somebody took away or wrote over before it was sealed is no mark any more, and stops nothing."""
    if week is not None and isinstance(answer, bytes):
        marks.answers[week].append(answer)
    if week is not None and isinstance(verdict, bytes):
        marks.verdicts[week].append(verdict)


def _strike(session: Session, notes: list[tuple[object, int]]) -> None:
    if notes:
        session.connection().execute(_NOTE, [{"answer": id_, "place": sequence} for id_, sequence in notes])
