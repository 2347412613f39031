"""What a form's sheets mean, told by small forms in code."""

from typing import Any

import pytest

from app.domain.surveys.survey import SurveyDefinition, SurveyKind
from app.formats.xlsform.reading import read_form
from tests.factories.xlsform.forms import (
    CHOICES,
    HINDI,
    READ_AS,
    SMALL,
    STARTERS,
    as_csv,
    as_markdown,
    codes,
    found,
    good,
    in_every_format,
    read,
    settings,
    sheets_of,
    small,
    survey_rows,
)


@pytest.mark.parametrize("file", sorted(STARTERS.glob("*.md")), ids=lambda file: file.stem)
def test_a_form_has_one_fingerprint_in_every_format(file: Any) -> None:
    readings = {name: read_form(data, name) for name, data in in_every_format(sheets_of(file)).items()}
    assert {name: reading.problems for name, reading in readings.items()} == dict.fromkeys(readings, ())
    prints = {reading.definition.fingerprint for reading in readings.values() if reading.definition}
    assert len(prints) == 1
    assert {reading.slug for reading in readings.values()} == {file.stem}


def test_a_problem_stands_in_the_same_row_of_every_spreadsheet() -> None:
    sheets = survey_rows(["geopoint", "where", *HINDI], ["text", "", *HINDI])
    for name, data in in_every_format(sheets).items():
        codes = [problem.code for problem in read_form(data, name).problems]
        assert codes == ["form.identifying_type", "form.no_name"], name


def test_the_small_form_is_read() -> None:
    reading = read(SMALL)
    survey = reading.definition
    assert survey is not None
    assert (reading.slug, survey.kind, survey.languages) == ("small-thing", SurveyKind.SURVEY, ("hi", "en"))
    assert survey.title == {"hi": "एक छोटी बात", "en": "A small thing"}
    [page] = survey.pages
    assert [(question.name, question.type.value) for question in page.questions] == [
        ("visited", "select_one"),
        ("age", "integer"),
    ]
    assert page.questions[1].relevant == ["=", ["get", "visited"], ["str", "yes"]]
    assert SurveyDefinition.from_json(survey.canonical_json) == survey


def test_required_after_the_first_page_is_left_out_with_a_warning() -> None:
    rows = [
        ["begin_group", "one", *HINDI, ""],
        ["text", "a", *HINDI, "yes"],
        ["end_group", "", "", "", ""],
        ["text", "b", *HINDI, "yes"],
    ]
    reading = read(survey_rows(*rows, columns=["required"]))
    assert reading.definition is not None
    assert [question.required for question in reading.definition.questions()] == [True, False]
    assert [warning.code for warning in reading.warnings] == ["form.later_required", "form.unused_list"]


@pytest.mark.parametrize(("label", "language"), [("कैसे हैं?", "hi"), ("How are you?", "en")])
def test_a_label_without_language_is_in_the_language_of_its_letters(label: str, language: str) -> None:
    assert good({"survey": [["type", "name", "label"], ["text", "a", label]]}).question("a").label == {language: label}


def test_the_settings_may_name_the_default_language() -> None:
    sheets = {
        "settings": [["form_title", "default_language"], ["Kase", "मराठी (mr)"]],
        "survey": [["type", "name", "label"], ["text", "a", "कसे?"]],
    }
    assert good(sheets).languages == ("mr",)


def test_the_order_of_columns_and_of_lists_does_not_matter() -> None:
    def turned(rows: list[list[str]]) -> list[list[str]]:
        return [row[::-1] for row in rows]

    assert good({name: turned(rows) for name, rows in SMALL.items()}).fingerprint == good(SMALL).fingerprint


def test_invisible_differences_do_not_change_the_fingerprint() -> None:
    changed = as_csv(SMALL).decode().replace("क्या आप", "क्या\u00a0आप ").replace("हाँ", "हाँ\u200b")
    reading = read_form(b"\xef\xbb\xbf" + changed.replace("\n", "\r\n").encode(), "form.csv")
    assert reading.definition == good(SMALL)


