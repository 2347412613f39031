"""What is sealed of a week, kept in one row that nobody can write without the key."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from app.domain.record.marks import week_mark
from app.domain.record.multiset import PRODUCT_BYTES, Multiset
from app.models import SealTold, SealWeek
from app.services.odd_rows import readable
from app.services.responses.seals.row_marks import require_key


@dataclass(frozen=True, slots=True)
class WeekSeal:
    """What is sealed of a week; how much of it was told; and whether it is as it was written by whoever has the key."""

    week: date
    answers: Multiset
    verdicts: Multiset
    told_answers: int
    told_verdicts: int
    is_whole: bool

    @property
    def new_answers(self) -> int:
        """Those of which nothing was told."""
        return self.answers.count - self.told_answers

    @property
    def is_open(self) -> bool:
        """Whether there is more in it than was told in clear."""
        return (self.answers.count, self.verdicts.count) != (self.told_answers, self.told_verdicts)


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks by week, on their way into its seal."""

    answers: dict[date, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    verdicts: dict[date, list[bytes]] = field(default_factory=lambda: defaultdict(list))


def read_seals(session: Session) -> list[WeekSeal]:
    """Those of all weeks, the oldest first."""
    return _seals(session, true())


def readable_seals(session: Session) -> list[WeekSeal]:
    """The same without those in which somebody has written what is no week: for whoever names these."""
    return _seals(session, readable(session, SealWeek))


def told_so_far(session: Session) -> SealTold:
    """The one row of what the record was told, made if it is not there."""
    told = session.get(SealTold, 1)
    if told is None:
        told = SealTold(id=1)
        session.add(told)
    return told


def multiply_in(session: Session, marks: Marks) -> None:
    """Multiply these into the seals of their weeks. The caller holds `Job.SEAL`, and does it once for each mark."""
    for week in sorted(marks.answers.keys() | marks.verdicts.keys()):
        row = session.get(SealWeek, week)
        held = _seal_of(require_key(session), row) if row else WeekSeal(week, Multiset(), Multiset(), 0, 0, True)
        answers = held.answers.with_all(marks.answers.get(week, ()))
        verdicts = held.verdicts.with_all(marks.verdicts.get(week, ()))
        if row is None:
            write_week(session, week, answers, verdicts)
            continue
        row.answers, row.answers_product = answers.count, _product(answers)
        row.verdicts, row.verdicts_product = verdicts.count, _product(verdicts)
        # What somebody has altered is not made whole by what comes after it.
        if held.is_whole:
            row.mark = _mark(require_key(session), week, answers, verdicts)
    session.flush()


def write_week(session: Session, week: date, answers: Multiset, verdicts: Multiset) -> None:
    """Write the seal of a week that has none. Nothing of it was told."""
    session.add(
        SealWeek(
            week=week,
            answers=answers.count,
            answers_product=_product(answers),
            verdicts=verdicts.count,
            verdicts_product=_product(verdicts),
            mark=_mark(require_key(session), week, answers, verdicts),
            told_answers=0,
            told_verdicts=0,
        )
    )
    session.flush()


def tell(session: Session, weeks: Iterable[date]) -> None:
    """Remember that these weeks were told as they are now."""
    for row in session.scalars(select(SealWeek).where(SealWeek.week.in_(list(weeks)))):
        row.told_answers, row.told_verdicts = row.answers, row.verdicts
    session.flush()


def _seal_of(key: bytes, row: SealWeek) -> WeekSeal:
    if {len(row.answers_product), len(row.verdicts_product)} != {PRODUCT_BYTES} or min(row.answers, row.verdicts) < 0:
        return WeekSeal(row.week, Multiset(), Multiset(), row.told_answers, row.told_verdicts, False)
    answers = Multiset(row.answers, int.from_bytes(row.answers_product, "little"))
    verdicts = Multiset(row.verdicts, int.from_bytes(row.verdicts_product, "little"))
    is_whole = row.mark == _mark(key, row.week, answers, verdicts)
    return WeekSeal(row.week, answers, verdicts, row.told_answers, row.told_verdicts, is_whole)


def _seals(session: Session, wanted: ColumnElement[bool]) -> list[WeekSeal]:
    key = require_key(session)
    return [_seal_of(key, row) for row in session.scalars(select(SealWeek).where(wanted).order_by(SealWeek.week))]


def _product(marks: Multiset) -> bytes:
    return marks.product.to_bytes(PRODUCT_BYTES, "little")


def _mark(key: bytes, week: date, answers: Multiset, verdicts: Multiset) -> bytes:
    return week_mark(key, week.isoformat().encode() + answers.to_bytes() + verdicts.to_bytes())
