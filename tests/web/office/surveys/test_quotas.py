"""Quotas in the office: choose questions, type targets, see progress, take the table away."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey, definition, question
from tests.fixtures.accounts import SignIn

PEOPLE = definition(
    [
        question("sex", "select_one", "woman", "man"),
        question("age", "select_one", "young", "old"),
        question("respect", "scale"),
    ]
)
QUOTAS = "/office/surveys/people/quotas"
CHOSEN = {"question": ["sex", "age", ""]}
TARGETS = {"target/woman/young": "3", "target/man/old": "१२", "target/man/young": " "}


@pytest.fixture
def admin(sign_in: SignIn) -> FlaskClient:
    with transaction() as session:
        version = add_survey(session, PEOPLE, slug="people")
        village = add_place(session, name_en="Village")
        answers = [{"sex": "woman", "age": "young"}] * 2
        add_responses(session, village, version, date(2026, 6, 8), answers, channel=Channel.INTERVIEW)
    return sign_in(Role.STATE_ADMIN)


def save(admin: FlaskClient, **changes: str) -> None:
    assert admin.post(f"{QUOTAS}/targets", data={**CHOSEN, **TARGETS, **changes}).status_code == 302


def test_without_quotas_the_page_says_what_they_are_for(admin: FlaskClient) -> None:
    assert f'href="{QUOTAS}"' in admin.get("/office/surveys/people").text
    page = admin.get(QUOTAS).text
    assert "No quotas yet" in page
    assert f"{QUOTAS}/questions" in page


def test_only_questions_with_exactly_one_choice_are_offered(admin: FlaskClient) -> None:
    page = admin.get(f"{QUOTAS}/questions").text
    assert page.count('<option value="sex"') == page.count('<option value="age"') == 3
    assert 'value="respect"' not in page


def test_every_group_has_a_field_that_says_which_it_is(admin: FlaskClient) -> None:
    page = admin.get(f"{QUOTAS}/targets", query_string=CHOSEN).text
    for name, label in (("woman/young", "woman · young"), ("man/old", "man · old")):
        assert f'name="target/{name}"' in page
        assert f'aria-label="{label}"' in page


def test_quotas_are_set_seen_and_changed(admin: FlaskClient) -> None:
    answer = admin.post(f"{QUOTAS}/targets", data={**CHOSEN, **TARGETS}, follow_redirects=True)
    assert "The quotas are set" in answer.text
    assert "woman · young" in answer.text
    assert "2 of 15" in answer.text
    assert 'value="12"' in admin.get(f"{QUOTAS}/targets", query_string=CHOSEN).text
    assert 'value="age" selected' in admin.get(f"{QUOTAS}/questions").text


def test_a_group_that_is_full_says_so(admin: FlaskClient) -> None:
    save(admin, **{"target/woman/young": "2"})
    assert ">Full<" in admin.get(QUOTAS).text


def test_the_table_goes_into_a_spreadsheet(admin: FlaskClient) -> None:
    save(admin)
    answer = admin.get(f"{QUOTAS}/quotas.csv")
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == '"questions","group","group_hi","group_en","target","counted","missing"'
    assert lines[1] == '"sex × age","woman × young","woman हिन्दी · young हिन्दी","woman · young","3","2","1"'
    assert "quotas-people-" in answer.headers["Content-Disposition"]
    assert admin.get("/office/surveys/people/quotas/quotas.csv").status_code == 200


@pytest.mark.parametrize("typed", ["-1", "three", "1.5", "100001", "9" * 40, "²", "1_0", "<b>"])
def test_a_target_that_is_none_comes_back_as_it_was_typed(admin: FlaskClient, typed: str) -> None:
    answer = admin.post(f"{QUOTAS}/targets", data={**CHOSEN, **TARGETS, "target/woman/old": typed})
    assert answer.status_code == 422
    assert "A target is a whole number from 0 to 100000" in answer.text
    assert 'value="3"' in answer.text
    assert 'href="#target/woman/old"' in answer.text
    assert "No quotas yet" in admin.get(QUOTAS).text


@pytest.mark.parametrize("names", [[], ["caste"], ["respect"], ["sex", "sex"]])
def test_questions_that_make_no_groups_are_refused_with_the_reason(admin: FlaskClient, names: list[str]) -> None:
    answer = admin.get(f"{QUOTAS}/targets", query_string={"question": names})
    assert answer.status_code == 422
    assert 'href="#question-1"' in answer.text
    assert admin.post(f"{QUOTAS}/targets", data={"question": names}).status_code == 422


def test_a_closed_questionnaire_shows_its_quotas_and_takes_no_new_ones(admin: FlaskClient) -> None:
    save(admin)
    admin.post("/office/surveys/people/close")
    assert "woman · young" in admin.get(QUOTAS).text
    assert "Change the quotas" not in admin.get(QUOTAS).text
    assert admin.post(f"{QUOTAS}/targets", data={**CHOSEN, **TARGETS}).status_code == 409


@pytest.mark.usefixtures("admin")
def test_the_page_speaks_hindi(sign_in: SignIn) -> None:
    reader = sign_in(Role.STATE_ADMIN, language="hi")
    save(reader)
    page = reader.get(QUOTAS).text
    assert "woman हिन्दी · young हिन्दी" in page
    assert "Quotas" not in page
    assert "कोटा" in page
