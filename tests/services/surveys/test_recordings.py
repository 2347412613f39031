"""Recorded questions: brought in for a draft, given out once it is published."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.surveys.recordings import LARGEST
from app.models import AuditEntry, SurveyVersion
from app.services.surveys.recordings import bring_recordings, missing_recordings, read_recording, recorded
from app.services.surveys.surveys import publish_draft
from tests.factories import add_survey
from tests.factories.surveys.surveys import definition, question
from tests.formats.test_sound import MP3, OGG, WAV

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SPOKEN = definition(
    [
        question("first", "text", audio={"hi": "first-hi.mp3", "en": "first-en.ogg"}),
        question("second", "text", audio={"hi": "second-hi.wav"}),
        question("third", "text"),
    ]
)


def add_draft(session: Session) -> SurveyVersion:
    return add_survey(session, SPOKEN, slug="spoken", published_at=None)


def refused(session: Session, files: dict[str, bytes], slug: str = "spoken") -> list[tuple[str, object]]:
    with pytest.raises(Problem) as caught:
        bring_recordings(session, slug, files, actor_id=None, now=NOW)
    return [(each.code, each.details.get("name")) for each in (caught.value, *caught.value.parts)]


def test_files_are_kept_and_what_is_missing_or_not_asked_is_told(any_session: Session) -> None:
    draft = add_draft(any_session)
    files = {"first-hi.mp3": MP3, "first-en.ogg": OGG, "notes.txt": b"x"}
    brought = bring_recordings(any_session, "spoken", files, actor_id=None, now=NOW)
    assert brought.kept == ("first-en.ogg", "first-hi.mp3")
    assert (brought.not_asked, brought.missing) == (("notes.txt",), ("second-hi.wav",))
    assert recorded(any_session, draft.id) == {"first-hi.mp3", "first-en.ogg"}
    assert missing_recordings(any_session, draft.id, SPOKEN) == ("second-hi.wav",)
    entry = any_session.scalars(select(AuditEntry)).one()
    assert (entry.action, json.loads(entry.details)["files"]) == ("survey.recordings_added", list(brought.kept))


def test_what_only_an_earlier_draft_named_is_not_published(any_session: Session) -> None:
    draft = add_draft(any_session)
    bring_recordings(any_session, "spoken", {"first-hi.mp3": MP3, "first-en.ogg": OGG}, actor_id=None, now=NOW)
    draft.definition = definition([question("first", "integer", audio={"hi": "first-hi.mp3"})]).canonical_json
    any_session.flush()
    publish_draft(any_session, "spoken", actor_id=None, now=NOW)
    assert recorded(any_session, draft.id) == {"first-hi.mp3"}


def test_all_of_the_files_are_taken_or_none(any_session: Session) -> None:
    draft = add_draft(any_session)
    files = {"first-hi.mp3": MP3, "first-en.ogg": b"no sound", "second-hi.wav": WAV + b"\0" * LARGEST}
    assert refused(any_session, files) == [
        ("recording.not_sound", "first-en.ogg"),
        ("recording.too_large", "second-hi.wav"),
    ]
    assert recorded(any_session, draft.id) == frozenset()


def test_they_are_given_out_and_never_changed_once_published(any_session: Session) -> None:
    draft = add_draft(any_session)
    bring_recordings(any_session, "spoken", {"first-hi.mp3": MP3}, actor_id=None, now=NOW)
    bring_recordings(any_session, "spoken", {"first-hi.mp3": MP3 + b"2"}, actor_id=None, now=NOW)
    with pytest.raises(Problem, match=r"recording\.unknown"):
        read_recording(any_session, draft.id, "first-hi.mp3")
    draft.state, draft.published_at = "published", NOW
    any_session.flush()
    found = read_recording(any_session, draft.id, "first-hi.mp3")
    assert (found.media_type, found.body) == ("audio/mpeg", MP3 + b"2")
    assert refused(any_session, {"first-hi.mp3": MP3})[0][0] == "survey.no_draft"
    assert refused(any_session, {}, "nothing")[0][0] == "survey.unknown"
    for version, name in ((draft.id, "first-en.ogg"), (draft.id + 1, "first-hi.mp3")):
        with pytest.raises(Problem, match=r"recording\.unknown"):
            read_recording(any_session, version, name)
