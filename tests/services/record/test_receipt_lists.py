"""The weekly lists: complete, and never another one once they were published."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.responses.receipt_list import Times, numbers_beginning
from app.domain.weeks import Weeks
from app.models import ReceiptList, SealTold
from app.services.record.receipt_lists import (
    list_of,
    lists_due,
    new_entries,
    numbers_of,
    numbers_without_answers,
    parts_of,
    published_lists,
    weeks_of,
)
from app.services.record.receipts import count_receipts

#: Monday, midnight in India
MONDAY = datetime(2026, 11, 29, 18, 30, tzinfo=UTC)
WEEK, LATER = timedelta(days=7), timedelta(hours=11)
FIRST, SECOND, THIRD = (date(2026, 11, 30) + at * WEEK for at in range(3))


def arrive(session: Session, week: int, numbers: range) -> None:
    count_receipts(session, list(numbers), MONDAY + week * WEEK + timedelta(days=3))


def entered(session: Session, week: int, after: timedelta = LATER) -> list[tuple[object, ...]]:
    """What is entered on the Monday after so many weeks."""
    found = new_entries(session, lists_due(session, MONDAY + week * WEEK + after))
    assert all(entry.type == "receipts" for entry in found)
    return [tuple(entry.content[key] for key in ("first_week", "last_week", "numbers")) for entry in found]


def test_on_monday_the_list_of_the_week_before_is_due_and_is_entered_once(any_session: Session) -> None:
    arrive(any_session, 0, range(100, 160))
    arrive(any_session, 1, range(7))
    assert [due.weeks for due in lists_due(any_session, MONDAY + WEEK + LATER)] == [Weeks(FIRST, FIRST)]
    (entry,) = new_entries(any_session, lists_due(any_session, MONDAY + WEEK + LATER))
    text = "".join(f"{number:012d}\n" for number in range(100, 160))
    assert entry.content == {
        "first_week": "2026-11-30",
        "last_week": "2026-11-30",
        "numbers": 60,
        "list": hashlib.sha256(text.encode()).hexdigest(),
    }
    assert list_of(any_session, FIRST) == text
    assert entered(any_session, 1) == []
    assert [(each.last_week, each.digest) for each in published_lists(any_session)] == [(FIRST, entry.content["list"])]


def test_a_list_waits_until_what_was_begun_before_monday_is_stored(any_session: Session) -> None:
    arrive(any_session, 0, range(60))
    assert entered(any_session, 1, timedelta(minutes=59)) == []
    assert entered(any_session, 1, timedelta(hours=1)) == [("2026-11-30", "2026-11-30", 60)]


def test_fewer_than_fifty_are_held_back_until_there_are_enough(any_session: Session) -> None:
    arrive(any_session, 0, range(30))
    assert entered(any_session, 1) == []
    with pytest.raises(Problem, match="There is no list"):
        list_of(any_session, FIRST)
    arrive(any_session, 1, range(20, 50))
    assert entered(any_session, 2) == [("2026-11-30", "2026-12-07", 60)]
    # A number of both weeks stands in the list twice.
    assert numbers_of(any_session, Weeks(FIRST, SECOND))[19:21] == [Times(19, 1), Times(20, 2)]
    assert [row.number for row in numbers_of(any_session, Weeks(FIRST, SECOND), range(48, 100))] == [48, 49]
    assert list_of(any_session, SECOND).splitlines()[19:23] == [f"{at:012d}" for at in (19, 20, 20, 21)]
    arrive(any_session, 2, range(50))
    assert entered(any_session, 3) == [("2026-12-14", "2026-12-14", 50)]


def test_lists_that_were_missed_come_all_at_once(any_session: Session) -> None:
    for week in range(3):
        arrive(any_session, week, range(55))
    assert [row[1] for row in entered(any_session, 5)] == ["2026-11-30", "2026-12-07", "2026-12-14"]


def test_a_list_that_was_published_stays_as_it_is_were_the_clock_put_back(any_session: Session) -> None:
    arrive(any_session, 0, range(60))
    (entry,) = new_entries(any_session, lists_due(any_session, MONDAY + WEEK + LATER))
    arrive(any_session, 0, range(1000, 1060))
    assert hashlib.sha256(list_of(any_session, FIRST).encode()).hexdigest() == entry.content["list"]
    assert entered(any_session, 2) == [("2026-12-07", "2026-12-07", 60)]


def test_numbers_without_answers_keep_a_list_back_for_four_weeks_and_no_longer(any_session: Session) -> None:
    """Somebody has written numbers into the table: the lists would never come again."""
    arrive(any_session, 0, range(60))
    late = [lists_due(any_session, MONDAY + week * WEEK + LATER, most=59) for week in range(1, 6)]
    assert [len(found) for found in late] == [0, 0, 0, 0, 1]
    any_session.add(SealTold(id=1, answers=59))
    without = [numbers_without_answers(any_session, MONDAY + week * WEEK + LATER) for week in (1, 2, 5)]
    assert without == [0, 1, 1], "on its Monday a list may wait for the hour's seal"
    assert lists_due(any_session, MONDAY + WEEK + LATER, most=60) != []


def test_the_parts_of_a_list_are_its_beginnings_with_their_sizes(any_session: Session) -> None:
    count_receipts(any_session, [7, 7, 99_999_999_999, 100_000_000_000, 10**12 - 1], MONDAY)
    listed = ReceiptList(first_week=FIRST, last_week=FIRST, numbers=5, part_digits=1, digest="00")
    assert parts_of(any_session, listed) == [("0", 3), ("1", 1), ("9", 1)]
    assert numbers_of(any_session, weeks_of(listed), numbers_beginning("1")) == [Times(100_000_000_000, 1)]
