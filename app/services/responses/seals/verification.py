"""Whether answers and verdicts are those that were sealed: every mark made anew, every week multiplied again."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.record.multiset import Multiset
from app.models import Arrival, Response, SealWeek, Unsealed, Verdict
from app.services.odd_rows import odd_rows, readable
from app.services.responses.seals.row_marks import (
    ANSWER_COLUMNS,
    VERDICT_COLUMNS,
    MarkedAnswer,
    MarkedVerdict,
    mark_answer,
    mark_verdict,
    read_names,
    require_key,
)
from app.services.responses.seals.week_seals import WeekSeal, readable_seals

#: of a week with more answers without a mark only their number is told: they are from before there were marks
MOST_NAMED = 20
_AT_ONCE = 5_000

#: raised where a column holds what it cannot: SQLite keeps whatever somebody writes there
_NO_ANSWERS_VALUE = (AttributeError, KeyError, TypeError, ValueError)


@dataclass(slots=True)
class _Counted:
    """What is found of a week: all that is to be in its seal, and what has no mark."""

    sealed: Multiset = field(default_factory=Multiset)
    unmarked: int = 0
    #: the first of those
    named: list[str] = field(default_factory=list)
    marks: list[bytes] = field(default_factory=list)

    def miss(self, said: str) -> None:
        """Note one without a mark."""
        self.unmarked += 1
        if self.unmarked <= MOST_NAMED:
            self.named.append(said)

    def add(self, mark: bytes) -> None:
        """Multiply in portions. What is no mark was never multiplied."""
        if not isinstance(mark, bytes):
            return
        self.marks.append(mark)
        if len(self.marks) == _AT_ONCE:
            self.settle()

    def settle(self) -> Multiset:
        """Everything that was added, multiplied."""
        self.sealed = self.sealed.with_all(self.marks)
        self.marks.clear()
        return self.sealed


_Weeks = dict[date, _Counted]


def verify_seals(session: Session, tell: Callable[[int], None] = lambda _: None) -> Iterator[str]:
    """A line for each answer or verdict that is not what was sealed, and for each week that lacks some.

    `tell` is called now and then with how many rows have been looked at. Read in one run, so that memory does not grow.
    """
    yield from map(str, odd_rows(session, Response, Verdict, SealWeek, Arrival, Unsealed))
    looked = Look(session, tell)
    yield from looked.altered()
    seals = {seal.week: seal for seal in readable_seals(session)}
    for week in sorted(looked.answers.keys() | looked.verdicts.keys() | seals.keys()):
        seal = seals.get(week) or WeekSeal(week, Multiset(), Multiset(), 0, 0, True)
        if not seal.is_whole:
            yield f"the seal of the week {week} was altered"
        yield from _differing(week, "answers", looked.answers[week], seal.answers)
        yield from _differing(week, "verdicts", looked.verdicts[week], seal.verdicts)


def marks_of_week(session: Session, week: date) -> list[bytes]:
    """The marks of the answers of a week that are in its seal, in their own order, which tells nothing."""
    waiting = _Waiting.read(session).answers
    rows = session.execute(select(Response.id, Response.mark).where(Response.week == week))
    return sorted(mark for id_, mark in rows if isinstance(mark, bytes) and id_ not in waiting)


def verdict_marks_of_week(session: Session, week: date) -> list[bytes]:
    """The same of the verdicts about them."""
    waiting = _Waiting.read(session)
    rows = session.execute(select(Verdict.mark, *VERDICT_COLUMNS).where(Verdict.week == week))
    events = ((mark, MarkedVerdict(*columns)) for mark, *columns in rows)
    return sorted(mark for mark, event in events if isinstance(mark, bytes) and not waiting.holds(event))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What the next hour seals: answers with their first verdicts, and later verdicts."""

    answers: frozenset[UUID]
    verdicts: frozenset[tuple[UUID, int]]

    @classmethod
    def read(cls, session: Session) -> "_Waiting":
        of_arrivals = select(Arrival.response_id).where(Arrival.is_sealed.is_(False), readable(session, Arrival))
        arrived = session.scalars(of_arrivals).all()
        of_notes = select(Unsealed.response_id, Unsealed.sequence).where(readable(session, Unsealed))
        noted = [(id_, at) for id_, at in session.execute(of_notes)]
        answers = frozenset([*arrived, *(id_ for id_, sequence in noted if not sequence)])
        return cls(answers, frozenset(one for one in noted if one[1]))

    def holds(self, event: MarkedVerdict) -> bool:
        """Whether this verdict is still to be sealed."""
        if event.sequence == 1:
            return event.response_id in self.answers
        return (event.response_id, event.sequence) in self.verdicts


