"""What headquarters takes away as tables: exact figures, and live counts of every cell below a place."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.figures.exact import FigureLine, TallyLine
from app.domain.places.place import PlaceKind
from app.domain.responses.verdict import Decision
from app.domain.weeks import Weeks, weeks_from
from app.models import Place, Tally
from app.services.figures.overviews import exact_figures
from app.services.figures.reports import published_versions
from app.services.places.ancestry import Ancestry, subtree_ids


def list_figure_lines(session: Session, place_id: int, slug: str, weeks: Weeks) -> Iterator[FigureLine]:
    """Of the whole time, of each week, and of each place below in the whole time.

    Evidence classes have lines of their own, and none holds a sum over them. Problem `report.survey_unknown`.
    """
    below = Ancestry.load(session).children(place_id, weeks.last)
    chosen = select(Place).where(Place.id.in_({place_id, *below})).order_by(Place.code)
    places = {place.id: place for place in session.scalars(chosen)}
    times = [(place_id, weeks), *((place_id, Weeks(week, week)) for week in weeks_from(weeks.first, weeks.last))]
    if weeks.first == weeks.last:
        times = times[:1]
    times += [(id_, weeks) for id_ in places if id_ != place_id]
    for id_, time in times:
        place = places[id_]
        for figures in exact_figures(session, id_, slug, time):
            yield FigureLine(place.code, place.name, slug, time, figures)


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
