"""Places for tests."""

from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from app.models import Parentage, Place

_counter = count(1)


def add_place(
    session: Session,
    *,
    parent: Place | None = None,
    kind: str = "station",
    name_hi: str | None = "थाना उदाहरण",
    name_en: str | None = "Udaharan",
    code: str | None = None,
    from_on: date = date(2020, 1, 1),
) -> Place:
    place = Place(code=code or f"place-{next(_counter)}", kind=kind, name_hi=name_hi, name_en=name_en)
    session.add(place)
    session.flush()
    if parent is not None:
        session.add(Parentage(place_id=place.id, parent_id=parent.id, from_on=from_on))
        session.flush()
    return place
