"""Planning an import: what changes, and every problem at once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.places.place import BilingualName, KnownPlace, PlaceKind
from app.domain.problem import Problem
from tests.factories.places.place_lists import DISTRICT, HERE, STATE, STATION, TODAY, known, plan


def test_rows_may_stand_in_any_order() -> None:
    made = plan(STATION, DISTRICT, STATE)
    assert [one.code for one in made.added] == ["S", "D", "P"]


def test_what_is_there_already_does_not_change() -> None:
    made = plan(STATE, DISTRICT, STATION, here=HERE)
    assert (made.problems, made.changes, made.unchanged, made.absent) == ((), 0, 3, ("E",))


def test_a_new_name_is_a_renaming() -> None:
    (renaming,) = plan("P,,थाना च,,,", here=HERE).renamed
    assert (renaming.before.hi, renaming.after) == ("थाना ग", BilingualName("थाना च", "Ga"))


def test_another_parent_is_a_move() -> None:
    (move,) = plan("P,,,,E,", here=HERE).moved
    assert (move.before, move.after) == ("D", "E")


def test_another_kind_is_told() -> None:
    here = [*HERE, known("O", "outpost", "चौकी छ", "Chha", "D")]
    (regrading,) = plan("O,station,,,,", here=here).regraded
    assert (regrading.before, regrading.after) == (PlaceKind.OUTPOST, PlaceKind.STATION)


def test_a_date_retires() -> None:
    (retirement,) = plan("P,,,,,31/10/2026", here=HERE).retired
    assert retirement.on == date(2026, 10, 31)


def test_an_empty_cell_changes_nothing() -> None:
    here = [*HERE[:3], known("P", "station", "थाना ग", "Ga", "D", retired_on=TODAY)]
    made = plan("P,,,,,", here=here)
    assert made.changes == 0
    assert [doubt.code for doubt in made.doubts] == ["place.stays_retired"]


def test_what_the_file_does_not_say_the_options_say() -> None:
    made = plan("7,थाना ज", header="कोड,नाम", here=HERE, kind=PlaceKind.STATION, parent_code="E")
    assert [(one.kind, one.parent_code, one.name.hi) for one in made.added] == [(PlaceKind.STATION, "E", "थाना ज")]


def test_only_what_lies_below_the_chosen_parent_is_retired() -> None:
    here = [*HERE, known("Q", "station", "थाना ज", "Ja", "E")]
    made = plan("R,station,थाना झ,,,", here=here, parent_code="E", retire_missing=True)
    assert [(one.code, one.row) for one in made.retired] == [("Q", None)]


def test_all_are_told_at_once_in_the_order_of_the_file() -> None:
    made = plan("Q,x,थाना ज,,D,", STATE, ",station,,,X,")
    assert [(one.code, one.details["row"]) for one in made.problems] == [
        ("place.kind_unknown", 2),
        ("place.parent_unknown", 2),
        ("place.code_missing", 4),
        ("place.name_missing", 4),
        ("place.parent_unknown", 4),
    ]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"from_on": date(2026, 11, 24)}, "place.from_day_ahead"),
        ({"parent_code": "X"}, "place.parent_not_there"),
    ],
)
def test_options_that_cannot_be_are_refused(options: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as refused:
        plan(STATE, here=HERE, **options)
    assert refused.value.code == code


def test_what_looks_like_no_station_is_a_doubt_only() -> None:
    made = plan("Q,station,,Police Wireless Headquarters,D,", here=HERE)
    assert made.problems == ()
    assert [doubt.code for doubt in made.doubts] == ["place.maybe_no_station"]


CODES = st.sampled_from(["A", "B", "C", "D", "E"])
LINES = st.lists(
    st.tuples(
        CODES,
        st.sampled_from([*PlaceKind, "", "?"]),
        st.sampled_from(["थाना क", "थाना ख", "ग", ""]),
        st.sampled_from(["Ka", "Kha", ""]),
        st.one_of(CODES, st.just("")),
        st.sampled_from(["", "2026-01-01"]),
    ),
    max_size=8,
)


@given(LINES, LINES)
def test_whatever_is_accepted_is_one_tree_in_order(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> None:
    places: dict[str, KnownPlace] = {}
    for lines in (first, second):
        made = plan(*(",".join(line) for line in lines), here=list(places.values()))
        if made.problems:
            assert made.changes == 0
            continue
        places |= {
            one.code: KnownPlace(one.code, one.kind, one.name, one.parent_code, one.retired_on) for one in made.added
        }
        for renaming in made.renamed:
            places[renaming.code] = _changed(places[renaming.code], name=renaming.after)
        for move in made.moved:
            places[move.code] = _changed(places[move.code], parent_code=move.after)
        for regrading in made.regraded:
            places[regrading.code] = _changed(places[regrading.code], kind=regrading.after)
        for retirement in made.retired:
            places[retirement.code] = _changed(places[retirement.code], retired_on=retirement.on)
        again = plan(*(",".join(line) for line in lines), here=list(places.values()))
        assert (again.problems, again.changes) == ((), 0)
    assert sum(place.parent_code is None for place in places.values()) == (1 if places else 0)
    for place in places.values():
        if place.parent_code is not None:
            parent = places[place.parent_code]
            assert parent.kind.rank < place.kind.rank
            assert parent.retired_on is None or place.retired_on is not None


def _changed(place: KnownPlace, **changes: object) -> KnownPlace:
    return replace(place, **changes)  # type: ignore[arg-type]
