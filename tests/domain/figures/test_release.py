"""Gathering answers into blocks."""

import json
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.counters import unpack
from app.domain.figures.disclosure import OTHER
from app.domain.figures.release import (
    Waiting,
    add_set_aside,
    digest_of,
    plan_blocks,
    plan_rest,
    rest_level,
    set_aside_json,
)

FIRST = date(2026, 1, 5)


def week(number: int) -> date:
    return FIRST + timedelta(days=7 * number)


def waiting(*numbers: int, set_aside: tuple[int, ...] = ()) -> list[Waiting]:
    weeks = [(number, True) for number in numbers] + [(number, False) for number in set_aside]
    return [Waiting(place, week(number), counted) for place, (number, counted) in enumerate(weeks)]


def test_a_block_is_the_shortest_run_of_weeks_with_ten_answers() -> None:
    blocks = plan_blocks(waiting(*[0] * 4, *[1] * 4, *[2] * 4, *[3] * 9), None, week(5))
    assert [(block.weeks.first, block.weeks.last, len(block.counted)) for block in blocks] == [(week(0), week(2), 12)]


def test_a_busy_place_publishes_week_by_week() -> None:
    blocks = plan_blocks(waiting(*[0] * 30, *[1] * 25, *[2] * 11), None, week(1))
    assert [len(block.counted) for block in blocks] == [30, 25]


def test_nothing_of_an_unsettled_week_is_taken() -> None:
    assert plan_blocks(waiting(*[0] * 9, *[1] * 9), None, week(0)) == []


def test_late_answers_enter_the_next_run() -> None:
    (block,) = plan_blocks(waiting(*[0] * 3, *[6] * 7), week(4), week(6))
    assert (block.weeks.first, block.weeks.last, len(block.counted)) == (week(5), week(6), 10)
    assert plan_blocks(waiting(*[0] * 12), week(4), week(4)) == []


def test_set_aside_answers_go_along_when_they_are_ten() -> None:
    few = plan_blocks(waiting(*[0] * 10, set_aside=(0,) * 9), None, week(0))
    assert [len(block.set_aside) for block in few] == [0]
    later = plan_blocks(waiting(*[0] * 10, *[1] * 10, set_aside=(*[0] * 9, 1)), None, week(1))
    assert [len(block.set_aside) for block in later] == [0, 10]


def test_the_rest_is_pooled_after_half_a_year() -> None:
    assert [rest_level(week(0), week(number)) for number in (0, 25, 26, 51, 52)] == [0, 0, 1, 1, 2]
    assert rest_level(week(3), week(0)) == 0
    assert plan_rest(waiting(*range(9)), week(40)) is None
    pooled = plan_rest(waiting(*range(10), set_aside=(3,)), week(40))
    assert pooled is not None
    assert (pooled.weeks.first, pooled.weeks.last, len(pooled.counted), pooled.set_aside) == (week(0), week(9), 10, ())


@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=120),
    st.none() | st.integers(0, 30),
    st.integers(0, 32),
)
def test_blocks_are_disjoint_ten_each_and_in_order(
    answers: list[tuple[int, bool]], after: int | None, until: int
) -> None:
    queue = [Waiting(place, week(number), counted) for place, (number, counted) in enumerate(answers)]
    blocks = plan_blocks(queue, None if after is None else week(after), week(until))
    taken = [place for block in blocks for place in (*block.counted, *block.set_aside)]
    assert len(taken) == len(set(taken))
    for block in blocks:
        assert len(block.counted) >= 10
        assert len(block.set_aside) == 0 or len(block.set_aside) >= 10
        assert all(answers[place][1] for place in block.counted)
        assert not any(answers[place][1] for place in block.set_aside)
        assert block.weeks.last <= week(until)
        assert after is None or block.weeks.first > week(after)
        assert all(queue[place].week <= block.weeks.last for place in (*block.counted, *block.set_aside))
    assert all(one.weeks.last < next_.weeks.first for one, next_ in pairwise(blocks))


def test_a_digest_depends_on_content_alone() -> None:
    assert digest_of({"a": 1, "b": "क"}) == digest_of({"b": "क", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_a_reason_that_one_block_does_not_name_stays_unnamed_in_their_sum() -> None:
    named = set_aside_json({"late": 12, "expired": 11}, [23])
    unnamed = set_aside_json({"late": 9, "expired": 4}, [13])
    whole = json.loads(add_set_aside([named, unnamed]))
    assert (whole["responses"], whole["reasons"]) == (36, {"late": 12, "expired": 11, OTHER: 13})
    assert unpack(bytes.fromhex(whole["counters"])) == (36,)
    assert json.loads(add_set_aside([unnamed, set_aside_json({}, [0])])) == json.loads(unnamed)
