"""Questionnaires in the office: bring in, look at, publish, close."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.accounts.role import Role
from app.formats.catalogue import catalogue
from app.formats.xlsform import sheets as xlsform_sheets
from app.formats.xlsform.reading import read_form
from app.models import SurveyVersion
from app.services.surveys.surveys import get_survey
from app.transaction import reading
from tests.factories.xlsform.forms import HINDI, READ_AS, SMALL, STARTERS, as_markdown, as_xlsx, settings, survey_rows
from tests.fixtures.accounts import SignIn
from tests.formats.test_sound import MP3

LIST = "/office/surveys"
SURVEY = f"{LIST}/small-thing"


@pytest.fixture
def admin(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.STATE_ADMIN)


def bring(client: FlaskClient, data: bytes = as_markdown(SMALL), name: str = "form.md") -> TestResponse:
    return client.post(LIST, data={"file": (io.BytesIO(data), name)})


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


def publish(client: FlaskClient, number: int = 1) -> TestResponse:
    """Press the button of the page on which the version was read."""
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page(client, f"{SURVEY}/{number}"))
    return client.post(f"{SURVEY}/publish", data={"seen": seen[1] if seen else ""})


def published(client: FlaskClient) -> None:
    bring(client)
    assert publish(client).status_code == 302


def versions() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(SurveyVersion)) or 0


def test_an_empty_list_says_what_to_do(admin: FlaskClient) -> None:
    text = page(admin, LIST)
    assert "No questionnaires yet" in text
    assert "station-visit" in text


def test_a_form_is_kept_as_a_draft_and_shown_in_both_languages(admin: FlaskClient) -> None:
    response = bring(admin, as_xlsx(SMALL), "form.xlsx")
    assert response.location == f"{SURVEY}/1"
    text = page(admin, response.location)
    assert "Kept as a draft" in text
    assert "क्या आप थाने गए थे?" in text
    assert "Did you go to the station?" in text
    for language in ("hi", "en"):
        assert catalogue(language).gettext("Rather not say") in text
    assert "${visited} = &#39;yes&#39;" in text


def test_the_two_languages_share_no_field_and_no_id(admin: FlaskClient) -> None:
    bring(admin)
    text = page(admin, f"{SURVEY}/1")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    names = set(re.findall(r'name="((?:hi|en)-[^"]+)"', text))
    assert names == {f"{language}-{name}" for language in ("hi", "en") for name in ("visited", "age")}


def test_every_problem_of_a_refused_form_is_shown_with_its_place(admin: FlaskClient) -> None:
    sheets = survey_rows(["geopoint", "a", *HINDI], ["text", "b c", "<b>", "x"])
    response = bring(admin, as_markdown(sheets))
    text = response.get_data(as_text=True)
    assert response.status_code == 422
    for code in ("form.identifying_type", "form.bad_name"):
        assert code in text
    assert '<td class="figure">6</td>' in text
    assert versions() == 0


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\0\0", b"x" * 1001])
def test_no_file_breaks_the_page(admin: FlaskClient, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsform_sheets, "MAX_BYTES", 1000)
    response = bring(admin, data)
    assert response.status_code == 422
    assert "cannot be used yet" in response.get_data(as_text=True)


def test_a_post_without_a_file_comes_back_with_an_error(admin: FlaskClient) -> None:
    response = admin.post(LIST, data={})
    assert response.status_code == 422
    assert response.get_data(as_text=True).count("Please choose a file.") == 2


def test_a_starter_becomes_a_draft_and_is_offered_no_more(admin: FlaskClient) -> None:
    for name in (file.stem for file in STARTERS.glob("*.md")):
        response = admin.post(f"/office/survey-starters/{name}")
        assert response.location == f"{LIST}/{name}/1"
        assert "Publish for citizens" in page(admin, response.location)
    assert 'action="/office/survey-starters' not in page(admin, LIST)
    assert admin.post("/office/survey-starters/..%2Fx").status_code == 404


def test_a_starter_can_be_downloaded_changed_and_brought_in(admin: FlaskClient) -> None:
    for file in STARTERS.glob("*.md"):
        response = admin.get(f"/office/survey-starters/{file.stem}.xlsx")
        assert response.headers["Content-Disposition"] == f'attachment; filename="{file.stem}.xlsx"'
        assert read_form(response.data, "x.xlsx") == read_form(file.read_bytes(), file.name)
    page(admin, "/office/survey-starters/nothing.xlsx", 404)


def test_publishing_shows_it_and_keeps_it_as_it_was(admin: FlaskClient) -> None:
    published(admin)
    text = page(admin, SURVEY)
    assert "Published. Codes of this questionnaire" in text
    with reading() as session:
        assert get_survey(session, "small-thing").published is not None
    assert "Publish for citizens" not in page(admin, f"{SURVEY}/1")
    assert bring(admin).status_code == 409


def test_good_answers_can_be_added_to_what_is_published(admin: FlaskClient) -> None:
    published(admin)
    page_of_it = admin.post("/office/surveys", data={"file": (io.BytesIO(as_markdown(READ_AS)), "form.md")}).location
    assert page_of_it == "/office/surveys/small-thing"
    assert "Added to what is published: which answers are good" in page(admin, page_of_it)
    assert bring(admin, as_markdown(READ_AS)).status_code == 409
    assert versions() == 1


def test_a_draft_that_is_not_ready_says_why_and_offers_no_button(admin: FlaskClient) -> None:
    response = bring(admin, as_markdown(survey_rows(["text", "why", "क्यों?", ""])))
    text = page(admin, response.location)
    assert "“why” has no English text." in text
    assert "there is no page yet on which anybody reads that" in text
    assert "Publish for citizens" not in text
    with reading() as session:
        seen = get_survey(session, "small-thing").newest.fingerprint
    assert admin.post(f"{SURVEY}/publish", data={"seen": seen}).status_code == 422
    with reading() as session:
        assert get_survey(session, "small-thing").published is None


def test_only_what_was_read_is_published(admin: FlaskClient) -> None:
    published(admin)
    bring(admin, as_markdown(survey_rows(["integer", "age", *HINDI])))
    assert publish(admin, 1).status_code == 409
    read = re.search(r'name="seen" value="(.*?)"', page(admin, f"{SURVEY}/2"))
    bring(admin, as_markdown(survey_rows(["integer", "years", *HINDI])))
    assert read is not None
    assert admin.post(f"{SURVEY}/publish", data={"seen": read[1]}).status_code == 409
    assert publish(admin, 2).status_code == 302
    assert "Replaced" in page(admin, SURVEY)


def test_warnings_of_a_form_are_told_with_their_row(admin: FlaskClient) -> None:
    sheets = {**SMALL, "settings": [*SMALL["settings"], ["x", "y", "z"]]}
    assert "Row 4: Only the first row of the settings is used." in page(
        admin, bring(admin, as_markdown(sheets)).location
    )


def test_closing_asks_first(admin: FlaskClient) -> None:
    published(admin)
    assert "Close this questionnaire?" in page(admin, f"{SURVEY}/close")
    with reading() as session:
        assert get_survey(session, "small-thing").published is not None
    assert admin.post(f"{SURVEY}/close").location == SURVEY
    with reading() as session:
        assert get_survey(session, "small-thing").published is None
    assert admin.post(f"{SURVEY}/close").status_code == 409


def test_a_quiz_shows_its_key_to_those_who_check_it(admin: FlaskClient) -> None:
    sheets = survey_rows(["select_one yes_no", "a", *HINDI, "yes"], columns=["key"])
    response = bring(admin, as_markdown({**sheets, "settings": settings(samvad_kind="quiz")}))
    assert "Right answer: <code>yes</code>" in page(admin, response.location)


def test_hostile_words_are_words(admin: FlaskClient) -> None:
    hostile = "<script>alert(1)</script>{{ 7919*7919 }}"
    response = bring(admin, as_markdown(survey_rows(["integer", "a", hostile, hostile])))
    text = page(admin, response.location)
    assert "<script>" not in text
    assert str(7919 * 7919) not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7919*7919 }}" in text


def test_what_is_not_there_is_not_found(admin: FlaskClient) -> None:
    bring(admin)
    for path in (f"{LIST}/nothing", f"{SURVEY}/9", f"{LIST}/nothing/close"):
        page(admin, path, 404)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STATE_ADMIN])
def test_nobody_else_may_enter(sign_in: SignIn, role: Role) -> None:
    other = sign_in(role)
    assert other.get(LIST).status_code == 403
    assert bring(other).status_code == 403
    assert other.post("/office/survey-starters/station-visit").status_code == 403
    assert versions() == 0


def test_the_pages_speak_hindi(sign_in: SignIn) -> None:
    admin = sign_in(Role.STATE_ADMIN, language="hi")
    published(admin)
    for path in (LIST, SURVEY, f"{SURVEY}/1", f"{SURVEY}/close"):
        assert '<html lang="hi">' in page(admin, path)


def test_recordings_are_brought_in_for_a_draft(admin: FlaskClient) -> None:
    columns = ["audio::हिन्दी (hi)"]
    rows = survey_rows(["integer", "age", *HINDI, "age-hi.mp3"], columns=columns)
    at = bring(admin, as_markdown(rows)).location
    assert at
    slug = at.split("/")[-2]
    shown = page(admin, at)
    assert "were not brought in" in shown
    assert "<code>age-hi.mp3</code>" in shown

    def send(*files: tuple[bytes, str]) -> str:
        data = {"files": [(io.BytesIO(content), name) for content, name in files]}
        return admin.post(f"/office/surveys/{slug}/recordings", data=data, follow_redirects=True).text

    assert "Please choose a file" in send()
    assert "is not the sound file" in send((b"<html>", "age-hi.mp3"))
    assert "larger than 500 kB" in send((MP3 + b"\0" * 500_000, "age-hi.mp3"))
    done = send((MP3, "age-hi.mp3"), (MP3, "other.mp3"))
    assert "1 recording was kept" in done
    assert "other.mp3" in done
    assert "all of them are here" in done


def test_newer_questions_are_told_and_taken_over_as_a_draft(admin: FlaskClient) -> None:
    starter = (STARTERS / "station-visit.md").read_text("utf-8")
    title = "Your visit to the police station"
    assert title in starter
    bring(admin, starter.replace(title, "An earlier title").encode(), "station-visit.md")
    with reading() as session:
        seen = get_survey(session, "station-visit").newest.fingerprint
    admin.post("/office/surveys/station-visit/publish", data={"seen": seen})
    assert "newer questions are there" in page(admin, "/office/surveys")
    told = page(admin, "/office/surveys/station-visit")
    for said in ("Newer questions are there", "Another title", "An earlier title", title):
        assert said in told
    admin.post("/office/survey-starters/station-visit")
    for path in ("/office/surveys", "/office/surveys/station-visit"):
        assert "ewer questions are there" not in page(admin, path)
    with reading() as session:
        survey = get_survey(session, "station-visit")
        assert survey.draft is not None
        assert survey.draft.definition.title["en"] == title
        assert survey.published is not None
        assert survey.published.definition.title["en"] == "An earlier title"
