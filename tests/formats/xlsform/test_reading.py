"""What a form's sheets mean, told by small forms in code."""

from typing import Any

import pytest

from app.domain.surveys.survey import QuestionType, SurveyDefinition, SurveyKind
from app.formats.xlsform.reading import read_form
from tests.factories.xlsform.forms import (
    CHOICES,
    HINDI,
    SMALL,
    STARTERS,
    as_csv,
    as_markdown,
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


def test_groups_are_pages_and_the_first_is_the_core() -> None:
    rows = [
        ["begin_group", "core", *HINDI],
        ["text", "a", *HINDI],
        ["end_group", "", "", ""],
        ["begin group", "more", *HINDI],
        ["text", "b", *HINDI],
        ["end group", "", "", ""],
        ["text", "c", *HINDI],
    ]
    pages = good(survey_rows(*rows)).pages
    assert [(page.name, [question.name for question in page.questions]) for page in pages] == [
        ("core", ["a"]),
        ("more", ["b"]),
        ("page_3", ["c"]),
    ]
    assert pages[0].title == {"hi": "हिन्दी", "en": "English"}


def test_a_page_without_a_group_takes_no_name_that_is_taken() -> None:
    rows = [
        ["text", "page_3", *HINDI],
        ["begin_group", "core", *HINDI],
        ["text", "b", *HINDI],
        ["end_group", "", "", ""],
    ]
    assert [page.name for page in good(survey_rows(*rows, ["text", "c", *HINDI])).pages] == ["core_", "core", "page_3_"]


def test_a_select_with_faces_is_a_scale_and_keeps_the_order_of_its_words() -> None:
    sheets = {
        **survey_rows(["select_one extent", "heard", *HINDI, "faces"], columns=["appearance"]),
        "choices": CHOICES,
    }
    question = good(sheets).question("heard")
    assert question.type is QuestionType.SCALE
    assert [choice.name for choice in question.choices] == ["5", "4", "3", "2", "1"]


def test_a_table_list_is_a_grid_whose_rows_expressions_may_name() -> None:
    rows = [
        ["begin_group", "place", *HINDI, "table-list", ""],
        ["select_one extent", "water", *HINDI, "", ""],
        ["select_one extent", "toilet", *HINDI, "", ""],
        ["end_group", "", "", "", "", ""],
        ["text", "why", *HINDI, "", "${water} < 3"],
    ]
    survey = good({**survey_rows(*rows, columns=["appearance", "relevant"]), "choices": CHOICES})
    grid = survey.question("place")
    assert grid.type is QuestionType.GRID
    assert [row.name for row in grid.rows] == ["water", "toilet"]
    assert len(grid.choices) == 5
    assert survey.question("why").relevant == ["<", ["get", "place", "water"], ["num", "3"]]


def test_every_other_type_is_read() -> None:
    types = ["integer", "decimal", "date", "text", "note", "acknowledge"]
    survey = good(survey_rows(*([kind, f"q_{kind}", *HINDI] for kind in types)))
    assert [question.type.value for question in survey.questions()] == types
    long = good(survey_rows(["text", "story", *HINDI, "multiline"], columns=["appearance"]))
    assert long.question("story").type is QuestionType.LONG_TEXT


def test_an_exclusive_choice_is_marked_in_its_row() -> None:
    choices = [[*SMALL["choices"][0], "exclusive"], ["x", "a", *HINDI, ""], ["x", "none", *HINDI, "yes"]]
    survey = good({**survey_rows(["select_multiple x", "many", *HINDI]), "choices": choices})
    assert survey.question("many").exclusive == ("none",)


def test_the_key_of_a_quiz_has_the_form_of_an_answer() -> None:
    rows = [["select_one yes_no", "a", *HINDI, "yes"], ["integer", "b", *HINDI, "1930"], ["text", "c", *HINDI, ""]]
    sheets = {**survey_rows(*rows, columns=["key"]), "settings": settings(samvad_kind="quiz")}
    assert [question.key for question in good(sheets).questions()] == ["yes", 1930, None]


def test_recordings_are_named_for_each_language() -> None:
    columns = ["audio::हिन्दी (hi)"]
    assert good(survey_rows(["text", "a", *HINDI, "a-hi.mp3"], columns=columns)).question("a").audio == {
        "hi": "a-hi.mp3"
    }
    problems = found(survey_rows(["text", "a", *HINDI, "../a.mp3"], columns=columns))
    assert problems == [("survey", 6, columns[0], "form.bad_audio")]


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


def test_rows_that_are_disabled_or_only_remarks_are_left_alone() -> None:
    rows = [["text", "a", *HINDI, "", ""], ["geopoint", "b", *HINDI, "yes", ""], ["", "", "", "", "", "a remark"]]
    assert [q.name for q in good(survey_rows(*rows, columns=["disabled", "_remark"])).questions()] == ["a"]


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
