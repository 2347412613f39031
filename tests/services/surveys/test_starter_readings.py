"""What came with Samvad learns at an upgrade how its answers are read."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.surveys.reading import NOTHING_READ
from app.formats.xlsform.reading import FormReading
from app.models import KeptReading
from app.services.surveys.readings import reading_of
from app.services.surveys.starter_readings import add_starter_readings
from app.services.surveys.surveys import VersionView, import_draft, publish_draft, read_starter
from tests.factories.xlsform.forms import SMALL, read

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def published(session: Session, form: FormReading) -> VersionView:
    import_draft(session, form, actor_id=None, now=NOW)
    return publish_draft(session, form.slug, actor_id=None, now=NOW)


def test_what_came_with_samvad_gets_it_at_an_upgrade(any_session: Session) -> None:
    other = published(any_session, read(SMALL))
    starter = read_starter("station-visit")
    version = published(any_session, starter)
    any_session.delete(any_session.get_one(KeptReading, version.id))
    any_session.flush()
    assert add_starter_readings(any_session, NOW) == (starter.slug,)
    assert reading_of(any_session, version.id) == starter.read_as
    assert reading_of(any_session, other.id) == NOTHING_READ
    assert add_starter_readings(any_session, NOW) == ()
