"""Headings: each column means one thing, however a program or a person calls it."""

import pytest

from app.domain.places.columns import Field, Layout, recognise
from app.domain.places.importing import ImportOptions, plan_import
from tests.factories.places.place_lists import TODAY, plan, table, told


def test_hindi_headings_below_a_title_are_understood() -> None:
    made = plan_import(
        table("मध्य प्रदेश के थाने", "कोड,प्रकार,हिन्दी नाम,अंग्रेजी नाम,किसके अंतर्गत", "S,राज्य,राज्य क,Ka,"),
        [],
        ImportOptions(),
        TODAY,
    )
    assert [(one.row, one.code) for one in made.added] == [(3, "S")]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("kind,name_hi", "place.no_code_column"),
        ("code,kind", "place.no_name_column"),
        ("code,name_hi,हिंदी नाम", "place.column_twice"),
    ],
)
def test_headings_are_checked(header: str, code: str) -> None:
    assert code in {one.code for one in plan("x,station,ज", header=header).problems}


def test_a_file_without_rows_is_refused() -> None:
    assert told(plan()) == [("place.no_rows", None, None)]


@pytest.mark.parametrize("heading", ["parent_code", "PARENT CODE", "Parent-Code", " parent  code ", "ज़िला", "जिला"])
def test_a_heading_is_known_in_every_spelling(heading: str) -> None:
    columns, _, problems = recognise(table(f"code,name,{heading}", "1,Ka,2"))
    assert (columns.at[Field.PARENT], columns.unread, problems) == (2, (), [])


def test_headings_that_mean_nothing_are_told_as_they_are_written() -> None:
    columns, _, _ = recognise(table("code,Phone No.,name,,pin", "1,x,Ka,,y"))
    assert columns.unread == ("Phone No.", "pin")


def test_two_headings_of_one_meaning_are_both_named() -> None:
    _, _, (problem,) = recognise(table("code,name,Station", "1,Ka,Kha"))
    assert (problem.details["first"], problem.details["second"]) == ("name", "Station")


@pytest.mark.parametrize(
    ("header", "parent"),
    [
        ("code,name,district code", "district code"),
        ("code,name,district name", "district name"),
        ("code,name,parent,district code", "parent"),
        ("code,name,district code,district name", "parent_code"),
    ],
)
def test_a_district_stands_for_the_parent_where_nothing_else_does(header: str, parent: str) -> None:
    columns, _, _ = recognise(table(header, "1,Ka,2,3"))
    assert columns.heading(Field.PARENT) == parent


@pytest.mark.parametrize(
    ("header", "layout"),
    [
        ("State LGD Code,State Name,District Code,District Name", Layout.LGD_DISTRICTS),
        (
            "State Name,State Code,District Name,District Code,Subdistrict Code,Subdistrict Name",
            Layout.LGD_SUBDISTRICTS,
        ),
        ("State Code,State Name,District Code", Layout.OWN),
    ],
)
def test_the_directory_is_told_by_its_columns_in_any_order(header: str, layout: Layout) -> None:
    assert recognise(table(header, "1,2,3,4,5,6"))[0].layout is layout


def test_the_headings_are_looked_for_in_the_first_ten_rows_only() -> None:
    titles = ["A list"] * 9
    assert recognise(table(*titles, "code,name", "1,Ka"))[0].header_row == 10
    assert recognise(table(*titles, "x", "code,name", "1,Ka"))[0].header_row == 1


def test_a_column_that_is_not_there_is_empty_and_called_as_we_call_it() -> None:
    columns, (row,), _ = recognise(table("code,नाम", "1,Ka"))
    assert (columns.text(row, Field.KIND), columns.heading(Field.KIND)) == ("", "kind")
