"""Live counts of every cell below a place, for headquarters."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.figures.exact import TallyLine
from app.domain.places.place import PlaceKind
from app.domain.responses.verdict import Decision
from app.domain.weeks import Weeks
from app.models import Place, Tally
from app.services.figures.reports import published_versions
from app.services.places.ancestry import subtree_ids


def list_tally_lines(session: Session, place_id: int, survey_slug: str, weeks: Weeks) -> tuple[TallyLine, ...]:
    """By code of the place, week and channel. Problem `report.survey_unknown`."""
    cells = session.execute(
        select(Tally.place_id, Tally.week, Tally.channel, Tally.verdict, Tally.responses).where(
            Tally.place_id.in_(subtree_ids(session, place_id, weeks.last)),
            Tally.survey_version_id.in_(published_versions(session, survey_slug).counters),
            Tally.week.between(weeks.first, weeks.last),
        )
    ).all()
    counts: dict[tuple[int, date, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cell in cells:
        counts[cell.place_id, cell.week, cell.channel][cell.verdict] += cell.responses
    places = {
        place.id: place for place in session.scalars(select(Place).where(Place.id.in_({key[0] for key in counts})))
    }
    lines = (
        _line(places[place_id], week, channel, count[Decision.COUNTED], count[Decision.SET_ASIDE])
        for (place_id, week, channel), count in counts.items()
    )
    return tuple(sorted(lines, key=lambda line: (line.place_code, line.week, line.channel)))


def _line(place: Place, week: date, channel: str, counted: int, set_aside: int) -> TallyLine:
    kind = PlaceKind(place.kind)
    return TallyLine(place.code, place.name_hi, place.name_en, kind, week, Channel(channel), counted, set_aside)
