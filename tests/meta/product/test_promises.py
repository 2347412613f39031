"""Every promise to citizens stands in `docs/promises.md` with a test that holds it to the code."""

import re
from functools import cache

import pytest

from app.domain.surveys.survey import SurveyDefinition
from app.models import Base
from app.services.surveys.surveys import read_starter, starter_names
from tests.meta import ROOT, python_files, shown
from tests.meta.product.messages import sentences, sentences_in_template

DOCUMENT = (ROOT / "docs" / "promises.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in DOCUMENT.splitlines() if line.startswith("| ")
]
PROMISES = [row for row in ROWS if row[0] != "sentence"]
NO_PROMISE = re.findall(r"^- (.+)$", DOCUMENT, re.M)
#: where everything that is said is a promise, or in the list at the end
PROMISING = (
    *(f"templates/public/responses/opening/{name}.html" for name in ("promises", "first_screen", "not_kept")),
    *(f"templates/public/responses/{name}.html" for name in ("confirmation", "arrived", "scripted/states")),
    "templates/public/installation/privacy.html",
    *(f"printables/{name}/{name}.html" for name in ("poster", "slip", "tent-card")),
)
STARTERS = [read_starter(name).definition for name in starter_names()]
ASKS_WHO = re.compile(
    r"your (name|number|address|mobile|phone|e-?mail)|date of birth|\b(otp|aadhaar)\b"
    r"|आपका (नाम|नंबर|पता)|जन्म|आधार|मोबाइल नंबर",
    re.I,
)
#: how the notice calls what a table beside an answer keeps
NAMED = {
    "id": "nothing: drawn at random",
    "place_id": "The police station or office",
    "placement_id": "which code you opened",
    "survey_version_id": "which version of the questions",
    "channel": "How the answer came",
    "evidence": "How the answer came",
    "language": "The language of the page",
    "week": "The week in which you answered",
    "answers": "Your answers, as you sent them",
    "digest": "Your answers, as you sent them",
    "broken": "Your answers, as you sent them",
    "mark": "nothing: made of all the others",
}
FOR_THREE_DAYS = {
    "response_id": "nothing: drawn at random",
    "placement_id": "which code you opened",
    "arrived_at": "when your answer arrived",
    "body_digest": "a check number of it",
    "address_mac": "a scrambled form of the address",
    "is_screened": "nothing: whether answers like it were looked for",
    "is_sealed": "nothing: whether its mark was multiplied into that of its week",
}
OF_MANY_ALIKE = {
    "response_id": "nothing: drawn at random",
    "rule": "as good as the same",
    "alike": "how many",
    "expected_tenths": "nothing: how many were expected",
    "tail": "nothing: how rare that is",
    "week": "nothing: in which week it was found, for all that are found in it",
}


@cache
def all_said() -> frozenset[str]:
    return frozenset(sentence.text for sentence in sentences())


def test_the_tables_are_read() -> None:
    assert len(PROMISES) > 60
    assert {len(row) for row in ROWS} == {3}
    listed = [row[0] for row in PROMISES] + NO_PROMISE
    assert sorted(set(listed)) == sorted(listed)


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row[0][:60])
def test_a_promise_is_said_and_held_by_tests_that_are_there(row: list[str]) -> None:
    sentence, code, tests = row
    assert sentence in all_said()
    assert all((ROOT / path).is_file() for path in re.findall(r"`([^`]+)`", code))
    held = re.findall(r"`([^`]+)`", tests)
    assert held
    for test in held:
        path, _colons, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), test


@pytest.mark.parametrize("file", PROMISING)
def test_what_a_promising_page_says_is_listed(file: str) -> None:
    said = _sentences_of(file)
    assert said
    assert said - {row[0] for row in PROMISES} - set(NO_PROMISE) == set()


def test_nothing_is_listed_that_nobody_says() -> None:
    assert [text for text in NO_PROMISE if text not in all_said()] == []


def test_no_questionnaire_of_ours_asks_who_somebody_is() -> None:
    for definition in _starters():
        words = [dict(question.label) for question in definition.questions()]
        words += [
            dict(part.label) for question in definition.questions() for part in (*question.choices, *question.rows)
        ]
        asked = [text for labels in words for text in labels.values()]
        assert not any(question.type.is_free_text for question in definition.questions())
        if definition.kind != "quiz":
            assert [text for text in asked if ASKS_WHO.search(text)] == []


def test_every_question_of_ours_can_be_left_out() -> None:
    assert [each.name for definition in _starters() for each in definition.questions() if each.required] == []


def test_the_notice_names_every_column_that_is_kept() -> None:
    notice = " ".join(_sentences_of("templates/public/installation/privacy.html"))
    for table, named in (("response", NAMED), ("arrival", FOR_THREE_DAYS), ("finding", OF_MANY_ALIKE)):
        assert set(Base.metadata.tables[table].columns.keys()) == set(named)
        assert [words for words in named.values() if not words.startswith("nothing") and words not in notice] == []


def test_nothing_in_the_code_deletes_an_answer() -> None:
    deleting = re.compile(r"delete\((Response|Verdict|Release)\b|DELETE FROM (response|verdict|release)\b", re.I)
    assert [shown(file) for file in python_files("app") if deleting.search(file.read_text("utf-8"))] == []


def _starters() -> list[SurveyDefinition]:
    found = [definition for definition in STARTERS if definition is not None]
    assert len(found) == len(STARTERS) > 3
    return found


def _sentences_of(file: str) -> set[str]:
    return {sentence.text for sentence in sentences_in_template(ROOT / file)}