def test_the_name_of_the_file_names_a_form_without_id() -> None:
    sheets = {"survey": SMALL["survey"], "choices": SMALL["choices"]}
    names = {"Thana Visit (2).md": "thana-visit-2", "२०२६.md": "survey", "2026.md": "survey-2026"}
    assert {name: read_form(as_markdown(sheets), name).slug for name in names} == names


@pytest.mark.parametrize(
    ("column", "cell", "kind", "code"),
    [
        ("relevant", "${a} = 'x'", "text", "survey.circle"),
    ],
)
def test_questions_that_hide_each_other_are_refused(column: str, cell: str, kind: str, code: str) -> None:
    second = ["select_one yes_no", "b", *HINDI, ""]
    problems = found({**survey_rows([kind, "a", *HINDI, cell], second, columns=(column,)), "choices": CHOICES})
    assert [problem[-1] for problem in problems] == [code]
    assert problems[0][0] == "survey"
    assert problems[0][2] in (column, "type")


def test_a_quiz_needs_a_key() -> None:
    assert [p[-1] for p in found({**SMALL, "settings": settings(samvad_kind="quiz")})] == ["form.quiz_without_key"]


def test_a_form_must_ask_something() -> None:
    assert codes(["note", "a", *HINDI]) == ["form.no_questions"]
    assert [p[-1] for p in found(small(survey=[["type", "name", "label"]]))] == ["form.no_questions"]


def test_columns_that_a_sheet_needs_are_missed_by_name() -> None:
    problems = read_form(as_markdown({"survey": [["kind", "label"], ["text", "x"]]}), "form.md").problems
    assert {problem.details["name"] for problem in problems} >= {"type", "name"}


def test_too_many_questions_are_refused() -> None:
    assert codes(*(["text", f"q{at}", *HINDI] for at in range(301))) == ["form.too_many_questions"]


#: of the questionnaires that come with Samvad; departments have published them, so their fingerprints stay
FINGERPRINTS = {
    "example-poll": "7b2775dbd445c74c9a4f4a48221c87192caf3c02b02ca2e61cb4ba5735dad0d6",
    "example-quiz": "2c040ad2fa848346eed13cdc233774210fc1bc26dbfefb457f12aa375378f9bf",
    "public-perception": "cfd2c4521b258c489a82dbf52bc454a5a4ad8df4b91e8c3302455e0187384e16",
    "station-visit": "93d86ae5f8fea884315a90a99ccb9d29c59c93d8decb33f0d009b80518d6a5c7",
}


def test_how_answers_are_read_stays_outside_the_fingerprint() -> None:
    files = STARTERS.glob("*.md")
    forms = {file.stem: read_form(file.read_bytes(), file.name).definition for file in files}
    assert {name: form.fingerprint if form else "" for name, form in forms.items()} == FINGERPRINTS
    assert good(READ_AS) == good(SMALL)
    assert not read(SMALL).read_as


def test_good_answers_and_their_words_are_read() -> None:
    reading = read(READ_AS)
    assert reading.warnings == ()
    assert reading.read_as.good == {"visited": ("yes",)}
    assert reading.read_as.said == {"visited": {"en": "went there", "hi": "लोग गए थे"}}


def test_words_in_another_language_add_none_to_the_form() -> None:
    form = {**survey_rows(["select_one extent", "a", *HINDI, "faces", "were glad"], columns=("appearance", "said::mr"))}
    reading = read({**form, "choices": CHOICES})
    assert reading.definition is not None
    assert reading.definition.languages == ("hi", "en")
    assert [warning.details["language"] for warning in reading.warnings if "language" in warning.details] == [
        "hi",
        "en",
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["integer", "a", *HINDI, "were old"], "form.said_without_good"),
        (["select_one yes_no", "a", *HINDI, "went there"], "form.said_without_good"),
        (["select_one extent", "a", *HINDI, "x" * 61], "form.said_too_long"),
    ],
)
def test_words_need_good_answers_and_are_short(row: list[str], code: str) -> None:
    assert codes(row, columns=("said::English (en)",)) == [code]
