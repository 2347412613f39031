from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.installation.quiet_period import (
    BY_DEFAULT,
    LONGEST,
    LONGEST_ORDER,
    QuietBlock,
    QuietPeriod,
    quiet_since,
    read_choice,
    shown_from,
    written,
)
from app.domain.problem import Problem
from app.domain.weeks import IST

NOW = datetime(2026, 11, 30, 12, tzinfo=IST)
HOUR = timedelta(hours=1)


def period(first: int, last: int) -> QuietPeriod:
    """From so many hours after the beginning of this test until so many."""
    return QuietPeriod(1, "1", NOW + first * HOUR, NOW + last * HOUR, frozenset({1}), BY_DEFAULT)


spans = st.builds(lambda first, length: period(first, first + length), st.integers(0, 30), st.integers(0, 12))


def refused(**changed: object) -> list[tuple[str, object]]:
    """The code and field of each thing that is wrong with a choice."""
    given_: dict[str, object] = {
        "order": "437/6/2026",
        "from_at": "2026-12-01T08:00",
        "until_at": "2026-12-09T18:00",
        "place_ids": {4},
        "blocks": ["stories"],
    }
    with pytest.raises(Problem) as caught:
        read_choice(**(given_ | changed), now=NOW)  # type: ignore[arg-type]
    assert caught.value.code == "quiet.wrong"
    return [(part.code, part.details["field"]) for part in caught.value.parts]


def test_editions_and_tips_go_on_unless_chosen() -> None:
    assert set(QuietBlock) - BY_DEFAULT == {QuietBlock.EDITIONS, QuietBlock.TIPS}


def test_a_choice_is_read_in_indian_time() -> None:
    choice = read_choice(" 437/6 \n of 2026 ", "2026-12-01 08:00", "2026-12-09T18:00", {4}, ["tips", "x"], NOW)
    assert (choice.order, choice.place_ids, choice.blocks) == ("437/6 of 2026", {4}, {QuietBlock.TIPS})
    assert choice.from_at.isoformat() == "2026-12-01T08:00:00+05:30"
    assert written(choice.until_at) == "2026-12-09 18:00"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"order": "  "}, ("quiet.order", "order")),
        ({"order": "1" * (LONGEST_ORDER + 1)}, ("quiet.order", "order")),
        ({"order": "1\x001"}, ("quiet.order", "order")),
        ({"from_at": "tomorrow"}, ("quiet.time", "from_at")),
        ({"from_at": "0001-01-01T00:00"}, ("quiet.time", "from_at")),
        ({"until_at": ""}, ("quiet.time", "until_at")),
        ({"until_at": "2026-12-01T08:00"}, ("quiet.backwards", "until_at")),
        ({"from_at": "2026-11-01T08:00", "until_at": "2026-11-30T12:00"}, ("quiet.until_past", "until_at")),
        ({"until_at": "2027-04-01T08:00"}, ("quiet.too_long", "until_at")),
        ({"place_ids": ()}, ("quiet.no_place", "places")),
        ({"blocks": ["answers"]}, ("quiet.no_block", "blocks")),
    ],
)
def test_what_is_wrong_is_named_by_its_field(changed: dict[str, object], problem: tuple[str, str]) -> None:
    assert refused(**changed) == [problem]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert len(refused(order="", from_at="", until_at="", place_ids=(), blocks=())) == 5


def test_the_longest_is_allowed_to_the_minute() -> None:
    until = datetime(2026, 12, 1, 8, tzinfo=IST) + LONGEST
    assert read_choice("1", "2026-12-01 08:00", f"{until:%Y-%m-%dT%H:%M}", {4}, ["tips"], NOW).until_at == until


def test_a_day_is_quiet_if_any_moment_of_it_is() -> None:
    quiet = QuietPeriod(
        1, "1", datetime(2026, 12, 1, 8, tzinfo=IST), datetime(2026, 12, 9, tzinfo=IST), frozenset(), BY_DEFAULT
    )
    held = [day for day in range(1, 11) if quiet.holds_at(date(2026, 12, day))]
    assert held == [1, 2, 3, 4, 5, 6, 7, 8]
    assert not quiet.holds_at(quiet.starts_at - timedelta(microseconds=1))
    assert quiet.holds_at(quiet.starts_at)
    assert not quiet.holds_at(quiet.ends_at)


def test_periods_without_a_gap_hold_together() -> None:
    apart = [period(20, 24), period(0, 5), period(3, 9), period(9, 12), period(7, 7)]
    assert shown_from(NOW + 2 * HOUR, apart) == NOW + 12 * HOUR
    assert shown_from(NOW + 12 * HOUR, apart) == NOW + 12 * HOUR
    assert quiet_since(NOW + 11 * HOUR, apart) == NOW
    assert quiet_since(NOW + 12 * HOUR, apart) is None
    assert quiet_since(NOW + 21 * HOUR, apart) == NOW + 20 * HOUR


@given(st.lists(spans, max_size=6), st.integers(-1, 45), st.integers(0, 45))
def test_what_is_held_is_what_fell_due_since_it_has_been_quiet(
    periods: list[QuietPeriod], due: int, later: int
) -> None:
    """Two readings of the same periods: when one thing is shown, and what is held at a moment."""
    due_at, at = NOW + due * HOUR, NOW + (due + later) * HOUR
    since = quiet_since(at, periods)
    assert (shown_from(due_at, periods) > at) == (since is not None and due_at >= since)
