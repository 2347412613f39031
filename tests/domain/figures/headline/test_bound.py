from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures.disclosure import rounded, share_of
from app.domain.figures.headline.bound import bound, possible_false, shown_bound, upper_limit
from app.domain.figures.statistics import wilson
from tests.factories.figures.asked import WELL_ASKED

numbers = integers(0, 400)


@pytest.mark.parametrize(
    ("bad", "looked_at", "limit"),
    [(0, 40, 0.072), (0, 20, 0.139), (1, 20, 0.216), (2, 20, 0.283), (5, 5, 1), (0, 0, 1)],
)
def test_known_limits(bad: int, looked_at: int, limit: float) -> None:
    assert upper_limit(bad, looked_at) == pytest.approx(limit, abs=5e-4)


@given(looked_at=integers(1, 200), bad=numbers)
def test_a_limit_lies_above_what_was_found_and_rises_with_it(looked_at: int, bad: int) -> None:
    bad = min(bad, looked_at)
    assert upper_limit(bad, looked_at) > bad / looked_at or bad == looked_at
    if bad:
        assert upper_limit(bad - 1, looked_at) < upper_limit(bad, looked_at)


def test_no_more_are_bad_than_were_looked_at() -> None:
    with pytest.raises(ValueError, match="looked at"):
        upper_limit(3, 2)


def test_as_many_may_be_false_as_the_checks_leave_possible() -> None:
    assert possible_false(Evidence.INVITED, WELL_ASKED) == 9
    assert possible_false(Evidence.INVITED, replace(WELL_ASKED, decoys_used=1)) == 14
    assert possible_false(Evidence.SAMPLED, replace(WELL_ASKED, unconfirmed=0)) == 6
    assert possible_false(Evidence.SAMPLED, WELL_ASKED) == 11


def test_no_more_are_false_than_there_are_and_all_may_be_if_nothing_was_checked() -> None:
    assert possible_false(Evidence.INVITED, replace(WELL_ASKED, decoys=0)) == 37
    assert possible_false(Evidence.SAMPLED, replace(WELL_ASKED, checked=0, unconfirmed=0)) == 37


def test_people_who_chose_themselves_have_no_bound() -> None:
    with pytest.raises(ValueError, match="open"):
        possible_false(Evidence.OPEN, WELL_ASKED)


@pytest.mark.parametrize(
    ("false", "missing", "limits"),
    [(9, 0, (0.4138, 0.8289)), (9, 5, (0.3733, 0.8448)), (60, 0, (0, 1)), (99, 0, (0, 1))],
)
def test_known_bounds(false: int, missing: int, limits: tuple[float, float]) -> None:
    assert bound(37, 60, false, missing) == pytest.approx(limits, abs=5e-5)


def test_a_bound_is_of_no_more_good_answers_than_answers() -> None:
    with pytest.raises(ValueError, match="good"):
        bound(61, 60, 0)


@given(answered=integers(1, 400), good=numbers, false=numbers, missing=numbers)
def test_it_holds_the_interval_and_widens_with_whatever_is_false_or_missing(
    answered: int, good: int, false: int, missing: int
) -> None:
    good, plain = min(good, answered), wilson(min(good, answered), answered)
    low, high = bound(good, answered, false, missing)
    assert low <= plain.low + 1e-12
    assert high >= plain.high - 1e-12
    for more in (bound(good, answered, false + 1, missing), bound(good, answered, false, missing + 1)):
        assert more[0] <= low + 1e-12
        assert more[1] >= high - 1e-12


@given(answered=integers(1, 60), good=integers(0, 60), false=integers(0, 60), bent=integers(0, 60))
def test_whichever_of_so_many_were_false_the_true_share_is_in_it(
    answered: int, good: int, false: int, bent: int
) -> None:
    good, false = min(good, answered), min(false, answered - 1)
    low, high = bound(good, answered, false)
    false_good = min(bent, false, good)
    false_others = min(false - false_good, answered - good)
    true_good, true = good - false_good, answered - false_good - false_others
    assert low - 1e-12 <= true_good / true <= high + 1e-12


@given(answered=integers(30, 900), good=numbers, false=numbers)
def test_what_is_shown_of_it_differs_by_the_steps_of_what_it_is_made_of(answered: int, good: int, false: int) -> None:
    good, false = min(good, answered), min(false, answered // 2)
    share, base = share_of(good, answered, answered, at_least=False), rounded(answered)
    limits = shown_bound(share, base, false)
    assert limits is not None
    exact = bound(good, answered, false)
    step = 5 if answered < 200 else 2
    if share.percent is not None:
        # Half a step of the share may count for twice as much where half of the answers may be false.
        assert limits[0] == pytest.approx(100 * exact[0], abs=2 * step + 3)
        assert limits[1] == pytest.approx(100 * exact[1], abs=2 * step + 3)
    assert 0 <= limits[0] < limits[1] <= 100


def test_it_is_made_of_the_shown_share_and_base() -> None:
    assert shown_bound(shown.about(62, 49, 73, at_least=False), 60, 9) == (41, 84)
    assert shown_bound(shown.about(62, 49, 73, at_least=False), 60, 60) == (0, 100)


def test_of_a_limit_all_that_it_leaves_open_is_in_it() -> None:
    assert shown_bound(shown.below(35, at_least=False), 30, 0) == (0, 53)
    assert shown_bound(shown.above(65, at_least=False), 30, 0) == (47, 100)
    assert shown_bound(shown.withheld(at_least=False), 30, 0) is None
