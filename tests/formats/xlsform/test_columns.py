"""Columns: known in every spelling, and refused by name where they would mean something else elsewhere."""

import pytest

from app.formats.xlsform.columns import language_code
from tests.factories.xlsform.forms import CHOICES, HINDI, codes, found, good, read, small, survey_rows


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["text", "a", "आपने ${b} कहा?", "x"], "form.piped_text"),
        (["text", "a", "x" * 2001, "x"], "form.text_too_long"),
    ],
)
def test_a_text_is_refused(row: list[str], code: str) -> None:
    assert code in codes(row, ["text", "b", *HINDI])


@pytest.mark.parametrize(
    ("column", "cell", "kind", "code"),
    [
        ("default", "yes", "text", "form.unsupported_column"),
        ("calculation", "1", "text", "form.unsupported_column"),
        ("choice_filter", "x=1", "select_one yes_no", "form.unsupported_column"),
        ("media::image::en", "a.png", "text", "form.unsupported_column"),
        ("relevent", "1 = 1", "text", "form.unknown_column"),
        ("hint::Klingon", "x", "text", "form.unknown_language"),
    ],
)
def test_a_column_is_refused(column: str, cell: str, kind: str, code: str) -> None:
    second = ["select_one yes_no", "b", *HINDI, ""]
    problems = found({**survey_rows([kind, "a", *HINDI, cell], second, columns=(column,)), "choices": CHOICES})
    assert [problem[-1] for problem in problems] == [code]
    assert problems[0][0] == "survey"
    assert problems[0][2] in (column, "type")


def test_two_headers_of_one_meaning_are_refused() -> None:
    sheets = {"survey": [["type", "name", "label::en", "label::English (en)"], ["text", "a", "x", "y"]]}
    assert [problem[-1] for problem in found(sheets)] == ["form.duplicate_column"]


@pytest.mark.parametrize(
    "header",
    [
        "label::English (en)",
        "label::English(en)",
        "label::en",
        "Label::English",
        "label::english (en-IN)",
        "caption::en",
    ],
)
def test_a_language_has_many_spellings(header: str) -> None:
    survey = [["type", "name", "label::hi", header], ["text", "a", *HINDI]]
    assert good(small(survey=survey)).question("a").label == {"en": "English", "hi": "हिन्दी"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("हिन्दी (hi)", "hi"),
        ("Marathi ( mr-IN )", "mr"),
        ("HINDI", "hi"),
        ("gu", "gu"),
        ("Klingon", None),
        ("(hi) Hindi", None),
        ("", None),
    ],
)
def test_a_language_is_known_by_its_code_or_by_a_name_in_use(name: str, code: str | None) -> None:
    assert language_code(name) == code


def test_what_other_tools_read_and_we_do_not_is_told_and_does_no_harm() -> None:
    rows = survey_rows(["text", "a", *HINDI, "note", "x"], columns=("guidance_hint::en", "_remark"))
    reading = read(rows)
    assert reading.problems == ()
    assert "form.ignored_column" in [warning.code for warning in reading.warnings]


def test_an_empty_column_is_passed_over_whatever_it_is_called() -> None:
    assert good(survey_rows(["text", "a", *HINDI, "", ""], columns=("default", "relevent"))).asked_count == 1


def test_a_language_that_no_cell_speaks_is_no_language_of_the_form() -> None:
    assert good(survey_rows(["text", "a", *HINDI, ""], columns=("hint::मराठी (mr)",))).languages == ("hi", "en")
