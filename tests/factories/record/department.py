"""A department that publishes every Monday and keeps its record."""

from datetime import date, datetime, timedelta

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.record.canonical import Value, from_bytes
from app.domain.weeks import IST
from app.jobs.editions import make_editions
from app.jobs.record.keeping import keep_record
from app.models import Department, Place, SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.entries import contents_between, size_of
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)


def monday(weeks: int, hour: int = 11, minute: int = 0, second: int = 0) -> datetime:
    """So many weeks after the first one that has settled, by the clock of India."""
    day = WEEK + (weeks + 2) * SEVEN
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=IST)


class RecordedDepartment:
    """A district with two stations that answers come from every week; its results are public down to a depth."""

    def __init__(self, settings: Settings, depth: Depth | None = Depth.STATION) -> None:
        self.settings = settings
        with transaction() as session:
            session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
            version = add_survey(session, slug="visit")
            district = add_place(session, kind="district", code="D-1")
            self.places = [add_place(session, parent=district, code=f"S-{at}").id for at in range(2)]
            self.version, self.district = version.id, district.id
        if depth:
            self.open(depth)

    def open(self, depth: Depth) -> None:
        with transaction() as session:
            decide_public_results(session, depth, WEEK, None, monday(-2))

    def live(self, weeks: int, made_at: datetime | None = None) -> None:
        """A week of answers, and the Monday on which they are published, at twenty past ten or later."""
        with transaction() as session:
            version = session.get_one(SurveyVersion, self.version)
            for at, place in enumerate(self.places):
                answers = [{"overall": 1 + (each + at) % 5} for each in range(12)]
                add_responses(session, session.get_one(Place, place), version, WEEK + weeks * SEVEN, answers)
        now = made_at or monday(weeks, hour=10, minute=20)
        with transaction() as session:
            publish_releases(session, now)
        make_editions(now)

    def keep(self, now: datetime) -> None:
        keep_record(self.settings, now)

    def publish(self, weeks: int) -> None:
        """All of a week, to the signed head of its Monday."""
        self.live(weeks)
        self.keep(monday(weeks))


def entries(now: datetime | None = None) -> list[dict[str, Value]]:
    """What everybody can read by then; without a time all that was entered."""
    with reading() as session:
        shown = newest_checkpoint(session, now) if now else None
        size = size_of(session) if now is None else (shown.size if shown else 0)
        return [from_bytes(each) for each in contents_between(session, 0, size)]


def types(now: datetime | None = None) -> list[str]:
    return [str(entry["type"]) for entry in entries(now)]


def told_editions() -> list[dict[str, Value]]:
    """The entries of Mondays on which anything was new."""
    return [entry for entry in entries() if entry["type"] == "edition" and (entry["places"] or "hidden" in entry)]
