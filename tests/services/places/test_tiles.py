"""Spots of districts: every one of the list that comes with Samvad has its own."""

from sqlalchemy.orm import Session

from app.domain.figures.highlights.tiles import MOST_COLUMNS, MOST_ROWS
from app.formats.tables.reading import read_table
from app.services.places.imports import MADHYA_PRADESH
from app.services.places.tiles import tile_spots
from tests.factories import add_place
from tests.factories.tables import cells


def test_every_district_has_a_spot_of_its_own_and_others_none(any_session: Session) -> None:
    codes = [line[0] for line in cells(read_table(MADHYA_PRADESH.read_bytes())) if line[1] == "district"]
    ids = [add_place(any_session, kind="district", code=code).id for code in codes]
    other = add_place(any_session, kind="district")
    spots = tile_spots(any_session, [*ids, other.id])
    assert spots.keys() == set(ids)
    assert len(set(spots.values())) == len(codes) == 55
    assert all(1 <= column <= MOST_COLUMNS and 1 <= row <= MOST_ROWS for column, row in spots.values())
