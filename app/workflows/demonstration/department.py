"""The demonstration: an invented department with invented answers, so that a newcomer sees everything at work.

No place, no post and no answer is real: invented satisfaction under a real station's name would be slander.
Answers are the same for the same seed. What must not be guessed, such as placement ids and the salts of
releases, is drawn anew each time as in any installation.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.installation.helplines import COUNTRY_HELPLINES
from app.domain.installation.public_results import Depth
from app.domain.places.importing import ImportOptions
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import SurveyDefinition
from app.domain.weeks import IST, WEEK, day_of, week_of
from app.formats.tables.reading import read_table
from app.formats.xlsform.reading import read_form
from app.models import Department, Place, PublicResultsDecision, SigningKey
from app.services.codes.placements import IssueRequest, issue_placement
from app.services.places.imports import apply_import
from app.services.surveys.surveys import import_draft, publish_draft

STARTERS = Path(__file__).resolve().parents[2] / "starters"
FORM = "station-visit.md"

NOT_EMPTY = ProblemType(
    "demonstration.not_empty",
    409,
    "There is a department in this database already; a demonstration needs an empty one.",
)

#: where codes hang, besides the first that every station has
_SPOTS = ("मुख्य द्वार", "प्रतीक्षा कक्ष", "महिला डेस्क", "जन सुविधा केंद्र", "राशन दुकान", "न्यायालय परिसर")
_HANDLE = "आधिकारिक सोशल मीडिया"


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How much is invented. The whole is three districts of twenty stations, and half a year."""

    stations_per_district: int = 20
    weeks: int = 26
    seed: int = 2026


@dataclass(frozen=True, slots=True)
class DemoPlacement:
    id: int
    channel: Channel
    key_id: int
    numbered: bool


@dataclass(frozen=True, slots=True)
class DemoStation:
    """A station, its codes, and what is made up about it: answers a week and how people are treated."""

    id: int
    code: str
    placements: tuple[DemoPlacement, ...]
    weekly: float
    temper: float
    #: how much the temper changes from the first week to the last
    drift: float


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the answers of every week are made from."""

    size: DemoSize
    survey_id: int
    survey_version_id: int
    definition: SurveyDefinition
    stations: tuple[DemoStation, ...]
    first_week: date

    @property
    def weeks(self) -> tuple[date, ...]:
        return tuple(self.first_week + n * WEEK for n in range(self.size.weeks))

    def busiest(self) -> DemoStation:
        return max(self.stations, key=lambda station: station.weekly)

    def quietest(self) -> DemoStation:
        """Of the district of the busiest, so that a district head sees both."""
        district = self.busiest().code.rpartition("-")[0]
        inside = [station for station in self.stations if station.code.startswith(district)]
        return min(inside, key=lambda station: station.weekly)


def invent_department(session: Session, size: DemoSize, *, host: str, key_id: int, now: datetime) -> Demonstration:
    """Department, places, published survey and codes, as they were on the first day of the demonstration.

    `host` is this machine, so that codes can be tried. Problem `demonstration.not_empty` where there is a
    department or a place.
    """
    require_empty(session)
    start = first_day(size, now)
    add_department(session, host, day_of(start))
    session.add(SigningKey(id=key_id, created_on=day_of(start)))
    session.flush()
    options = ImportOptions(from_on=day_of(start))
    apply_import(session, read_table(places_file(size)), options, actor_id=None, now=start)
    form = read_form((STARTERS / "surveys" / FORM).read_bytes(), FORM)
    draft = import_draft(session, form, actor_id=None, now=start)
    version = publish_draft(session, draft.slug, actor_id=None, now=start)
    stations = _hang_codes(session, size, IssueRequest(version.survey_id, Channel.POSTER, _SPOTS[0], key_id), start)
    return Demonstration(size, version.survey_id, version.id, version.definition, stations, week_of(start))


def add_department(session: Session, host: str, on: date) -> None:
    """The invented department, with the helplines of the country as if it had confirmed them."""
    helplines = json.dumps([asdict(line) for line in COUNTRY_HELPLINES], ensure_ascii=False)
    names = {"name_hi": "नमूना पुलिस", "name_en": "Namuna Police"}
    confirmed = {"helplines": helplines, "helplines_confirmed_on": on}
    session.add(Department(id=1, **names, **confirmed, demonstration=True, host=host))
    session.add(PublicResultsDecision(depth=Depth.STATION.value, decided_on=on, from_on=on))


def require_empty(session: Session) -> None:
    """Problem `demonstration.not_empty` where there is a department or a place."""
    if session.get(Department, 1) is not None or session.scalars(select(Place.id).limit(1)).first() is not None:
        raise Problem(NOT_EMPTY)


def first_day(size: DemoSize, now: datetime) -> datetime:
    """The Monday morning on which the first codes were hung."""
    week = week_of(now) - (size.weeks - 1) * WEEK
    return datetime.combine(week, datetime.min.time(), IST) + timedelta(hours=8)


def places_file(size: DemoSize) -> bytes:
    """The list of invented places, with as many stations in each district as asked for."""
    head, *rows = (STARTERS / "demonstration" / "places.csv").read_text("utf-8").splitlines()
    return "\n".join([head, *(row for row in rows if _is_wanted(row, size))]).encode()


def _is_wanted(row: str, size: DemoSize) -> bool:
    code, kind, *_ = row.split(",")
    return kind != PlaceKind.STATION or int(code.rpartition("-")[2]) <= size.stations_per_district


def _hang_codes(session: Session, size: DemoSize, request: IssueRequest, now: datetime) -> tuple[DemoStation, ...]:
    """Two or three posters for every station, and a link for official accounts for every fifth."""
    chance = Random(size.seed)  # noqa: S311 - invented, not secret
    places = session.execute(select(Place.id, Place.code).where(Place.kind == PlaceKind.STATION).order_by(Place.code))
    stations = []
    for at, (place_id, code) in enumerate(places):
        spots = [_SPOTS[0], *chance.sample(_SPOTS[1:], chance.choice((1, 1, 2)))]
        wanted = [replace(request, hung_at=spot) for spot in spots]
        wanted += [replace(request, channel=Channel.HANDLE, hung_at=_HANDLE)] * (at % 5 == 0)
        placements = tuple(_hang(session, place_id, one, now) for one in wanted)
        stations.append(_invent_station(place_id, code, placements, at, chance))
    return tuple(stations)


def _hang(session: Session, place_id: int, request: IssueRequest, now: datetime) -> DemoPlacement:
    issued = issue_placement(session, place_id, request, now=now)
    return DemoPlacement(issued.id, request.channel, request.key_id, issued.number is not None)


def _invent_station(
    place_id: int, code: str, placements: tuple[DemoPlacement, ...], at: int, chance: Random
) -> DemoStation:
    """Half of the stations get about five answers a month or fewer, and one in sixteen gets hundreds."""
    monthly = chance.lognormvariate(5.4, 0.35) if at % 16 == 3 else chance.lognormvariate(1.6, 1.15)
    return DemoStation(
        id=place_id,
        code=code,
        placements=placements,
        weekly=min(monthly, 480.0) * 7 / 30,
        temper=chance.betavariate(7, 4.5),
        drift=chance.gauss(0.02, 0.1),
    )
