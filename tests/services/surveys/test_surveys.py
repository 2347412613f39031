from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.formats.xlsform.reading import FormReading, read_form
from app.models import AuditEntry, Department, SurveyVersion
from app.services.surveys.surveys import (
    VersionView,
    check_form,
    close_survey,
    get_survey,
    get_version,
    import_draft,
    list_surveys,
    publish_draft,
)
from tests.factories.xlsform.forms import HINDI, SMALL, STARTERS, as_markdown, settings, survey_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

FORM = read_form(as_markdown(SMALL), "form.md")
OTHER = read_form(as_markdown(survey_rows(["integer", "age", *HINDI])), "form.md")
TEXT = read_form(as_markdown(survey_rows(["text", "why", *HINDI])), "form.md")


def imported(session: Session, reading: FormReading = FORM) -> VersionView:
    return import_draft(session, reading, actor_id=None, now=NOW)


def published(session: Session, reading: FormReading = FORM, now: datetime = NOW) -> VersionView:
    slug = imported(session, reading).slug
    return publish_draft(session, slug, actor_id=None, now=now)


def refused(problem: str) -> pytest.RaisesExc[Problem]:
    return pytest.RaisesExc(Problem, check=lambda error: error.code == problem)


def test_a_form_becomes_a_draft_that_nobody_sees(any_session: Session) -> None:
    version = imported(any_session)
    assert (version.slug, version.number, version.state) == ("small-thing", 1, "draft")
    assert version.definition == FORM.definition
    assert get_survey(any_session, version.slug).published is None


def test_a_second_import_replaces_the_draft(any_session: Session) -> None:
    first, second = imported(any_session), imported(any_session, OTHER)
    assert (first.id, first.number) == (second.id, second.number)
    assert second.fingerprint != first.fingerprint
    assert len(get_survey(any_session, "small-thing").versions) == 1


def test_a_refused_form_is_not_kept(any_session: Session) -> None:
    reading = read_form(b"| survey |\n| | type | name | label |\n| | colour | a | x |", "bad.md")
    with refused("survey.form_refused") as refusal:
        imported(any_session, reading)
    assert [part.code for part in refusal.value.parts] == ["form.unknown_type"]
    assert list_surveys(any_session) == ()


def test_publishing_is_for_good(any_session: Session) -> None:
    version = published(any_session)
    assert (version.state, version.published_at) == ("published", NOW)
    assert get_survey(any_session, version.slug).published == version
    with refused("survey.no_draft"):
        publish_draft(any_session, "small-thing", actor_id=None, now=NOW)
    with refused("survey.unchanged"):
        imported(any_session)
    again = imported(any_session, OTHER)
    assert (again.id != version.id, again.number, again.state) == (True, 2, "draft")
    assert get_version(any_session, "small-thing", 1) == version


def test_only_the_draft_that_was_read_is_published(session: Session) -> None:
    read = imported(session)
    imported(session, OTHER)
    with refused("survey.draft_changed"):
        publish_draft(session, "small-thing", actor_id=None, now=NOW, seen=read.fingerprint)


def test_the_next_version_replaces_the_last_without_closing_it(any_session: Session) -> None:
    first = published(any_session)
    second = published(any_session, OTHER, LATER)
    survey = get_survey(any_session, "small-thing")
    assert survey.published == second
    replaced = survey.versions[1]
    assert (replaced.id, replaced.state, replaced.closed_at) == (first.id, "closed", None)
    assert replaced.is_replaced


def test_closing_ends_every_version(any_session: Session) -> None:
    published(any_session)
    published(any_session, OTHER)
    closed = close_survey(any_session, "small-thing", actor_id=None, now=LATER)
    assert {(version.state, version.closed_at) for version in closed.versions} == {("closed", LATER)}
    assert closed.published is None
    with refused("survey.not_open"):
        close_survey(any_session, "small-thing", actor_id=None, now=LATER)


def test_a_closed_survey_opens_again_with_a_new_version(any_session: Session) -> None:
    published(any_session)
    close_survey(any_session, "small-thing", actor_id=None, now=NOW)
    again = published(any_session, FORM, LATER)
    assert (again.number, again.state, again.closed_at) == (2, "published", None)


def test_a_survey_keeps_its_kind(any_session: Session) -> None:
    imported(any_session)
    poll = read_form(as_markdown({**SMALL, "settings": settings(samvad_kind="poll")}), "form.md")
    with refused("survey.kind_changed"):
        imported(any_session, poll)


def test_what_is_not_in_both_languages_is_not_published(any_session: Session) -> None:
    sheets = {
        "settings": [["form_title::hi", "form_id"], ["राय", "half"]],
        "survey": [["type", "name", "label::hi", "hint::en"], ["select_one l", "a", "कैसा?", "x"]],
        "choices": [["list_name", "name", "label::hi"], ["l", "b", "ठीक"]],
    }
    reading = check_form(as_markdown(sheets), "half.md")
    assert reading.problems == ()
    lacking = [(warning.code, warning.details["where"]) for warning in reading.warnings]
    assert lacking == [
        ("survey.no_english", "form_title"),
        ("survey.no_english", "a"),
        ("survey.no_hindi", "a: hint"),
        ("survey.no_english", "a: b"),
    ]
    imported(any_session, reading)
    with refused("survey.not_ready") as refusal:
        publish_draft(any_session, "half", actor_id=None, now=NOW)
    assert len(refusal.value.parts) == 4
    assert get_survey(any_session, "half").newest.state == "draft"


def test_free_text_is_not_published_whoever_reads_it(any_session: Session) -> None:
    any_session.add(Department(id=1, name_hi="क", name_en="K", free_text_reader="Women's cell, headquarters"))
    imported(any_session, TEXT)
    with refused("survey.not_ready") as refusal:
        publish_draft(any_session, "small-thing", actor_id=None, now=NOW)
    assert [part.code for part in refusal.value.parts] == ["survey.unread_text"]
    assert get_survey(any_session, "small-thing").newest.state == "draft"


def test_each_step_is_in_the_audit(session: Session) -> None:
    published(session)
    close_survey(session, "small-thing", actor_id=None, now=LATER)
    actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))
    assert actions == ["survey.imported", "survey.published", "survey.closed"]


@pytest.mark.parametrize("file", sorted(STARTERS.glob("*.md")), ids=lambda file: file.stem)
def test_the_surveys_to_begin_from_can_be_published_as_they_are(session: Session, file: object) -> None:
    reading = check_form(file.read_bytes(), file.name)  # type: ignore[attr-defined]
    assert (reading.problems, reading.warnings) == ((), ())
    assert reading.definition is not None
    assert not any(question.type.is_free_text for question in reading.definition.questions())
    published(session, reading)


def test_what_is_not_there_is_named(session: Session) -> None:
    with refused("survey.unknown"):
        get_survey(session, "nothing")
    imported(session)
    with refused("survey.version_unknown"):
        get_version(session, "small-thing", 7)
    assert session.scalar(select(SurveyVersion.number)) == 1
