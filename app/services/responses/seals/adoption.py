"""Marking what was stored before there were marks: portion by portion in the order of random keys, which tells nothing.

Nobody can say whether it is still what was sent; only that nobody has changed it since. So the record is told.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models import Arrival, Response, SealWeek, Unsealed, Verdict
from app.services.locks import Job, hold, share
from app.services.responses.seals.row_marks import (
    ANSWER_COLUMNS,
    VERDICT_COLUMNS,
    MarkedAnswer,
    MarkedVerdict,
    Names,
    mark_answer,
    mark_verdict,
    require_key,
)
from app.services.responses.seals.week_seals import Marks, multiply_in, told_so_far

#: answers of one transaction: a tenth of a second of work
PORTION = 500


class Adopted(NamedTuple):
    """How many were marked, and up to which answer everything has its mark."""

    marked: int
    last: UUID


def adopt_answers(session: Session, names: Names, after: UUID) -> Adopted | None:
    """Mark and seal the next answers without a mark, with all that was judged about them; None if there are no more."""
    _keep_out_others(session)
    key = require_key(session)
    rows = session.execute(
        select(Response.place_id, Response.survey_version_id, *ANSWER_COLUMNS)
        .where(Response.mark.is_(None), Response.id > after)
        .order_by(Response.id)
        .limit(PORTION)
    ).all()
    if not rows:
        return None
    answers = [(place_id, version_id, MarkedAnswer(*columns)) for place_id, version_id, *columns in rows]
    ids = [answer.id for _, _, answer in answers]
    marks, made = Marks(), []
    for place_id, version_id, answer in answers:
        mark = mark_answer(key, answer, names.places[place_id], names.versions[version_id])
        marks.answers[answer.week].append(mark)
        made.append({"id": answer.id, "mark": mark})
    session.execute(update(Response), made)
    wanted = select(*VERDICT_COLUMNS).where(Verdict.response_id.in_(ids), Verdict.mark.is_(None))
    _mark_verdicts(session, [MarkedVerdict(*row) for row in session.execute(wanted)], marks)
    # They are sealed here, whether or not their arrival is known still.
    session.execute(update(Arrival).where(Arrival.response_id.in_(ids)).values(is_sealed=True))
    multiply_in(session, marks)
    note_adopted(session, max(marks.answers.keys() | marks.verdicts.keys()))
    return Adopted(len(ids), ids[-1])


def adopt_verdicts(session: Session, after: UUID) -> Adopted | None:
    """The same for verdicts that an earlier version gave about answers that have a mark."""
    _keep_out_others(session)
    wanted = select(*VERDICT_COLUMNS).where(Verdict.mark.is_(None), Verdict.response_id > after)
    rows = session.execute(wanted.order_by(Verdict.response_id, Verdict.sequence).limit(PORTION)).all()
    if not rows:
        return None
    marks, events = Marks(), [MarkedVerdict(*row) for row in rows]
    _mark_verdicts(session, events, marks)
    multiply_in(session, marks)
    note_adopted(session, max(marks.verdicts))
    # Others about the last answer may have found no room.
    last = events[-1].response_id
    return Adopted(len(events), UUID(int=max(last.int - 1, after.int)))


def forget_marks(session: Session) -> None:
    """Take the marks off everything, and what was sealed of them: whoever has lost their key can verify none.

    Problem `seals.no_key` where there is no other.
    """
    require_key(session)
    _keep_out_others(session)
    session.execute(delete(SealWeek))
    told_so_far(session).answers = 0
    session.execute(delete(Unsealed))
    session.execute(update(Verdict).values(mark=None))
    session.execute(update(Response).values(mark=None))


def note_adopted(session: Session, last: date) -> None:
    """Have it entered with the next hour that answers of weeks up to this one were sealed late."""
    told = told_so_far(session)
    told.adopted_until = max(last, told.adopted_until or last)


def _keep_out_others(session: Session) -> None:
    """Whoever rewrites answers, or seals them."""
    share(session, Job.SHUFFLE)
    hold(session, Job.SEAL)


def _mark_verdicts(session: Session, events: Sequence[MarkedVerdict], marks: Marks) -> None:
    key = require_key(session)
    made = [(event, mark_verdict(key, event)) for event in events]
    if not made:
        return
    for event, mark in made:
        marks.verdicts[event.week].append(mark)
    session.execute(
        update(Verdict),
        [{"response_id": event.response_id, "sequence": event.sequence, "mark": mark} for event, mark in made],
    )
