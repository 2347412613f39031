"""Kinds of places and their order; names in two languages."""

from itertools import product

import pytest

from app.domain.places.place import GROUP_NAMES, KIND_NAMES, BilingualName, PlaceGroup, PlaceKind


def test_levels_may_be_left_out_but_never_turned() -> None:
    order = list(PlaceKind)
    assert PlaceKind.STATE.may_hold(PlaceKind.STATION)
    for one, other in product(order, repeat=2):
        assert one.may_hold(other) is (order.index(one) < order.index(other))


def test_every_kind_and_group_has_words() -> None:
    assert KIND_NAMES.keys() == set(PlaceKind)
    assert GROUP_NAMES.keys() == set(PlaceGroup)


@pytest.mark.parametrize(
    ("name", "hindi", "english"),
    [
        (BilingualName("थाना", "Thana"), "थाना", "Thana"),
        (BilingualName("थाना", None), "थाना", "थाना"),
        (BilingualName("", "Thana"), "Thana", "Thana"),
        (BilingualName(None, None), "", ""),
    ],
)
def test_either_reader_gets_the_best_there_is(name: BilingualName, hindi: str, english: str) -> None:
    assert (name.in_language("hi"), name.in_language("en")) == (hindi, english)
