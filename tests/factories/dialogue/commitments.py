"""A department that publishes every Monday, and whose places promise something about it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.domain.accounts.role import Role
from app.domain.dialogue.commitment import Wording
from app.domain.dialogue.commitment_quote import Figure
from app.domain.installation.public_results import Depth
from app.domain.weeks import IST, day_of
from app.jobs.editions import make_editions
from app.models import Department, EditionDay, Place, SurveyVersion
from app.services.dialogue.commitments import approve, draft, propose
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey
from tests.fixtures.accounts import add_account

MONDAY = datetime(2026, 11, 30, 11, tzinfo=IST)
WEEK = date(2026, 8, 3)
DAY = timedelta(days=1)
#: what most answers to `overall` were
FIGURE = Figure("visit", "open", "overall", None, "good")
WILL = {"hi": "दोपहर में दो काउंटर खुलेंगे।", "en": "Two counters will be open at noon."}
OFFICE = {"hi": "थाना प्रभारी", "en": "Station head"}
SAID = {"hi": "दोनों खुले हैं।", "en": "Both are open."}


def wording(now: datetime = MONDAY, days: int = 30, **texts: str) -> Wording:
    return Wording({**WILL, **texts}, OFFICE, day_of(now) + days * DAY)


@dataclass
class PromisingDepartment:
    """A state with a district and two stations, one with four hundred answers and one with nine; all is public."""

    ids: dict[str, int] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    version: int = 0

    @classmethod
    def begin(cls, depth: Depth = Depth.STATION) -> "PromisingDepartment":
        made = cls()
        with transaction() as session:
            if session.get(Department, 1) is None:
                session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
            session.add(EditionDay(due_on=date(2026, 11, 23), last_release_id=0, finished_at=MONDAY))
            state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State", code="S")
            district = add_place(session, kind="district", parent=state, name_en="District One", code="S.D1")
            busy = add_place(session, parent=district, name_hi="थाना पहेली", name_en="Paheli Station", code="S.D1/B-1")
            quiet = add_place(session, parent=district, name_hi="थाना जुगनू", name_en="Jugnu Station", code="S.D1/B-2")
            places = {"state": state, "district": district, "busy": busy, "quiet": quiet}
            pages = {"state": "s", "district": "s-d1", "busy": "s-d1-b-1", "quiet": "s-d1-b-2"}
            for name, place in places.items():
                place.page = pages[name]
            made.version = add_survey(session, slug="visit").id
            made.ids = {name: place.id for name, place in places.items()}
        made.answer("busy", 60)
        with transaction() as session:
            version = session.get_one(SurveyVersion, made.version)
            add_responses(session, session.get_one(Place, made.ids["quiet"]), version, WEEK, [{"overall": 1}] * 9)
            decide_public_results(session, depth, MONDAY.date(), None, MONDAY)
        made.publish(MONDAY)
        made.heads = {
            "admin": add_account(Role.STATE_ADMIN, made.ids["state"]),
            "district": add_account(Role.DISTRICT_HEAD, made.ids["district"]),
            "busy": add_account(Role.STATION_HEAD, made.ids["busy"]),
            "quiet": add_account(Role.STATION_HEAD, made.ids["quiet"]),
        }
        return made

    def answer(self, name: str, good: int, first_week: date = WEEK) -> None:
        """Four weeks of a hundred answers, of which so many are good."""
        with transaction() as session:
            place, version = session.get_one(Place, self.ids[name]), session.get_one(SurveyVersion, self.version)
            for week in range(4):
                given = [{"overall": 5 if n < good + week else 2, "purpose": "complaint"} for n in range(100)]
                add_responses(session, place, version, first_week + timedelta(weeks=week), given)

    def publish(self, monday: datetime) -> None:
        """What has settled by this Monday, at 11:00."""
        with transaction() as session:
            publish_releases(session, monday - timedelta(hours=2))
        make_editions(monday - timedelta(minutes=30))

    def draft(self, place: str = "busy", now: datetime = MONDAY, days: int = 30, figure: Figure = FIGURE) -> int:
        with transaction() as session:
            return draft(session, self.ids[place], figure, wording(now, days), self.heads[place], now)

    def propose(self, place: str = "busy", now: datetime = MONDAY, days: int = 30) -> int:
        made = self.draft(place, now, days)
        with transaction() as session:
            propose(session, made, self.heads[place], now)
        return made

    def open(self, place: str = "busy", now: datetime = MONDAY, days: int = 30) -> int:
        made = self.propose(place, now, days)
        with transaction() as session:
            approve(session, made, self.heads["admin" if place == "district" else "district"], now)
        return made
