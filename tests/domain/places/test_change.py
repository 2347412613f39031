"""Changing one place by hand: held to the same rules as a list."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.places.change import problems_of
from app.domain.places.place import BilingualName, KnownPlace, PlaceKind
from tests.factories.places.place_lists import HERE, TODAY, known

NEW = known("Q", "station", "थाना ज", "Ja", "D")
STATION = HERE[-1]


def told(changed: KnownPlace, *, new: bool, from_on: date = TODAY) -> list[tuple[str, object]]:
    return [(one.code, one.details["column"]) for one in problems_of(changed, HERE, from_on, new=new)]


def test_a_place_with_everything_said_is_added() -> None:
    assert told(NEW, new=True) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"code": ""}, ("place.code_missing", "code")),
        ({"code": "a b"}, ("place.code_unusable", "code")),
        ({"code": "p"}, ("place.code_there", "code")),
        ({"name": BilingualName(None, None)}, ("place.name_missing", "name_hi")),
        ({"name": BilingualName("Fkkuk", None)}, ("place.name_not_hindi", "name_hi")),
        ({"name": BilingualName(None, "थाना")}, ("place.name_not_english", "name_en")),
        ({"name": BilingualName("थाना ग", None)}, ("place.name_there", "name_hi")),
        ({"parent_code": None}, ("place.parent_missing", "parent_code")),
        ({"parent_code": "P"}, ("place.kind_order", "parent_code")),
        ({"kind": PlaceKind.STATE, "parent_code": None}, ("place.second_top", "code")),
    ],
)
def test_what_is_wrong_with_a_new_place_names_its_field(changes: dict[str, object], problem: tuple[str, str]) -> None:
    assert told(replace(NEW, **changes), new=True) == [problem]  # type: ignore[arg-type]


def test_a_place_may_keep_its_code_and_its_name() -> None:
    assert told(replace(STATION, kind=PlaceKind.OUTPOST), new=False) == []


def test_a_place_with_others_in_it_is_not_closed() -> None:
    assert told(replace(HERE[1], retired_on=TODAY), new=False) == [("place.child_active", "retired_on")]


def test_a_move_begins_after_the_last_one() -> None:
    moved = replace(STATION, parent_code="E")
    assert told(moved, new=False, from_on=date(2025, 12, 31)) == [("place.move_too_early", "parent_code")]
    assert told(moved, new=False, from_on=date(2026, 1, 1)) == []
