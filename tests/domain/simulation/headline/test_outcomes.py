"""A small sample of what `script/bench truth` tries whole: the goals that hold, on two departments."""

import pytest

from app.domain.simulation.attacks import ATTACKS
from app.domain.simulation.department import Department
from app.domain.simulation.headline.outcomes import HeadlineOutcome, headline_outcome, moved_by_answers
from app.domain.simulation.headline.tampering import TAMPERINGS

DEPARTMENTS = [Department(1, 60), Department(2, 60)]


def outcome(name: str, degree: int) -> HeadlineOutcome:
    return headline_outcome(DEPARTMENTS, TAMPERINGS[name][degree], 60)


@pytest.mark.parametrize("degree", [0, 1])
def test_where_nothing_is_wrong_nearly_all_are_certified_and_the_interval_holds(degree: int) -> None:
    found = outcome("nothing-wrong", degree)
    assert found.stations == 120
    assert abs(found.off) < 2
    assert found.certified >= 92
    assert found.holds >= 92
    assert found.called_holds >= 92


@pytest.mark.parametrize(
    ("name", "degree", "off", "certified"),
    [
        ("chosen-people", 0, 3, 0),
        ("lost-contacts", 2, 18, 5),
        ("taken-out", 2, 18, 5),
        ("stolen-invitations", 1, 5, 5),
        ("invented-interviews", 1, 4, 25),
    ],
)
def test_what_bends_a_headline_is_seldom_certified_and_its_bound_holds(
    name: str, degree: int, off: float, certified: float
) -> None:
    found = outcome(name, degree)
    assert found.off >= off
    assert found.certified <= certified
    assert found.beyond <= 1


def test_that_the_angry_are_silent_no_label_sees_and_calls_mend() -> None:
    found = outcome("silence", 1)
    assert found.off > 10
    assert found.certified > 90
    assert abs(found.called_off) < 3
    assert found.called_holds > 92 > 60 > found.holds


@pytest.mark.parametrize("name", ATTACKS)
def test_no_answer_that_somebody_chose_to_give_moves_a_headline(name: str) -> None:
    assert moved_by_answers(DEPARTMENTS[0], name, 2) == 0


def test_the_same_seed_gives_the_same_numbers() -> None:
    again = headline_outcome([Department(1, 60), Department(2, 60)], TAMPERINGS["lost-contacts"][0], 60)
    assert again == outcome("lost-contacts", 0)
