"""Where districts lie as tiles, by the lists that come with Samvad: `code,column,row`, one file for each state."""

import csv
from collections.abc import Collection
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Place
from app.services.places.imports import STARTERS

FILES = "*_tiles.csv"


def tile_spots(session: Session, place_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Column and row of each of these places, from 1; those whose code no list knows are left out."""
    spots = _spots()
    rows = session.execute(select(Place.id, Place.code).where(Place.id.in_(place_ids)))
    return {place_id: spots[code] for place_id, code in rows if code in spots}


@cache
def _spots() -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for path in sorted(STARTERS.glob(FILES)):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {line["code"]: (int(line["column"]), int(line["row"])) for line in csv.DictReader(file)}
    return found
