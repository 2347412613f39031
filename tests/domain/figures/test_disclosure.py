"""Disclosure: what is shown is true, and nothing shown tells of fewer than ten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.channel import Evidence
from app.domain.figures import wording as say
from app.domain.figures.disclosure import (
    MINIMUM,
    OTHER,
    change_between,
    driver_difference,
    may_look_at,
    may_show_shares,
    may_stand_alone,
    partition_shares,
    publishable_reasons,
    rounded,
    share_of,
    shortest_run,
    shown_base,
    shown_beside,
    shown_responses,
    shown_set_aside,
    trend_runs,
    were_chosen,
)
from app.domain.figures.report import ShareKind

cells = st.lists(st.integers(0, 400), min_size=2, max_size=8).filter(lambda counts: sum(counts) >= 30)
small_cells = st.lists(st.integers(0, 20), min_size=2, max_size=6).filter(lambda counts: sum(counts) >= 30)


def test_numbers_of_answers_are_rounded_to_five_and_nothing_is_said_below_ten() -> None:
    assert [shown_responses(n).number for n in (0, 9, 10, 12, 13, 1949)] == [None, None, 10, 10, 15, 1950]
    assert shown_responses(9).words == shown_responses(0).words
    assert shown_set_aside(9) == shown_set_aside(0)
    assert shown_responses(1949).words.text() == "about 1950 answers"


def test_who_answered_is_a_floor_unless_everybody_did() -> None:
    assert shown_base(100, 100).words.text() == "about 100 people answered this"
    assert shown_base(1949, 1762).words.text() == "at least 1760 people answered this"
    assert shown_base(33, 32).number == 30
    assert shown_base(33, 9).number is None


@given(st.integers(10, 2000), st.data())
def test_a_base_never_tells_how_many_left_a_question_out(responses: int, data: st.DataObject) -> None:
    """It is the whole if everybody answered; else a floor that fits every number of answers in the same ten."""
    answered = data.draw(st.integers(10, responses))
    shown = shown_base(responses, answered)
    if answered == responses >= 30:
        assert shown.number == rounded(responses)
        assert shown.words.message == say.ABOUT_PEOPLE
        return
    assert shown.words.message == say.AT_LEAST_PEOPLE
    same = range(answered // 10 * 10, min(answered // 10 * 10 + 10, responses))
    assert {shown_base(responses, other).number for other in same} <= {shown.number}


def test_a_share_is_said_with_its_interval() -> None:
    assert share_of(60, 100, 100, at_least=False).words.text() == "about 60 in 100, between 50 and 69"
    assert share_of(18, 30, 30, at_least=False).words.text() == "about 60 in 100, between 42 and 75"
    open_ = share_of(60, 100, 100, at_least=True)
    assert open_.words.text() == "about 60 in 100, uncertain at least between 50 and 69"


def test_near_unanimity_is_blurred_by_the_size_in_which_ten_people_hide() -> None:
    assert share_of(30, 30, 30, at_least=False).words.text() == "more than 65 in 100"
    assert share_of(21, 30, 30, at_least=False).words.text() == "more than 65 in 100"
    assert share_of(20, 30, 30, at_least=False).kind is ShareKind.ABOUT
    assert share_of(0, 100, 100, at_least=False).words.text() == "fewer than 10 in 100"
    assert share_of(475, 494, 494, at_least=False).words.text() == "more than 95 in 100"
    assert share_of(24, 494, 494, at_least=False).words.text() == "fewer than 5 in 100"


def test_from_five_hundred_answers_on_small_shares_are_told() -> None:
    """“Asked for money, did not give” was never told of a state, since 401 of 8,816 are below five in a hundred."""
    assert share_of(401, 8816, 8816, at_least=True).words.text() == "about 5 in 100"
    assert share_of(39, 1949, 1762, at_least=False).words.text() == "about 2 in 100, between 1 and 3"
    assert share_of(1700, 1762, 1762, at_least=False).words.text() == "about 96 in 100, between 94 and 97"
    assert share_of(12, 500, 500, at_least=False).words.text() == "fewer than 3 in 100"
    for few in (0, 9, 12, 40):
        assert share_of(few, 8816, 8816, at_least=False).words.text() == "fewer than 1 in 100"
    assert share_of(8800, 8816, 8816, at_least=False).words.text() == "more than 99 in 100"


def alike(count: int, answered: int) -> set[int]:
    """Every number that would be told like this one."""
    told = share_of(count, answered, answered, at_least=True)
    return {n for n in range(200) if share_of(n, answered, answered, at_least=True) == told}


@given(base=st.integers(500, 6000), count=st.integers(0, 80))
def test_a_small_share_stands_for_as_many_numbers_as_any_other_and_none_below_ten(base: int, count: int) -> None:
    """If it were told from ten on alone, a step that begins below ten could have the one number ten left in it."""
    numbers, told = alike(count, base), share_of(count, base, base, at_least=True)
    assert len(numbers) >= min(base // 100, MINIMUM)
    assert told.kind is ShareKind.BELOW or min(numbers) >= 10


def test_there_is_no_share_below_thirty() -> None:
    assert not may_show_shares(29)
    with pytest.raises(ValueError, match="thirty"):
        share_of(15, 40, 29, at_least=False)


@given(cells | small_cells, st.integers(0, 60), st.booleans())
def test_a_told_answer_and_what_is_left_over_have_ten_each(counts: list[int], silent: int, at_least: bool) -> None:
    answered = sum(counts)
    shares, together = partition_shares(counts, answered + silent, answered, at_least=at_least)
    told = [n for n, share in zip(counts, shares, strict=True) if share.kind is ShareKind.ABOUT]
    assert all(may_stand_alone(n, answered) for n in told)
    if len(told) < len(counts) and told:
        assert answered - sum(told) >= 10
    assert (together is not None) == any(share.kind is ShareKind.WITHHELD for share in shares)


@given(cells | small_cells, st.integers(0, 60))
def test_what_is_told_is_true(counts: list[int], silent: int) -> None:
    answered = sum(counts)
    shares, _ = partition_shares(counts, answered + silent, answered, at_least=True)
    for count, share in zip(counts, shares, strict=True):
        exact = 100 * count / answered
        if share.kind is ShareKind.ABOUT:
            assert share.percent is not None
            assert share.low is not None
            assert share.high is not None
            assert abs(share.percent - exact) <= 2.5 + 1e-6
            assert share.low <= exact <= share.high
        elif share.kind is ShareKind.BELOW:
            assert share.bound is not None
            assert exact < share.bound
        elif share.kind is ShareKind.ABOVE:
            assert share.bound is not None
            assert exact > share.bound


def test_a_lone_small_answer_takes_the_next_with_it() -> None:
    """57 and 34 in 100 of 35 people would leave 9 in 100: three people."""
    shares, together = partition_shares([20, 12, 3], 35, 35, at_least=False)
    assert [share.kind for share in shares] == [ShareKind.ABOUT, ShareKind.WITHHELD, ShareKind.BELOW]
    assert together is not None
    assert together.percent == 45


@given(cells | small_cells)
def test_an_answer_that_is_shown_elsewhere_is_shown_alike(counts: list[int]) -> None:
    answered = sum(counts)
    shares, _ = partition_shares(counts, answered, answered, at_least=False, keep=0)
    assert shares[0] == share_of(counts[0], answered, answered, at_least=False)
    told = [n for n, share in zip(counts, shares, strict=True) if share.kind is ShareKind.ABOUT]
    assert len(told) == len(counts) or answered - sum(told) >= 10 or not told


def test_answers_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        partition_shares([20, 12], 40, 40, at_least=False)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 30), min_size=1))
def test_reasons_are_named_only_where_ten_hide_on_either_side(counts: dict[str, int]) -> None:
    named = publishable_reasons(counts)
    assert sum(named.values()) == sum(counts.values())
    if sum(counts.values()) >= 10:
        assert all(number >= 10 for number in named.values())
    assert all(named[code] == counts[code] for code in named if code != OTHER)


def test_a_reason_that_all_share_is_not_named() -> None:
    assert publishable_reasons({"late": 14}) == {OTHER: 14}
    assert publishable_reasons({"late": 14, "empty": 11}) == {"late": 14, "empty": 11}
    assert publishable_reasons({"late": 14, "empty": 11, "expired": 3}) == {"late": 14, OTHER: 14}
    assert publishable_reasons({}) == {}


def test_a_comparison_needs_fifty_on_both_sides() -> None:
    low, high = share_of(30, 100, 100, at_least=False), share_of(70, 100, 100, at_least=False)
    assert change_between(low, 49, high, 100) is None
    change = change_between(low, 100, high, 100)
    assert change is not None
    assert change.certain
    assert change.words.text() == "higher than before by about 40 in 100 (between 26 and 51)"
    back = change_between(high, 100, low, 100)
    assert back is not None
    assert (back.points, back.low, back.high) == (-40, -51, -26)
    same = change_between(low, 100, low, 100)
    assert same is not None
    assert not same.certain
    limit = share_of(1, 100, 100, at_least=False)
    assert change_between(limit, 100, high, 100) is None


def test_only_people_who_were_chosen_make_a_headline() -> None:
    assert [evidence for evidence in Evidence if were_chosen(evidence)] == [Evidence.INVITED, Evidence.SAMPLED]


def test_the_default_period_is_the_shortest_run_of_newest_releases_that_reaches_thirty() -> None:
    assert shortest_run([50, 12, 11, 10]) == 3
    assert shortest_run([50]) == 1
    assert shortest_run([10, 12]) == 2
    assert shortest_run([]) == 0


@given(st.lists(st.integers(10, 60)), st.lists(st.integers(10, 60)))
def test_a_point_of_a_trend_never_changes_again(sizes: list[int], more: list[int]) -> None:
    runs = trend_runs(sizes)
    assert all(sum(sizes[at] for at in run) >= 30 for run in runs)
    assert trend_runs(sizes + more)[: len(runs)] == runs


@given(st.integers(0, 10**6))
def test_rounding_is_to_the_nearest_five(number: int) -> None:
    assert rounded(number) % 5 == 0
    assert abs(rounded(number) - number) <= 2


@given(st.lists(st.integers(0, 60), max_size=8))
def test_nothing_below_ten_is_shown_and_no_sum_tells_it(numbers: list[int]) -> None:
    shown = shown_beside(numbers)
    assert all(number >= MINIMUM for number, told in zip(numbers, shown, strict=True) if told is not None)
    withheld = sum(number for number, told in zip(numbers, shown, strict=True) if told is None)
    some_told = any(told is not None for told in shown)
    assert not (some_told and 0 < withheld < MINIMUM)


def test_how_two_questions_go_together_takes_two_hundred_and_ten_of_each_kind() -> None:
    assert may_look_at(200, (10, 10, 10, 10))
    assert not may_look_at(199, (50, 50, 50, 49))
    assert not may_look_at(2000, (900, 9, 500, 591))


@given(st.floats(0.001, 1), st.floats(0.001, 0.5))
def test_limits_of_a_driver_hold_the_exact_ones_and_tell_nothing_finer(difference: float, reach: float) -> None:
    told = driver_difference(difference, reach)
    assert told.low <= max(0, 100 * (difference - reach)) + 1e-6
    assert told.high >= min(100, 100 * (difference + reach)) - 1e-6
    assert abs(told.points - 100 * difference) <= 2.5 + 1e-6
    assert not any(number % 5 for number in (told.points, told.low, told.high))
    if told.low > 0 and told.high < 100:
        assert told.points - told.low == told.high - told.points


def test_a_driver_is_told_with_its_limits() -> None:
    assert driver_difference(0.3, 0.07).words.text() == "by about 30 in 100 (20 to 40)"
    assert driver_difference(0.08, 0.07).words.text() == "by about 10 in 100 (0 to 20)"
