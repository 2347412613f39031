"""The tree as it would be: who is who, and what each place belongs to."""

import pytest

from app.domain.places.place import BilingualName, PlaceKind
from tests.factories.places.place_lists import (
    DIRECTORY,
    DIRECTORY_BELOW,
    DISTRICT,
    HERE,
    STATE,
    STATION,
    known,
    plan,
    told,
)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("p,station,थाना ज,,D,", ("place.code_twice", 5, "code")),
        ("Q,,थाना ज,,D,", ("place.kind_missing", 5, "kind")),
        ("Q,station, \u00a0\u200b, ,D,", ("place.name_missing", 5, "name_hi")),
        ("Q,station,थाना ज,,X,", ("place.parent_unknown", 5, "parent_code")),
        ("Q,station,थाना ज,,Q,", ("place.parent_itself", 5, "parent_code")),
        ("Q,station,थाना ज,,,", ("place.parent_missing", 5, "parent_code")),
    ],
)
def test_what_has_no_place_in_the_tree_is_told_with_row_and_column(line: str, problem: tuple[str, int, str]) -> None:
    made = plan(STATE, DISTRICT, STATION, line)
    assert told(made) == [problem]
    assert made.changes == 0
    assert "%(" not in made.problems[0].sentence()


def test_a_parent_may_be_named() -> None:
    assert plan("Q,station,थाना ज,,ख,", here=HERE).added[0].parent_code == "D"
    assert plan("Q,station,थाना ज,,KHA District,", here=HERE).added[0].parent_code == "D"


def test_a_named_parent_must_be_the_only_one() -> None:
    here = [*HERE, known("F", "range", "रेंज ख", "Kha", "S")]
    assert told(plan("Q,station,थाना ज,,ख,", here=here)) == [("place.parent_ambiguous", 2, "parent_code")]


def test_a_state_lies_in_nothing() -> None:
    assert told(plan("S,state,राज्य क,,S,")) == [("place.state_inside", 2, "parent_code")]


def test_what_concerns_the_whole_file_is_told_once_beside_the_rows() -> None:
    made = plan("1,Ab", "2,", "3,ab", header="id,name")
    assert told(made) == [
        ("place.parent_unsaid", None, None),
        ("place.kind_unsaid", None, None),
        ("place.name_missing", 3, "name"),
        ("place.name_twice", 4, "name"),
    ]


def test_a_list_of_subdistricts_renames_no_district() -> None:
    here = [
        known("LGD-S23", "state", "मध्य प्रदेश", "Madhya Pradesh", None),
        known("LGD-D409", "district", "नर्मदापुरम", "Narmadapuram", "LGD-S23"),
    ]
    made = plan("23,MADHYA PRADESH,409,HOSHANGABAD,3589,Babai", header=DIRECTORY_BELOW, here=here)
    assert (made.renamed, [(one.code, one.kind) for one in made.added]) == (
        (),
        [("LGD-T3589", PlaceKind.SUBDIVISION)],
    )


def test_a_list_of_subdistricts_moves_no_district() -> None:
    here = [
        known("LGD-S23", "state", "मध्य प्रदेश", "Madhya Pradesh", None),
        known("R", "range", "रेंज क", "Ka", "LGD-S23"),
        known("LGD-D409", "district", "नर्मदापुरम", "Narmadapuram", "R"),
    ]
    made = plan("23,MADHYA PRADESH,409,Narmadapuram,3589,Babai", header=DIRECTORY_BELOW, here=here)
    assert (made.problems, made.moved) == ((), ())


def test_codes_are_one_however_they_are_capitalised() -> None:
    (renaming,) = plan("p,,थाना च,,d,", here=HERE).renamed
    assert renaming.code == "P"


def test_a_name_in_one_language_leaves_the_other() -> None:
    (renaming,) = plan("P,,,Cha,,", here=HERE).renamed
    assert renaming.after == BilingualName("थाना ग", "Cha")


@pytest.mark.parametrize(
    ("top", "state", "options"),
    [("Ka", "KA", {}), ("RajyaKa", "RAJYA KA", {}), ("Ka", "Another", {"parent_code": "S"})],
)
def test_the_directorys_state_is_the_top_that_is_there(top: str, state: str, options: dict[str, object]) -> None:
    """By its name, or because it was chosen; then it keeps its own code and name."""
    here = [known("S", "state", "राज्य क", top, None)]
    made = plan(f"23,{state},667,Agar", header=DIRECTORY, here=here, **options)
    assert (made.problems, made.renamed) == ((), ())
    assert [(one.code, one.parent_code) for one in made.added] == [("LGD-D667", "S")]


def test_a_parent_may_stand_in_the_same_file_by_its_name() -> None:
    made = plan(STATE, DISTRICT, "Q,station,थाना ज,,ज़िला ख,")
    assert (made.problems, made.added[-1].parent_code) == ((), "D")


def test_a_name_leads_only_to_what_may_hold_the_place() -> None:
    """A station is called as its district is; an outpost may lie in either, a station in the district alone."""
    here = [*HERE[:2], known("P", "station", "थाना ख", "Kha", "D")]
    assert plan("Q,station,थाना ज,,Kha,", here=here).added[0].parent_code == "D"
    assert told(plan("Q,outpost,चौकी ज,,Kha,", here=here)) == [("place.parent_ambiguous", 2, "parent_code")]


def test_the_parent_chosen_for_all_is_not_its_own_parent() -> None:
    made = plan("D,,,Nai Kha,,", here=HERE, parent_code="D")
    assert (made.problems, made.moved) == ((), ())
