"""From how many police stations a place's figures come: those that have results of their own of the same time."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.figures import shown
from app.domain.figures.editions.days import Showing
from app.domain.figures.report import Stations
from app.domain.places.place import PlaceKind
from app.models import Place, Survey, SurveyVersion
from app.services.places.ancestry import subtree_ids
from app.services.record.editions import places_taken_in


def stations_of(
    session: Session,
    place_id: int,
    survey_slug: str,
    first_week: date | None,
    last_week: date | None,
    showing: Showing,
) -> Stations | None:
    """As places lay on its day, and as the editions that are shown tell; None of a station, or where there is none.

    It tells of no answer: only at how many stations ten have come together.
    """
    if first_week is None or last_week is None:
        return None
    if not PlaceKind(session.get_one(Place, place_id).kind).is_above_stations:
        return None
    on = showing.latest
    is_open = or_(Place.retired_on.is_(None), Place.retired_on > on)
    wanted = Place.id.in_(subtree_ids(session, place_id, on)), Place.kind == PlaceKind.STATION.value
    stations = set(session.scalars(select(Place.id).where(*wanted, is_open)))
    versions = select(SurveyVersion.id).join(Survey, Survey.id == SurveyVersion.survey_id)
    asked = set(session.scalars(versions.where(Survey.slug == survey_slug)))
    told = places_taken_in(session, stations, asked, first_week, last_week, showing)
    return shown.stations(len(stations), len(told)) if stations else None
