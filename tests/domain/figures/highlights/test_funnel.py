"""Like places: a place is named if it lies further off than chance and the spread of all of them would set it."""

from random import Random

import pytest

from app.domain.figures import disclosure
from app.domain.figures.highlights.funnel import Beside, LikePlace, funnel_of
from tests.factories.figures.reports import label


def place(at: int, good: int, answered: int) -> LikePlace:
    enough = disclosure.may_show_shares(answered)
    share = disclosure.share_of(good, answered, answered, at_least=True) if enough else None
    return LikePlace(at, label(f"थाना {at}", f"Station {at}"), share, disclosure.shown_base(answered, answered))


def named(places: list[LikePlace]) -> dict[int, Beside]:
    funnel = funnel_of(places)
    assert funnel is not None
    return {placed.place.id: placed.beside for placed in funnel.places}


def test_the_one_far_off_is_named_and_nobody_else() -> None:
    places = [place(at, 110 + at % 3, 200) for at in range(19)] + [place(19, 50, 200)]
    beside = named(places)
    assert beside[19] is Beside.LOWER
    assert {beside[at] for at in range(19)} == {Beside.ALIKE}


def test_where_all_differ_much_none_is_far_off() -> None:
    """What the places have in common is that they differ: the limits are as wide as that."""
    funnel = funnel_of([place(at, 40 + 12 * at, 200) for at in range(10)])
    assert funnel is not None
    assert funnel.spread > 4
    assert {placed.beside for placed in funnel.places} == {Beside.ALIKE}


def test_a_difference_that_matters_to_nobody_is_not_named() -> None:
    """At ten thousand answers four points are certain, and still no ground to go and look."""
    places = [place(at, 5500, 10_000) for at in range(19)] + [place(19, 5900, 10_000), place(20, 6200, 10_000)]
    beside = named(places)
    assert (beside[19], beside[20]) == (Beside.ALIKE, Beside.HIGHER)


def test_places_with_too_few_stand_there_and_say_so() -> None:
    places = [place(at, 30, 60) for at in range(8)] + [place(8, 20, 40), place(9, 4, 8), place(10, 99, 100)]
    beside = named(places)
    assert [beside[at] for at in (8, 9, 10)] == [Beside.TOO_FEW] * 3
    assert list(beside) == list(range(11))


@pytest.mark.parametrize("places", [[], [place(at, 30, 60) for at in range(7)]])
def test_below_eight_there_is_no_group(places: list[LikePlace]) -> None:
    assert funnel_of(places) is None


def test_the_more_answered_the_narrower() -> None:
    funnel = funnel_of([place(at, 110, 200) for at in range(10)])
    assert funnel is not None
    (near, far), (near_more, far_more) = funnel.limits(50), funnel.limits(400)
    assert far[0] < near[0] < near_more[0] < funnel.share < near_more[1] < near[1] < far[1]
    assert far_more[0] > far[0]


def test_like_places_are_rarely_named() -> None:
    chance = Random(5)  # noqa: S311
    worlds, wrong = 200, 0
    for _ in range(worlds):
        drawn = [sum(chance.random() < 0.55 for _ in range(100)) for _ in range(20)]
        wrong += any(
            beside in (Beside.HIGHER, Beside.LOWER)
            for beside in named([place(at, good, 100) for at, good in enumerate(drawn)]).values()
        )
    assert wrong / worlds <= 0.1 + 2 * (0.1 * 0.9 / worlds) ** 0.5
