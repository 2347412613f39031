"""Which office somebody with a complaint is told of: the district's, never the one that the complaint may be about."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName, Contact, PlaceKind
from app.models import Place
from app.services.places.ancestry import ancestors_of


@dataclass(frozen=True, slots=True)
class Office:
    """Whose contact it is. A `state` is the department's headquarters."""

    id: int
    kind: PlaceKind
    name: BilingualName
    contact: Contact


def contact_of(session: Session, place_id: int) -> Contact:
    """The place's own, as it was given."""
    return session.get_one(Place, place_id).contact


def district_above(session: Session, place_id: int, on: date) -> int | None:
    """The district that the place lies in on that day, or is; None for what lies in none."""
    chain = (place_id, *ancestors_of(session, place_id, on))
    return session.scalar(select(Place.id).where(Place.id.in_(chain), Place.kind == PlaceKind.DISTRICT))


def office_to_turn_to(session: Session, place_id: int | None, on: date) -> Office | None:
    """The office of the district above the place, or headquarters where that has given no contact.

    Headquarters too for a place that there is not, and for None. None where neither has given one.
    """
    district_id = None if place_id is None else district_above(session, place_id, on)
    district = None if district_id is None else session.get(Place, district_id)
    top = session.scalars(select(Place).where(Place.kind == PlaceKind.STATE).order_by(Place.id)).first()
    return next((_office(one) for one in (district, top) if one is not None and one.contact.is_known), None)


def district_offices(session: Session, language: str) -> tuple[Office, ...]:
    """Every district that goes on and has given a contact, by its name as the reader sees it."""
    given = or_(Place.contact_hi.is_not(None), Place.contact_en.is_not(None), Place.contact_phone.is_not(None))
    rows = session.scalars(select(Place).where(Place.kind == PlaceKind.DISTRICT, Place.retired_on.is_(None), given))
    return tuple(map(_office, sorted(rows, key=lambda place: (place.name.sort_key(language), place.code))))


def _office(place: Place) -> Office:
    return Office(place.id, PlaceKind(place.kind), place.name, place.contact)
