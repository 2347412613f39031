"""Which district a place lies in: what people add to a station's name, since many stations share one."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName, PlaceKind
from app.models import Place
from app.services.places.ancestry import Ancestry


def districts_of(session: Session, place_ids: Collection[int], on: date) -> dict[int, BilingualName]:
    """The district above each place on that day; places that lie in none are left out."""
    ancestry = Ancestry.load(session)
    above = {place_id: ancestry.ancestors(place_id, on) for place_id in place_ids}
    wanted = {ancestor for chain in above.values() for ancestor in chain}
    rows = session.scalars(select(Place).where(Place.id.in_(wanted), Place.kind == PlaceKind.DISTRICT))
    names = {place.id: place.name for place in rows}
    found = {place_id: [names[one] for one in chain if one in names] for place_id, chain in above.items()}
    return {place_id: districts[0] for place_id, districts in found.items() if districts}
