"""Like places: a place is named if it lies further off than chance and the spread of all of them would set it."""

from dataclasses import replace
from random import Random

from app.domain.figures import disclosure
from app.domain.figures.highlights.funnel import Beside, Funnel, LikePlace, groups_of, is_grouped
from app.domain.places.place import PlaceGroup
from tests.factories.figures.reports import label


def place(at: int, good: int, answered: int, group: PlaceGroup | None = None) -> LikePlace:
    enough = disclosure.may_show_shares(answered)
    share = disclosure.share_of(good, answered, answered, at_least=True) if enough else None
    base = disclosure.shown_base(answered, answered)
    return LikePlace(at, label(f"थाना {at}", f"Station {at}"), share, base, group)


def named(places: list[LikePlace]) -> dict[int, Beside]:
    return {placed.place.id: placed.beside for group in groups_of(places) for placed in group.places}


def only_funnel(places: list[LikePlace]) -> Funnel:
    (group,) = groups_of(places)
    assert group.funnel is not None
    return group.funnel


def test_the_one_far_off_is_named_and_nobody_else() -> None:
    places = [place(at, 110 + at % 3, 200) for at in range(19)] + [place(19, 50, 200)]
    beside = named(places)
    assert beside[19] is Beside.LOWER
    assert {beside[at] for at in range(19)} == {Beside.ALIKE}


def test_where_all_differ_much_none_is_far_off() -> None:
    """What the places have in common is that they differ: the limits are as wide as that."""
    places = [place(at, 40 + 12 * at, 200) for at in range(10)]
    assert only_funnel(places).spread > 4
    assert set(named(places).values()) == {Beside.ALIKE}


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


def test_below_eight_there_is_nothing_to_be_beside() -> None:
    (group,) = groups_of([*(place(at, 30, 60) for at in range(7)), place(7, 20, 40)])
    assert (group.group, group.funnel, group.compared) == (None, None, 7)
    assert [placed.beside for placed in group.places] == [*[Beside.SMALL_GROUP] * 7, Beside.TOO_FEW]
    assert groups_of([]) == ()


def test_the_more_answered_the_narrower() -> None:
    funnel = only_funnel([place(at, 110, 200) for at in range(10)])
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


RURAL = [place(at, 140, 200, PlaceGroup.RURAL) for at in range(8)]
CITY = [place(at, 80, 200, PlaceGroup.CITY) for at in range(20, 30)]


class TestGroups:
    """Rural places beside rural ones: what is usual for one group is far off in another."""

    def test_each_group_has_a_share_and_a_spread_of_its_own(self) -> None:
        small = [place(at, 110, 200, PlaceGroup.TOWN) for at in range(10, 17)]
        unsaid = [place(40, 10, 200)]
        groups = groups_of([*unsaid, *CITY, *small, *RURAL])
        # By hand: 70 and 40 of 100, each alike within its group, so that chance alone would set them further apart.
        told = [
            (one.group, one.compared, one.funnel and (round(one.funnel.share, 9), one.funnel.spread)) for one in groups
        ]
        assert told == [
            (PlaceGroup.RURAL, 8, (70, 1)),
            (PlaceGroup.TOWN, 7, None),
            (PlaceGroup.CITY, 10, (40, 1)),
            (None, 1, None),
        ]
        beside = named([*unsaid, *CITY, *small, *RURAL])
        assert {beside[at] for at in (*range(8), *range(20, 30))} == {Beside.ALIKE}
        assert {beside[at] for at in (*range(10, 17), 40)} == {Beside.SMALL_GROUP}
        assert is_grouped(groups)

    def test_one_is_far_off_in_its_group_where_it_would_not_be_among_all(self) -> None:
        """40 of 100 as every city has, in the country."""
        odd = place(50, 80, 200, PlaceGroup.RURAL)
        assert named([*RURAL, *CITY, odd])[50] is Beside.LOWER
        ungrouped = [replace(one, group=None) for one in (*RURAL, *CITY, odd)]
        assert set(named(ungrouped).values()) == {Beside.ALIKE}
        assert not is_grouped(groups_of(ungrouped))

    def test_who_is_named_is_decided_over_all_groups_at_once(self) -> None:
        """By hand: 62 in a group of 51.2 is off by 10.8, three times 3.55; chance does that once in 423.

        The first of 18 is named up to 1 in 180, of 50 up to 1 in 500.
        """
        usual = [place(at, 100, 200, PlaceGroup.CITY) for at in range(20, 29)]
        far = [*usual, place(29, 122, 200, PlaceGroup.CITY)]
        few, many = ([place(at, 140, 200, PlaceGroup.RURAL) for at in range(100, 100 + n)] for n in (8, 40))
        assert named(far)[29] is Beside.HIGHER
        assert named([*far, *few])[29] is Beside.HIGHER
        assert named([*far, *many])[29] is Beside.ALIKE
