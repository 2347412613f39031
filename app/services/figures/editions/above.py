"""The place above that a place is read beside: the district of a station, the state of a district."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.domain.figures.report import Above
from app.domain.places.place import PlaceKind
from app.models import Place
from app.services.figures.editions.reports import edition_sections
from app.services.figures.reports import place_label
from app.services.places.ancestry import ancestors_of
from app.services.record.editions import newest_edition


def above_of(session: Session, place_id: int, survey_slug: str, showing: Showing, today: date) -> Above | None:
    """Its newest edition that is shown; None where nothing lies above or it has none of this questionnaire.

    Its questions alone: its drivers nobody reads who heads a place below, and its lines stand beside none of theirs.
    """
    place = read_beside(session, place_id, today)
    edition = newest_edition(session, place.id, showing) if place else None
    sections = edition_sections(session, edition, survey_slug, questions_alone=True) if edition else ()
    if place is None or not sections:
        return None
    return Above(place_label(place), sections)


def read_beside(session: Session, place_id: int, today: date) -> Place | None:
    """The nearest district; of a district and of what has none, the top of the department."""
    ids = ancestors_of(session, place_id, today)
    places = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_((place_id, *ids))))}
    above = [places[id_] for id_ in ids]
    if PlaceKind(places[place_id].kind).rank > PlaceKind.DISTRICT.rank:
        districts = (place for place in above if place.kind == PlaceKind.DISTRICT.value)
        return next(districts, above[-1] if above else None)
    return above[-1] if above else None
