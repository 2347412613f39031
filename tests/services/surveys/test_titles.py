from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName
from app.services.surveys.surveys import import_draft, publish_draft, read_starter
from app.services.surveys.titles import titles_of

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def test_by_what_is_published_and_else_by_the_draft(any_session: Session) -> None:
    drafts = {name: import_draft(any_session, read_starter(name), actor_id=None, now=NOW).survey_id for name in NAMES}
    publish_draft(any_session, "station-visit", actor_id=None, now=NOW)
    titles = titles_of(any_session, drafts.values())
    visit, perception = (titles[drafts[name]] for name in NAMES)
    assert visit.slug == "station-visit"
    assert visit.on_paper is None, "its question is the usual one"
    area = BilingualName("आपका इलाक़ा और पुलिस", "Your area and the police")
    assert (perception.name, perception.on_paper) == (area, area)
    assert titles_of(any_session, []) == {}


NAMES = ("station-visit", "public-perception")
