"""The rules of a survey version, as a phone fetches and keeps them."""

import json
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from app.domain.responses.answers import compile_survey
from app.domain.surveys.survey import SurveyDefinition
from app.transaction import transaction
from tests.factories import add_survey
from tests.factories.responses.answers import EVERY_TYPE
from tests.factories.surveys.surveys import VISIT, definition, question

QUIZ = definition([question("capital", "select_one", "bhopal", "indore", key="bhopal")], kind="quiz")
WORDY = definition(
    [
        question(
            "age",
            "integer",
            hint={"hi": "साल में", "en": "In years"},
            audio={"hi": "age-hi.mp3"},
            constraint=["<", ["self"], ["num", "120"]],
            constraint_message={"hi": "120 तक", "en": "Up to 120"},
        )
    ]
)


def add(content: SurveyDefinition, **columns: datetime | None) -> int:
    with transaction() as session:
        return add_survey(session, content, **columns).id


def test_the_rules_are_the_definition_without_its_words(client: FlaskClient) -> None:
    rules = client.get(f"/api/v1/surveys/{add(WORDY)}").get_json()
    assert rules["pages"][0]["questions"] == [
        {
            "name": "age",
            "type": "integer",
            "relevant": None,
            "required": False,
            "constraint": ["<", ["self"], ["num", "120"]],
            "constraint_message": {"hi": "120 तक", "en": "Up to 120"},
            "choices": [],
            "exclusive": [],
            "rows": [],
        }
    ]


def test_choices_and_rows_keep_their_names_only(client: FlaskClient) -> None:
    questions = client.get(f"/api/v1/surveys/{add(EVERY_TYPE)}").get_json()["pages"][0]["questions"]
    table = next(asked for asked in questions if asked["name"] == "table")
    assert table["rows"] == [{"name": "water"}, {"name": "toilet"}]
    assert all(choice.keys() == {"name"} for asked in questions for choice in asked["choices"])


def test_a_quiz_keeps_its_key_to_itself(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/surveys/{add(QUIZ)}")
    assert "key" not in answer.get_json()["pages"][0]["questions"][0]


def test_a_phone_may_keep_the_rules_for_ever(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/surveys/{add(VISIT)}")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "application/json"
    assert "Set-Cookie" not in answer.headers


def test_a_closed_version_is_still_known_to_phones_that_show_it(client: FlaskClient) -> None:
    version = add(VISIT, closed_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert client.get(f"/api/v1/surveys/{version}").status_code == 200


@pytest.mark.parametrize("address", ["0", "999", "2147483647", "2147483648", "9" * 30, "-1", "x"])
def test_what_was_never_published_is_not_found_and_not_kept(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/api/v1/surveys/{address}")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_a_draft_is_not_shown(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/surveys/{add(VISIT, published_at=None)}")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "survey.version_unknown")


@pytest.mark.usefixtures("free_text_is_read")
def test_answers_are_checked_alike_by_the_rules_and_by_the_whole_definition(client: FlaskClient) -> None:
    rules = client.get(f"/api/v1/surveys/{add(EVERY_TYPE)}").get_data(as_text=True)
    words = {"label": {}, "hint": None}
    document = json.loads(rules)
    document["title"] = {}
    for asked in document["pages"][0]["questions"]:
        asked |= words
        for part in asked["choices"] + asked["rows"]:
            part |= {"label": {}}
    day = datetime(2026, 11, 23, tzinfo=UTC).date()
    given = {"one": "z", "many": ["none", "a"], "table": {"water": 3}, "line": " x "}
    trimmed = compile_survey(SurveyDefinition.from_json(document)).check(given, day)
    assert trimmed == compile_survey(EVERY_TYPE).check(given, day)
