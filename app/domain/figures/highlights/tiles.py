"""Districts as tiles: one of a size for each, roughly where it lies, so that a large empty one does not shout.

Beside each other and never in a rank: the tiles stand by name, and the layout only says where on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.figures.highlights.funnel import Placed, by_name
from app.domain.sentence import Translate

#: the widest and highest layout that a page has room for
MOST_COLUMNS, MOST_ROWS = 12, 12

#: column and row, from 1
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tile:
    """A district, and its spot where all of them have one."""

    placed: Placed
    spot: Spot | None


def tiles_of(
    places: Sequence[Placed], spots: Mapping[int, Spot], language: str, translate: Translate = str
) -> tuple[Tile, ...]:
    """By name in the reader's language. Unless every one has a spot of its own, none has: half a map misleads."""
    named = by_name(places, language, translate)
    chosen = [spots.get(one.place.id) for one in named]
    known = [spot for spot in chosen if spot is not None and _has_room(spot)]
    is_map = len(known) == len(named) == len(set(known))
    return tuple(Tile(one, spot if is_map else None) for one, spot in zip(named, chosen, strict=True))


def _has_room(spot: Spot) -> bool:
    column, row = spot
    return 1 <= column <= MOST_COLUMNS and 1 <= row <= MOST_ROWS
