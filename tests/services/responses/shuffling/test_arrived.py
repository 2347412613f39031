from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import ShuffleRun
from app.services.responses.shuffling.arrived import (
    MARGIN,
    can_shuffle,
    read_arrived,
    read_week,
    remember_run,
    stored_weeks,
)
from tests.factories.responses.alike import arrive
from tests.services.responses.shuffling.answered import NOW, WEEK, answer

HOUR = timedelta(hours=1)


def test_it_says_what_arrived_by_week_and_place_and_through_which_codes(any_session: Session) -> None:
    ((here, ids), (there, others)) = answer(any_session, (3, 2)).items()
    arrive(any_session, [*ids[:2], *others], NOW)
    arrived = read_arrived(any_session, NOW + HOUR)
    assert arrived.responses == {WEEK: {here: frozenset(ids[:2]), there: frozenset(others)}}
    assert arrived.ids == sorted([*ids[:2], *others])
    assert len(arrived.placements) == 2


def test_what_an_earlier_run_saw_is_left_out_but_for_a_margin(any_session: Session) -> None:
    (ids,) = answer(any_session, (3,)).values()
    for id_, at in zip(ids, (NOW - HOUR, NOW - MARGIN / 2, NOW + HOUR), strict=True):
        arrive(any_session, [id_], at)
    remember_run(any_session, NOW - 2 * HOUR)
    remember_run(any_session, NOW)
    assert read_arrived(any_session, NOW + 2 * HOUR).ids == sorted(ids[1:])


@pytest.mark.parametrize("ahead", [HOUR, timedelta(days=400)])
def test_a_run_in_the_future_is_not_believed(any_session: Session, ahead: timedelta) -> None:
    (ids,) = answer(any_session, (3,)).values()
    arrive(any_session, ids, NOW)
    any_session.add(ShuffleRun(id=1, arrived_until=NOW + ahead))
    assert read_arrived(any_session, NOW + ahead / 2).ids == sorted(ids)


def test_all_that_is_stored_can_be_read_as_if_it_had_arrived(any_session: Session) -> None:
    earlier = WEEK - timedelta(weeks=3)
    stored = {week: answer(any_session, (3, 2), week) for week in (WEEK, earlier)}
    assert list(stored_weeks(any_session)) == [earlier, WEEK]
    for week, places in stored.items():
        expected = {week: {place: frozenset(ids) for place, ids in places.items()}}
        assert read_week(any_session, week).responses == expected


@pytest.mark.parametrize("table", ["shuffle_run", "receipt"])
def test_a_database_of_before_is_known(any_session: Session, table: str) -> None:
    assert can_shuffle(any_session)
    with any_session.begin_nested() as nested:
        any_session.execute(text(f"DROP TABLE {table}"))
        assert not can_shuffle(any_session)
        nested.rollback()


def test_it_says_in_which_week_the_first_of_them_came_by_the_clock(any_session: Session) -> None:
    (ids,) = answer(any_session, (3,), WEEK - timedelta(weeks=3)).values()
    assert read_arrived(any_session, NOW).first_came_in is None
    arrive(any_session, ids[:1], NOW)
    arrive(any_session, ids[1:], NOW + timedelta(days=7))
    assert read_arrived(any_session, NOW + timedelta(days=8)).first_came_in == WEEK
    remember_run(any_session, NOW + timedelta(days=1))
    assert read_arrived(any_session, NOW + timedelta(days=8)).first_came_in == WEEK + timedelta(weeks=1)