class Look:
    """A look at every answer and every verdict: what is altered is said, and what is there is multiplied."""

    def __init__(self, session: Session, tell: Callable[[int], None]) -> None:
        self._session, self._tell, self._rows = session, tell, 0
        self._key = require_key(session)
        self._waiting = _Waiting.read(session)
        self.answers: _Weeks = defaultdict(_Counted)
        self.verdicts: _Weeks = defaultdict(_Counted)

    def altered(self) -> Iterator[str]:
        """A line for each that is not what was marked. When all were told, everything that is there was multiplied."""
        yield from _read_through("answers", self._altered_answers())
        yield from _read_through("verdicts", self._altered_verdicts())

    def _altered_answers(self) -> Iterator[str]:
        names = read_names(self._session)
        wanted = select(Response.mark, Response.place_id, Response.survey_version_id, *ANSWER_COLUMNS)
        wanted = wanted.where(readable(self._session, Response))
        for mark, place_id, version_id, *columns in self._session.execute(wanted.execution_options(yield_per=_AT_ONCE)):
            self._step()
            answer = MarkedAnswer(*columns)
            said = f"answer {answer.id} of the week {answer.week}"
            if mark is None:
                self.answers[answer.week].miss(said)
                continue
            if answer.id not in self._waiting.answers:
                self.answers[answer.week].add(mark)
            try:
                made = mark_answer(self._key, answer, names.places[place_id], names.versions[version_id])
            except _NO_ANSWERS_VALUE:
                made = b""
            if mark != made:
                yield f"{said} was altered, or added by somebody else"

    def _altered_verdicts(self) -> Iterator[str]:
        wanted = select(Verdict.mark, *VERDICT_COLUMNS).where(readable(self._session, Verdict))
        for mark, *columns in self._session.execute(wanted.execution_options(yield_per=_AT_ONCE)):
            self._step()
            event = MarkedVerdict(*columns)
            said = f"verdict {event.sequence} about the answer {event.response_id} of the week {event.week}"
            if mark is None:
                self.verdicts[event.week].miss(said)
                continue
            if not self._waiting.holds(event):
                self.verdicts[event.week].add(mark)
            try:
                made = mark_verdict(self._key, event)
            except _NO_ANSWERS_VALUE:
                made = b""
            if mark != made:
                yield f"{said} was altered, or added by somebody else"

    def _step(self) -> None:
        self._rows += 1
        if self._rows % (20 * _AT_ONCE) == 0:
            self._tell(self._rows)


def _read_through(what: str, lines: Iterator[str]) -> Iterator[str]:
    try:
        yield from lines
    except (TypeError, ValueError):
        yield f"among the {what} stands what Samvad never wrote there, and they could not be read to the end"


def _differing(week: date, what: str, found: _Counted, sealed: Multiset) -> Iterator[str]:
    if found.unmarked > MOST_NAMED:
        yield f"{found.unmarked} {what} of the week {week} have no mark"
    else:
        yield from (f"{said} has no mark" for said in found.named)
    there = found.settle()
    if there.count < sealed.count:
        gone = sealed.count - there.count
        yield f"of the week {week} {gone} {what} are gone: {there.count} are there, and {sealed.count} were sealed"
    elif there.count > sealed.count:
        yield f"of the week {week} {there.count - sealed.count} {what} are there that were never sealed"
    elif there != sealed:
        yield f"in the week {week} {what} were exchanged"
