"""What the public record is told of seals, and what it is not: no count of a single station, and no hour's answers."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.record.canonical import to_bytes
from app.domain.record.hours import commit
from app.domain.record.multiset import Multiset
from app.jobs.record.sealing import seal_all
from app.models import Placement, SealTold, SurveyVersion
from app.services.record.log.entries import enter
from app.services.record.receipt_lists import told_answers
from app.services.responses.seals.entries import is_hour_due, new_entries
from app.services.responses.seals.verification import marks_of_week
from app.transaction import reading, transaction
from tests.services.responses.sending import NOW, incoming, send

pytestmark = pytest.mark.both_databases
SALT = bytes(range(16))
WEEK = date(2026, 6, 8)
MONDAY = datetime(2026, 6, 15, 3, tzinfo=UTC)
SEVEN = timedelta(days=7)
Send = Callable[[int], list[UUID]]


def told(now: datetime) -> list[Mapping[str, Any]]:
    with transaction() as session:
        entries = new_entries(session, SALT, now)
    assert len({(entry.about, entry.about_id) for entry in entries}) == len(entries)
    for entry in entries:
        to_bytes(entry.content)
    return [{"type": entry.type, **entry.content} for entry in entries]


def weeks(now: datetime) -> list[list[object]]:
    """Week and both counts."""
    found = [entry["weeks"] for entry in told(now) if entry["kind"] == "week"]
    return [[week[0], week[1], week[3]] for listed in found for week in listed]


def test_an_hour_is_told_once_and_binds_what_was_sealed(sent: Send) -> None:
    sent(3)
    with reading() as session:
        marks = Multiset().with_all(marks_of_week(session, WEEK))
    (entry,) = told(NOW)
    assert (entry["type"], entry["kind"], entry["hour"]) == ("seal", "hour", "2026-06-10T06Z")
    assert told(NOW + timedelta(minutes=20)) == told(NOW - timedelta(hours=3)) == []
    with reading() as session:
        assert is_hour_due(session, NOW + timedelta(hours=1))
        assert not is_hour_due(session, NOW + timedelta(minutes=59))
    (next_one,) = told(NOW + timedelta(hours=1))
    assert next_one["hour"] == "2026-06-10T07Z"
    assert next_one["commit"] == entry["commit"]
    sent(1)
    (changed,) = told(NOW + timedelta(hours=2))
    assert changed["commit"] != entry["commit"] != commit(SALT, [(WEEK, marks, marks)]).hex()


def test_an_hour_in_which_nothing_came_is_told_as_well(posted: tuple[Placement, SurveyVersion]) -> None:
    (entry,) = told(NOW)
    assert entry["commit"] == commit(SALT, []).hex()


def test_a_week_that_is_over_is_told_once_it_has_fifty(sent: Send) -> None:
    sent(49)
    assert weeks(NOW) == [], "it is not over"
    assert weeks(MONDAY) == [], "forty-nine would be the count of a small department"
    sent(1)
    assert weeks(MONDAY + timedelta(hours=1)) == [], "once a week, or it would tell the hour of the fiftieth"
    assert weeks(MONDAY + SEVEN) == [["2026-06-08", 50, 50]]
    assert weeks(MONDAY + 2 * SEVEN) == [], "told is told"


def test_few_late_answers_wait_for_those_of_another_week(posted: tuple[Placement, SurveyVersion]) -> None:
    send(*(incoming(posted, {"respect": 5}) for _ in range(60)))
    seal_all()
    assert weeks(MONDAY) == [["2026-06-08", 60, 60]]
    send(incoming(posted, {"respect": 1}))
    seal_all()
    assert weeks(MONDAY + SEVEN) == []
    send(*(incoming(posted, {"respect": 5}) for _ in range(50)), at=NOW + 2 * SEVEN)
    seal_all()
    (entry,) = [each for each in told(MONDAY + 2 * SEVEN) if each["kind"] == "week"]
    # Of a week of which one is new nothing is told by itself: how many there are in all, the lists of numbers tell.
    assert [week[:2] for week in entry["weeks"]] == [["2026-06-22", 50]]
    assert entry["all"][:2] == ["2026-06-22", 111]


def test_of_small_weeks_all_are_told_together_and_none_by_itself(posted: tuple[Placement, SurveyVersion]) -> None:
    for week in range(8):
        send(*(incoming(posted, {"respect": 5}) for _ in range(9)), at=NOW + week * SEVEN)
    seal_all()
    assert weeks(MONDAY + 4 * SEVEN) == []
    (entry,) = [each for each in told(MONDAY + 7 * SEVEN) if each["kind"] == "week"]
    assert entry["weeks"] == []
    with reading() as session:
        everything = [mark for week in range(8) for mark in marks_of_week(session, WEEK + week * SEVEN)]
        assert told_answers(session) == 72
    assert entry["all"][:3] == ["2026-07-27", 72, Multiset().with_all(everything).digest().hex()]
    # They are in no week of the record, and bound with every hour still.
    (hour,) = told(MONDAY + 7 * SEVEN + timedelta(hours=1))
    assert hour["commit"] != commit(SALT, []).hex()


def test_a_clock_that_was_a_month_ahead_keeps_no_week_back(posted: tuple[Placement, SurveyVersion]) -> None:
    """What it told stands; from then on the record is told by the right time, and no entry is made a second time."""
    entered: list[tuple[str, int]] = []

    def keep(now: datetime) -> list[str]:
        with transaction() as session:
            new = new_entries(session, SALT, now)
            enter(session, new, now.date())
        entered.extend((each.about, each.about_id) for each in new)
        return [str(each.content["kind"]) for each in new]

    send(*(incoming(posted, {"respect": 5}) for _ in range(60)))
    seal_all()
    assert keep(NOW + timedelta(days=30)) == ["week", "hour"]
    send(*(incoming(posted, {"respect": 5}) for _ in range(70)), at=NOW + SEVEN)
    seal_all()
    assert keep(NOW + SEVEN) == ["hour"], "sixty of the week before were told, and this one is not over"
    assert keep(MONDAY + SEVEN) == ["week", "hour"]
    send(*(incoming(posted, {"respect": 5}) for _ in range(60)), at=NOW + 3 * SEVEN)
    seal_all()
    # The very hour and week that the wrong clock told.
    assert keep(NOW + timedelta(days=30)) == []
    assert keep(NOW + timedelta(days=30, hours=1)) == ["hour"]
    assert keep(MONDAY + 5 * SEVEN) == ["week", "hour"]
    assert len(set(entered)) == len(entered)


def test_that_answers_were_marked_late_is_told_with_the_next_hour(posted: tuple[Placement, SurveyVersion]) -> None:
    with transaction() as session:
        session.add(SealTold(adopted_until=WEEK))
    adopted, _ = told(NOW)
    assert adopted == {"type": "seal", "kind": "adopted", "until": "2026-06-08"}
    assert len(told(NOW + timedelta(hours=1))) == 1


def test_an_hour_that_is_yet_to_come_keeps_nothing_back(sent: Send) -> None:
    sent(3)
    told(NOW)
    with transaction() as session:
        session.get_one(SealTold, 1).hour = "2099-01-01T00Z"
    (entry,) = told(NOW + timedelta(hours=1))
    assert entry["hour"] == "2026-06-10T07Z"
