from dataclasses import replace
from random import Random
from statistics import fmean

import pytest

from app.domain.figures.headline.two_phases import shown_of_all, two_phases
from tests.factories.figures.asked import WELL_ASKED


def test_the_known_number() -> None:
    found = two_phases(22, 37, 120, 9, 24)
    assert (found.share, found.low, found.high) == pytest.approx((0.4427, 0.3187, 0.5857), abs=5e-5)


def test_where_everybody_answered_the_silent_count_for_nothing() -> None:
    assert two_phases(30, 40, 40, 0, 1).share == 0.75
    assert two_phases(30, 40, 40, 0, 0) == two_phases(30, 40, 40, 1, 1)


def test_if_the_angry_keep_silent_the_calls_bring_them_back() -> None:
    """Of 120 people half are content, who answer three times as often; 24 of the silent are reached."""
    chance = Random(1)  # noqa: S311
    plain, mended, held = [], [], []
    for _ in range(2_000):
        people = [(chance.random() < 0.5) for _ in range(120)]
        answers = [chance.random() < (0.45 if content else 0.15) for content in people]
        first = [content for content, answered in zip(people, answers, strict=True) if answered]
        silent = [content for content, answered in zip(people, answers, strict=True) if not answered][:24]
        found = two_phases(sum(first), len(first), 120, sum(silent), len(silent))
        plain.append(sum(first) / len(first))
        mended.append(found.share)
        held.append(found.low <= 0.5 <= found.high)
    assert fmean(plain) > 0.7
    assert fmean(mended) == pytest.approx(0.5, abs=0.01)
    assert 0.93 < fmean(held) < 0.98


@pytest.mark.parametrize(
    "numbers", [(1, 0, 10, 0, 1), (0, 0, 10, 0, 1), (1, 5, 10, 0, 0), (1, 11, 10, 0, 1), (1, 5, 10, 2, 1)]
)
def test_it_needs_answers_in_both_phases_and_no_more_than_were_drawn(numbers: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="two phases"):
        two_phases(*numbers)


def test_what_is_shown_is_in_steps_and_made_of_what_is_shown() -> None:
    asked = replace(WELL_ASKED, answers=40, drawn=120, silent_asked=24, silent_good=9)
    assert shown_of_all(60, asked) == (45, 30, 60)
    assert shown_of_all(60, replace(asked, silent_good=10)) == (50, 35, 65)


@pytest.mark.parametrize("changes", [{"silent_asked": 19}, {"answers": 0}, {"answers": 125}])
def test_of_few_nothing_is_shown(changes: dict[str, int]) -> None:
    asked = replace(WELL_ASKED, answers=40, drawn=120, silent_asked=24, silent_good=9)
    assert shown_of_all(60, replace(asked, **changes)) is None
