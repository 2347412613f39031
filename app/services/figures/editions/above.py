"""The place above that a place is read beside: the district of a station, the state of a district."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.figures.report import Above
from app.domain.places.place import PlaceKind
from app.models import Place
from app.services.figures.editions.reports import edition_sections
from app.services.figures.reports import place_label
from app.services.places.queries import PlaceLine, describe_place
from app.services.record.editions import newest_edition


def above_of(session: Session, place_id: int, survey_slug: str, latest: date, today: date) -> Above | None:
    """Its newest edition that is shown; None where nothing lies above or it has none of this questionnaire."""
    view = describe_place(session, place_id, today)
    place = _read_beside(view.line, view.above)
    edition = newest_edition(session, place.id, latest) if place else None
    if place is None or edition is None:
        return None
    sections = edition_sections(session, edition, survey_slug)
    return Above(place_label(session.get_one(Place, place.id)), sections) if sections else None


def _read_beside(line: PlaceLine, above: tuple[PlaceLine, ...]) -> PlaceLine | None:
    """The nearest district; of a district and of what has none, the top of the department."""
    if line.kind.rank > PlaceKind.DISTRICT.rank:
        district = next((place for place in reversed(above) if place.kind is PlaceKind.DISTRICT), None)
        if district is not None:
            return district
    return next(iter(above), None)
