"""A small sample of what `script/bench truth` tries whole: the goals that hold, on one department."""

import pytest

from app.domain.simulation.department import Department
from app.domain.simulation.outcomes import Loss, attack_outcome, crowd_outcomes, honest_losses, mean_of, total

DEPARTMENT = Department(1, 180)
STATIONS = 8


@pytest.mark.parametrize(("attack", "found"), [("copies", 92), ("noisy-copies", 92), ("slow-copies", 88)])
def test_of_forty_copies_most_are_found_and_the_figure_hardly_moves(attack: str, found: float) -> None:
    outcome = attack_outcome(DEPARTMENT, attack, 40, STATIONS, for_middle=0)
    assert outcome.recall >= found
    assert outcome.raw > 10
    assert abs(outcome.after) <= 5
    assert outcome.honest_lost <= 1


@pytest.mark.parametrize("attack", ["bot", "rally", "flood", "viral-link"])
def test_of_what_answers_like_people_nothing_is_found(attack: str) -> None:
    outcome = attack_outcome(DEPARTMENT, attack, 40, STATIONS, for_middle=0)
    assert (outcome.recall, outcome.honest_lost) == (0, 0)
    assert outcome.after == outcome.raw


def test_the_middle_release_hardly_moves_under_a_flood() -> None:
    outcome = attack_outcome(DEPARTMENT, "flood", 300, STATIONS, for_middle=4)
    assert outcome.after < -30
    assert outcome.release is not None
    assert outcome.point is not None
    assert abs(outcome.release) <= 10
    assert abs(outcome.point) <= 10


def test_without_an_attack_no_group_loses_anybody() -> None:
    losses = honest_losses(DEPARTMENT, incidents=0.1)
    assert losses["all"].answers > 4_000
    assert {"Hindi", "English", "hurried", "shared phone", "content", "not content"} < losses.keys()
    assert max(loss.share for loss in losses.values()) <= 0.02


def test_an_outrage_stays_even_if_seventy_of_a_hundred_give_one_first_page() -> None:
    outcomes = crowd_outcomes(DEPARTMENT, "outrage, 70 of 100 alike", STATIONS).values()
    assert total(each.loss for each in outcomes).share <= 0.1
    assert max(abs(each.most) for each in outcomes) <= 1


def test_what_likeness_takes_of_people_who_are_alike_is_known() -> None:
    """More than the goals of 5 and 10 in 100: docs/methods.md says so."""
    for crowd in ("day of papers", "service centre"):
        outcomes = crowd_outcomes(DEPARTMENT, crowd, STATIONS).values()
        assert 0 < total(each.loss for each in outcomes).share <= 20
        assert all(abs(each.moved) <= abs(each.most) for each in outcomes)


def test_means_are_over_departments() -> None:
    outcome, again = (attack_outcome(DEPARTMENT, "copies", 10, 2, for_middle=0) for _ in range(2))
    assert outcome == again
    assert mean_of([outcome, outcome]) == outcome
    assert total([Loss(100, 1), Loss(100, 0)]).share == 0.5
    assert total([]).share == 0
