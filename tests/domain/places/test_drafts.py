"""Rows of a list of places, cell by cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.places.columns import recognise
from app.domain.places.drafts import PlaceDraft, is_code, read_date, read_drafts
from app.domain.places.place import BilingualName, PlaceKind
from tests.factories.places.place_lists import (
    DIRECTORY,
    DIRECTORY_BELOW,
    DISTRICT,
    STATE,
    STATION,
    TODAY,
    plan,
    table,
    told,
)


def draft_of(header: str, line: str, kind: PlaceKind | None = None) -> PlaceDraft:
    """The draft of a list's only row, which has nothing wrong."""
    columns, rows, headings = recognise(table(header, line))
    ((draft,), flaws) = read_drafts(columns, rows, kind, TODAY)
    assert (headings, flaws) == ([], [])
    return draft


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",station,थाना ज,,D,", ("place.code_missing", 5, "code")),
        ("a b,station,थाना ज,,D,", ("place.code_unusable", 5, "code")),
        ("Q,thana-x,थाना ज,,D,", ("place.kind_unknown", 5, "kind")),
        ("Q,station,थाना ज,,D,31-31-2026", ("place.date_unreadable", 5, "retired_on")),
        ("Q,station,थाना ज,,D,2027-01-01", ("place.date_ahead", 5, "retired_on")),
        ("Q,station,थाना ज,,D,,x", ("place.cells_without_heading", 5, "")),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_with_row_and_column(line: str, problem: tuple[str, int, str]) -> None:
    made = plan(STATE, DISTRICT, STATION, line)
    assert told(made) == [problem]
    assert made.changes == 0
    assert "%(" not in made.problems[0].sentence()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("31.03.2026", date(2026, 3, 31)),
        ("३१/३/२०२६", date(2026, 3, 31)),
        ("31-02-2026", None),
        ("tomorrow", None),
    ],
)
def test_days_are_read_as_they_are_written_in_india(text: str, day: date | None) -> None:
    assert read_date(text) == day


def test_codes_say_their_level_and_capitals_are_softened() -> None:
    made = plan("23,MADHYA PRADESH,667,AGAR MALWA", "23,MADHYA PRADESH,722,Niwari", header=DIRECTORY)
    assert [(one.code, one.name.en, one.parent_code) for one in made.added] == [
        ("LGD-S23", "Madhya Pradesh", None),
        ("LGD-D667", "Agar Malwa", "LGD-S23"),
        ("LGD-D722", "Niwari", "LGD-S23"),
    ]


def test_a_district_that_a_directory_lists_twice_is_told() -> None:
    made = plan("23,MP,1,Ab", "23,MP,1,Ab", header=DIRECTORY)
    assert told(made) == [("place.code_twice", 3, "District Code")]


def test_one_code_with_two_names_is_refused() -> None:
    made = plan("23,MP,1,Ab,7,Ga", "23,MP,1,Xy,8,Gha", header=DIRECTORY_BELOW)
    assert told(made) == [("place.area_named_twice", 3, "District Name")]


@pytest.mark.parametrize(
    ("header", "line", "name"),
    [
        ("code,name", "1,कोतवाली", BilingualName("कोतवाली", None)),
        ("code,name", "1,Kotwali", BilingualName(None, "Kotwali")),
        ("code,name,name_hi", "1,Kotwali,कोतवाली", BilingualName("कोतवाली", "Kotwali")),
        ("code,name,name_hi", "1,नगर,कोतवाली", BilingualName("कोतवाली", None)),
    ],
)
def test_a_column_for_either_language_fills_the_one_it_is_written_in(
    header: str, line: str, name: BilingualName
) -> None:
    assert draft_of(header, line).name == name


def test_a_flaw_is_told_under_the_heading_that_the_name_was_read_from() -> None:
    assert told(plan("1,Police Station", header="code,Station Name", kind=PlaceKind.STATE)) == [
        ("place.name_says_nothing", 2, "Station Name")
    ]


def test_what_the_row_says_goes_before_what_was_chosen_for_all() -> None:
    assert draft_of("code,type,name", "1,चौकी,Ka", PlaceKind.STATION).kind is PlaceKind.OUTPOST
    assert draft_of("code,type,name", "1,,Ka", PlaceKind.STATION).kind is PlaceKind.STATION


def test_today_is_not_too_early_to_retire() -> None:
    assert draft_of("code,retired_on", f"1,{TODAY.isoformat()}").retired_on == TODAY


def test_a_day_that_a_workbook_gave_midnight_is_a_day() -> None:
    assert read_date("2026-03-31 00:00:00") == date(2026, 3, 31)
    assert read_date("2026-03-31 09:30:00") is None


def test_a_code_has_forty_letters_at_most() -> None:
    assert is_code("x" * 40)
    assert not is_code("x" * 41)


@given(st.text("aZ9._/:- क\n", max_size=8))
def test_a_code_begins_and_ends_with_a_letter_or_digit(text: str) -> None:
    ends = bool(text) and all(end.isascii() and end.isalnum() for end in (text[0], text[-1]))
    assert is_code(text) is (ends and not set(text) & set(" क\n"))


def test_the_rows_of_a_directory_name_what_lies_above_once_and_only_aside() -> None:
    columns, rows, _ = recognise(table(DIRECTORY_BELOW, "23,MP,1,Ab,7,Ga", "23,MP,1,Ab,8,Gha"))
    drafts, flaws = read_drafts(columns, rows, PlaceKind.STATION, TODAY)
    assert flaws == []
    assert [(one.row, one.code, one.parent, one.aside) for one in drafts] == [
        (2, "LGD-S23", "", True),
        (2, "LGD-D1", "LGD-S23", True),
        (2, "LGD-T7", "LGD-D1", False),
        (3, "LGD-T8", "LGD-D1", False),
    ]
    assert drafts[2].kind is PlaceKind.STATION


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("23,MP,,Ab", ("place.code_missing", 2, "District Code")),
        ("23,MP,1 2,Ab", ("place.code_unusable", 2, "District Code")),
        ("23,MP,1,अब", ("place.name_not_english", 2, "District Name")),
    ],
)
def test_a_directory_is_checked_like_any_list(line: str, problem: tuple[str, int, str]) -> None:
    assert told(plan(line, header=DIRECTORY)) == [problem]
