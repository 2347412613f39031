"""A survey by interview with quotas: whom it asks, and how many of them are wanted."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.surveys.quotas import QuotaReport
from app.models import Place, SurveyVersion
from app.services.figures.quota_progress import report_quotas
from app.services.surveys.quotas import set_quotas
from app.services.surveys.surveys import get_survey
from tests.factories.places.places import add_place
from tests.factories.surveys.surveys import add_survey, definition, question

NOW = datetime(2026, 6, 10, tzinfo=UTC)
WEEK = date(2026, 6, 8)
PEOPLE = definition(
    [
        question("sex", "select_one", "woman", "man"),
        question("age", "select_one", "young", "old"),
        question("respect", "scale"),
    ]
)
WANTED = {("woman", "old"): 2, ("woman", "young"): 3, ("man", "young"): 1}


class QuotaWorld:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.version: SurveyVersion = add_survey(session, PEOPLE, slug="people")
        self.state: Place = add_place(session, kind="state")
        self.village: Place = add_place(session, parent=self.state)

    def set(self, questions: tuple[str, ...] = ("sex", "age"), targets: dict[tuple[str, ...], int] = WANTED) -> None:
        set_quotas(self.session, "people", questions, targets, actor_id=None, now=NOW)

    def report(self) -> QuotaReport | None:
        return report_quotas(self.session, get_survey(self.session, "people"))

    def counts(self) -> list[tuple[tuple[str, ...], int, int]]:
        report = self.report()
        assert report is not None
        return [(count.cell, count.target, count.counted) for count in report.counts]
