"""Exact figures for a table, for headquarters: a place by week, and the places right below it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures.exact import FigureLine
from app.domain.places.place import BilingualName
from app.domain.weeks import Weeks, weeks_from
from app.models import Place
from app.services.figures.overviews import exact_figures
from app.services.places.ancestry import Ancestry


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
            yield FigureLine(place.code, BilingualName(place.name_hi, place.name_en), slug, time, figures)
