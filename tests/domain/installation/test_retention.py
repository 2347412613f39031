"""Which backups are kept, by the days, weeks and months in which one was made."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.installation.retention import Retention

NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
NIGHTLY = [NIGHT - timedelta(days=ago) for ago in range(400)]
moments = st.lists(st.integers(-900 * 24, 900 * 24).map(lambda hours: NIGHT + timedelta(hours=hours)))


def days_ago(kept: set[datetime]) -> list[int]:
    return sorted((NIGHT - at).days for at in kept)


def test_each_night_of_a_week_then_a_week_a_backup_then_a_month() -> None:
    # 23 November 2026 is a Monday; the last nights of the weeks before are Sundays.
    assert days_ago(Retention(7, 0, 0).kept(NIGHTLY)) == [0, 1, 2, 3, 4, 5, 6]
    assert days_ago(Retention(0, 3, 0).kept(NIGHTLY)) == [0, 1, 8]
    assert days_ago(Retention(0, 0, 3).kept(NIGHTLY)) == [0, 23, 54]
    assert days_ago(Retention(2, 3, 2).kept(NIGHTLY)) == [0, 1, 8, 23]


def test_of_a_day_the_last_is_kept() -> None:
    again = NIGHT + timedelta(hours=5)
    assert Retention(1, 1, 1).kept([NIGHT, again]) == {again}


def test_the_newest_is_kept_whatever_the_rule_says() -> None:
    assert Retention(0, 0, 0).kept(NIGHTLY) == {NIGHT}
    assert Retention(0, 0, 0).kept([]) == set()


def test_a_clock_that_was_a_year_ahead_throws_nothing_away() -> None:
    wrong = NIGHT + timedelta(days=399)
    assert days_ago(Retention(4, 0, 0).kept([*NIGHTLY, wrong]) - {wrong}) == [0, 1, 2]


@given(made=moments, days=st.integers(0, 9), weeks=st.integers(0, 9), months=st.integers(0, 9))
def test_nothing_is_made_up_and_thinning_twice_is_thinning_once(
    made: list[datetime], days: int, weeks: int, months: int
) -> None:
    rule = Retention(days, weeks, months)
    kept = rule.kept(made)
    assert kept <= set(made)
    assert len(kept) <= max(1, days + weeks + months)
    assert rule.kept(kept) == kept
