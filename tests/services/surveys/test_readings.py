"""How the answers of a version are read: with a draft, frozen by publishing, added once."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.surveys.reading import NOTHING_READ
from app.models import AuditEntry, KeptReading
from app.services.surveys.readings import reading_of
from app.services.surveys.surveys import VersionView, import_draft, publish_draft
from tests.factories.xlsform.forms import READ_AS, SMALL, read

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PLAIN, READ = read(SMALL), read(READ_AS)


def added(session: Session) -> list[str]:
    """What the audit says of it: of which survey, and the digests."""
    chosen = select(AuditEntry.subject, AuditEntry.details).where(AuditEntry.action == "survey.reading_added")
    return [f"{subject} {json.loads(details)['digest']}" for subject, details in session.execute(chosen)]


def published(session: Session) -> VersionView:
    return publish_draft(session, "small-thing", actor_id=None, now=NOW)


def test_it_goes_with_the_draft_and_is_frozen_with_it(any_session: Session) -> None:
    draft = import_draft(any_session, READ, actor_id=None, now=NOW)
    assert reading_of(any_session, draft.id) == READ.read_as
    import_draft(any_session, PLAIN, actor_id=None, now=NOW)
    assert reading_of(any_session, draft.id) == NOTHING_READ
    import_draft(any_session, READ, actor_id=None, now=NOW)
    version = published(any_session)
    with pytest.raises(Problem, match="already the published version"):
        import_draft(any_session, READ, actor_id=None, now=NOW)
    assert reading_of(any_session, version.id) == READ.read_as
    assert added(any_session) == []


def test_it_is_added_once_to_what_is_published(any_session: Session) -> None:
    import_draft(any_session, PLAIN, actor_id=None, now=NOW)
    version = published(any_session)
    with pytest.raises(Problem, match="already the published version"):
        import_draft(any_session, PLAIN, actor_id=None, now=NOW)
    assert import_draft(any_session, READ, actor_id=None, now=NOW) == version
    kept = any_session.get_one(KeptReading, version.id)
    assert (kept.added_at, reading_of(any_session, version.id)) == (NOW, READ.read_as)
    assert added(any_session) == [f"survey:{version.survey_id} {READ.read_as.digest}"]
    with pytest.raises(Problem, match="already the published version"):
        import_draft(any_session, READ, actor_id=None, now=NOW)
