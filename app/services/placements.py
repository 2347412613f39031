"""Placements: issue codes, find them, take them down."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.place import BilingualName
from app.domain.problem import Problem
from app.domain.token import TOKEN_INVALID, Token
from app.models import Place, Placement


@dataclass(frozen=True, slots=True)
class OpenedPlacement:
    id: int
    place: BilingualName
    hung_at: str
    number: str | None


def open_placement(session: Session, token: Token) -> OpenedPlacement:
    """What the page behind a code shows; Problem `token.invalid` if nothing was issued under it."""
    placement = session.get(Placement, token.placement_id)
    if placement is None:
        raise Problem(TOKEN_INVALID)
    place = session.get_one(Place, placement.place_id)
    return OpenedPlacement(
        placement.id, BilingualName(place.name_hi, place.name_en), placement.hung_at, placement.number
    )
