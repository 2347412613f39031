"""The type cell: what a row is, in every spelling that other tools accept, or why it is refused."""

import pytest

from app.domain.surveys.survey import QuestionType
from app.formats.xlsform.types import RowType, Structure, UnsupportedType, row_type
from tests.factories.xlsform.forms import (
    HINDI,
    codes,
    good,
    survey_rows,
)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["colour", "a", *HINDI], "form.unknown_type"),
        (["image", "a", *HINDI], "form.unsupported_type"),
        (["calculate", "a", *HINDI], "form.unsupported_type"),
        (["rank yes_no", "a", *HINDI], "form.unsupported_type"),
        (["begin_repeat", "a", *HINDI], "form.unsupported_type"),
        (["select_one_from_file x.csv", "a", *HINDI], "form.unsupported_type"),
        (["select_one ${b}", "a", *HINDI], "form.unsupported_type"),
        (["select_one", "a", *HINDI], "form.unsupported_type"),
        (["deviceid", "a", *HINDI], "form.identifying_type"),
        (["geopoint", "a", *HINDI], "form.identifying_type"),
        (["start", "a", *HINDI], "form.identifying_type"),
        (["select_one yes_no or_other", "a", *HINDI], "form.or_other"),
    ],
)
def test_a_type_is_refused(row: list[str], code: str) -> None:
    assert code in codes(row, ["text", "b", *HINDI])


def test_every_other_type_is_read() -> None:
    types = ["integer", "decimal", "date", "text", "note", "acknowledge"]
    survey = good(survey_rows(*([kind, f"q_{kind}", *HINDI] for kind in types)))
    assert [question.type.value for question in survey.questions()] == types
    long = good(survey_rows(["text", "story", *HINDI, "multiline"], columns=["appearance"]))
    assert long.question("story").type is QuestionType.LONG_TEXT


@pytest.mark.parametrize(
    ("cell", "meaning", "list_name"),
    [
        ("  Select_One   yes_no ", QuestionType.SELECT_ONE, "yes_no"),
        ("select all that apply from Yes_No", QuestionType.SELECT_MULTIPLE, "Yes_No"),
        ("q string", QuestionType.TEXT, ""),
        ("INT", QuestionType.INTEGER, ""),
        ("trigger", QuestionType.ACKNOWLEDGE, ""),
        ("begin group", Structure.BEGIN_GROUP, ""),
        ("END_GROUP", Structure.END_GROUP, ""),
    ],
)
def test_spaces_and_capitals_matter_in_the_name_of_a_list_only(
    cell: str, meaning: QuestionType | Structure, list_name: str
) -> None:
    assert row_type(cell) == RowType(meaning, list_name)


def test_a_refused_type_is_named_as_it_is_written() -> None:
    refused = row_type(" Geo  Thing ")
    assert isinstance(refused, UnsupportedType)
    assert refused.details == {"type": "Geo Thing"}
