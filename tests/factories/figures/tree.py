"""A small tree of places whose answers are published week after week."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.surveys.survey import SurveyDefinition
from app.models import Place, SurveyVersion
from app.services.figures.release_queries import PublishedRelease, releases_of
from app.services.figures.releases import Published, publish_releases
from tests.factories import VISIT, add_place, add_responses, add_survey

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)
NEVER: Sequence[str] = ()


def settled(weeks: int) -> datetime:
    """The first moment at which the week this many after WEEK may be published."""
    return datetime(2026, 6, 14, 18, 30, tzinfo=UTC) + SEVEN * weeks


class Tree:
    def __init__(self, session: Session, content: SurveyDefinition = VISIT) -> None:
        self.session = session
        self.version: SurveyVersion = add_survey(session, content)
        self.state: Place = add_place(session, kind="state")
        self.district: Place = add_place(session, parent=self.state, kind="district")
        self.station: Place = add_place(session, parent=self.district)
        self.other: Place = add_place(session, parent=self.district)

    def answer(
        self, place: Place, number: int, week: int = 0, *, reasons: Sequence[str] = NEVER, step: int = 5
    ) -> None:
        add_responses(
            self.session, place, self.version, WEEK + SEVEN * week, [{"overall": step}] * number, reasons=reasons
        )

    def publish(self, week: int) -> Published:
        return publish_releases(self.session, settled(week))

    def shown(self, place: Place) -> list[PublishedRelease]:
        return releases_of(self.session, place.id, [self.version.id])

    def sizes(self, place: Place) -> list[int]:
        return [release.responses for release in self.shown(place)]
