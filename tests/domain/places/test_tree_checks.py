"""What must hold of the tree after an import."""

from datetime import date

import pytest

from tests.factories.places.place_lists import DISTRICT, HERE, STATE, STATION, TODAY, known, plan, told


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Q,station,थाना ग,,D,", ("place.name_twice", 5, "name_hi")),
        ("Q,station,,Thana GA,D,", ("place.name_twice", 5, "name_en")),
        ("Q,district,ज़िला ज,,P,", ("place.kind_order", 5, "parent_code")),
        ("Q,station,थाना ज,,P,", ("place.kind_order", 5, "parent_code")),
        ("Q,state,राज्य ज,,,", ("place.second_top", 5, "code")),
    ],
)
def test_a_broken_rule_is_told_with_row_and_column(line: str, problem: tuple[str, int, str]) -> None:
    made = plan(STATE, DISTRICT, STATION, line)
    assert told(made) == [problem]
    assert made.changes == 0
    assert "%(" not in made.problems[0].sentence()


def test_a_twin_that_is_there_is_named_with_its_code() -> None:
    (problem,) = plan("Q,station,थाना ग,,D,", here=HERE).problems
    assert (problem.code, problem.details["code"]) == ("place.name_there", "P")


def test_a_twin_that_the_list_names_too_is_there_all_the_same() -> None:
    assert told(plan("P,,,,,", "Q,station,थाना ग,,D,", here=HERE)) == [("place.name_there", 3, "name_hi")]


def test_two_places_of_one_name_may_lie_apart() -> None:
    assert plan("Q,station,थाना ग,Ga,E,", here=HERE).problems == ()


def test_a_place_that_holds_others_is_not_retired() -> None:
    assert told(plan("D,,,,,2026-01-01", here=HERE)) == [("place.child_active", 2, "retired_on")]
    assert plan("D,,,,,2026-01-01", "P,,,,,2026-01-01", here=HERE).problems == ()


def test_a_place_that_holds_many_others_is_told_once() -> None:
    here = [*HERE, known("Q", "station", "थाना ज", "Ja", "D")]
    assert told(plan("D,,,,,2026-01-01", here=here)) == [("place.child_active", 2, "retired_on")]


def test_nothing_new_lies_in_a_retired_place() -> None:
    here = [*HERE[:1], known("D", "district", "ज़िला ख", "Kha", "S", retired_on=TODAY)]
    assert told(plan(STATION, here=here)) == [("place.parent_retired", 2, "parent_code")]


def test_a_move_begins_after_the_last_one() -> None:
    assert told(plan("P,,,,E,", here=HERE, from_on=date(2025, 12, 31))) == [("place.move_too_early", 2, "parent_code")]


def test_a_retired_place_leaves_its_name_free() -> None:
    here = [*HERE[:3], known("P", "station", "थाना ग", "Ga", "D", retired_on=TODAY)]
    assert plan("Q,station,थाना ग,Ga,D,", here=here).problems == ()


def test_a_parent_that_sinks_below_its_places_is_told_at_its_kind() -> None:
    assert told(plan("D,outpost,,,,", here=HERE)) == [("place.kind_order", 2, "kind")]


def test_what_a_list_leaves_out_is_not_retired_over_a_place_that_goes_on() -> None:
    made = plan("E,,,,,", here=HERE, retire_missing=True)
    assert told(made) == [("place.child_active", None, None)]


def test_a_move_may_begin_on_the_day_of_the_last_one() -> None:
    assert plan("P,,,,E,", here=HERE, from_on=date(2026, 1, 1)).problems == ()
