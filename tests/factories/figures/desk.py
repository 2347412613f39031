"""A station whose answers become a report, and what that report says."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.figures.report import EvidenceSection, QuestionFigure, Report
from app.models import Place, SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.figures.reports import station_report
from tests.factories import add_place, add_responses, add_survey

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
# Bengaluru South-East, the first 18 days of its station QR codes: Business Today, 19 December 2022.
STARS = {5: 1293, 4: 400, 3: 39, 2: 10, 1: 20}
ANSWERS = 1949


def bengaluru() -> list[dict[str, Any]]:
    starred = [{"overall": star} for star, number in STARS.items() for _ in range(number)]
    return starred + [{"purpose": "passport"}] * (ANSWERS - len(starred))


class Desk:
    """A station in a district, its survey, and what is done with them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.version: SurveyVersion = add_survey(session, slug="visit")
        self.district: Place = add_place(session, kind="district")
        self.station: Place = add_place(session, parent=self.district)

    def answer(self, answers: Sequence[dict[str, Any]], week: int = 0, **more: Any) -> None:
        add_responses(self.session, self.station, self.version, WEEK + week * SEVEN, answers, **more)

    def report(self, period: str | None = None, place: Place | None = None) -> Report:
        publish_releases(self.session, NOW)
        return station_report(self.session, (place or self.station).id, "visit", period, TODAY)

    def section(self, period: str | None = None) -> EvidenceSection:
        (section,) = self.report(period).sections
        return section


def figure(section: EvidenceSection, name: str) -> QuestionFigure:
    return next(question for question in section.questions if question.name == name)


def said(figure: QuestionFigure) -> dict[str, str]:
    return {cell.name: cell.share.words.text() for cell in (*figure.cells, *figure.detail)}
