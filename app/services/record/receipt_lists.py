"""The weekly lists of confirmation numbers: which are due, which were published, and what stands in one."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.record.canonical import Value
from app.domain.responses.receipt_list import Times, list_text, lists_of, part_digits
from app.domain.responses.receipt_number import DIGITS, NUMBERS
from app.domain.weeks import WEEK, Weeks, week_of
from app.models import ReceiptList, ReceiptNumber, SealTold, SealWeek
from app.services.record.log.entries import NewEntry

LIST_UNKNOWN = ProblemType("receipt_list.unknown", 404, "There is no list of confirmation numbers of this week.")
#: a request that began before Monday may be stored after it
MARGIN = timedelta(hours=1)
#: so long a list waits for answers to be sealed. Then it comes all the same, and whoever checks the record is told that
#: there are more numbers than answers: else whoever adds some would end all lists without a word
PATIENCE = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class DueList:
    """A list that is complete and was not published yet."""

    weeks: Weeks
    rows: Sequence[Times]

    @property
    def numbers(self) -> int:
        return sum(row.times for row in self.rows)


def lists_due(session: Session, now: datetime, most: int | None = None) -> list[DueList]:
    """What can be published of the weeks that are over; a week of few numbers waits for the next.

    While all lists together would hold more than `most` numbers they wait, for `PATIENCE` at most. Asked every minute:
    what stands in a list is read when it is published, and nothing is counted in a week whose list is out.
    """
    found, numbers = _complete(session, now)
    if not found:
        return []
    waits = most is not None and _listed_numbers(session) + numbers > most
    if waits and _last_week_over(now) - found[0].last < PATIENCE:
        return []
    return [DueList(weeks, numbers_of(session, weeks)) for weeks in found]


def numbers_without_answers(session: Session, now: datetime) -> int:
    """How many more numbers there are than sealed answers, where that keeps a list back for a week or more; else 0."""
    found, numbers = _complete(session, now)
    if not found or _last_week_over(now) == found[0].last:
        return 0
    return max(0, _listed_numbers(session) + numbers - told_answers(session))


def new_entries(session: Session, lists: Iterable[DueList]) -> list[NewEntry]:
    """What the record says of lists that are due, which are published from then on.

    In the transaction that enters it. `held` is left out: a list takes in all that came before the week in which it
    is made, and how many have come since nobody may know of a small department.
    """
    entries: list[NewEntry] = []
    for due in lists:
        first, last = due.weeks.first, due.weeks.last
        digest = hashlib.sha256(list_text(due.rows).encode()).hexdigest()
        session.add(
            ReceiptList(
                first_week=first,
                last_week=last,
                numbers=due.numbers,
                part_digits=part_digits(due.rows),
                digest=digest,
            )
        )
        told = {"first_week": first.isoformat(), "last_week": last.isoformat()}
        content: dict[str, Value] = {**told, "numbers": due.numbers, "list": digest}
        entries.append(NewEntry("receipts", "receipt_list", last.toordinal(), content))
    session.flush()
    return entries


def published_lists(session: Session) -> Sequence[ReceiptList]:
    """The newest first."""
    return session.scalars(select(ReceiptList).order_by(ReceiptList.last_week.desc())).all()


def published_list(session: Session, last_week: date) -> ReceiptList:
    """Problem `receipt_list.unknown`, also for one that is not published yet."""
    found = session.get(ReceiptList, last_week)
    if found is None:
        raise Problem(LIST_UNKNOWN)
    return found


def list_of(session: Session, last_week: date) -> str:
    """The file of a list that was published; Problem `receipt_list.unknown`."""
    return list_text(numbers_of(session, weeks_of(published_list(session, last_week))))


def weeks_of(published: ReceiptList) -> Weeks:
    return Weeks(published.first_week, published.last_week)


def numbers_of(session: Session, weeks: Weeks, numbers: range = range(NUMBERS)) -> list[Times]:
    """The numbers of these weeks in order, or those in a range; one that came in two weeks once."""
    times = func.sum(ReceiptNumber.times)
    wanted = select(ReceiptNumber.number, times).where(
        ReceiptNumber.week.between(weeks.first, weeks.last),
        ReceiptNumber.number.between(numbers.start, numbers.stop - 1),
    )
    rows = session.execute(wanted.group_by(ReceiptNumber.number).order_by(ReceiptNumber.number))
    return [Times(number, int(count)) for number, count in rows]


def parts_of(session: Session, published: ReceiptList) -> list[tuple[str, int]]:
    """The parts of a long list by the digits with which their numbers begin, and how many each holds."""
    digits, weeks = published.part_digits, weeks_of(published)
    begins = ReceiptNumber.number // 10 ** (DIGITS - digits)
    sizes = select(begins, func.sum(ReceiptNumber.times)).where(ReceiptNumber.week.between(weeks.first, weeks.last))
    rows = session.execute(sizes.group_by(begins).order_by(begins))
    return [(f"{begin:0{digits}d}", int(size)) for begin, size in rows]


def told_answers(session: Session) -> int:
    """How many answers the record was told of as sealed: week by week, and of all weeks together."""
    by_week = session.scalar(select(func.sum(SealWeek.told_answers))) or 0
    return max(by_week, session.scalar(select(SealTold.answers)) or 0)


def _complete(session: Session, now: datetime) -> tuple[list[Weeks], int]:
    """The weeks of the lists that are complete and not published, and how many numbers these hold together."""
    newest, over = session.scalar(select(func.max(ReceiptList.last_week))), _last_week_over(now)
    counts = {} if newest is not None and newest >= over else _counts_since(session, newest)
    if not counts:
        return [], 0
    found = list(lists_of(counts, newest + WEEK if newest else min(counts), over))
    return found, sum(number for week, number in counts.items() if found and week <= found[-1].last)


def _last_week_over(now: datetime) -> date:
    return week_of(now - MARGIN) - WEEK


def _listed_numbers(session: Session) -> int:
    """How many numbers stand in the lists that were published."""
    return session.scalar(select(func.sum(ReceiptList.numbers))) or 0


def _counts_since(session: Session, last_week: date | None) -> dict[date, int]:
    """How many numbers came in each week after this one."""
    counts = select(ReceiptNumber.week, func.sum(ReceiptNumber.times)).group_by(ReceiptNumber.week)
    if last_week is not None:
        counts = counts.where(ReceiptNumber.week > last_week)
    return {week: int(number) for week, number in session.execute(counts)}
