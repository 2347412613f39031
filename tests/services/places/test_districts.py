"""The district that is written beside a station's name."""

from sqlalchemy.orm import Session

from app.services.places.changes import move_place
from app.services.places.districts import districts_of
from tests.factories.places.places import add_place as place_row
from tests.services.places.listed import LATER, TODAY, id_of, put


def test_each_place_gets_the_district_above_it_on_that_day(session: Session) -> None:
    put(session)
    station, outpost, other = (id_of(session, code) for code in ("IND-2", "IND-2-A", "BPL-1"))
    move_place(session, station, "BPL", LATER.date(), None, LATER)
    for day, district in ((TODAY, "Indore"), (LATER.date(), "Bhopal")):
        found = districts_of(session, [station, outpost, other], day)
        assert {place_id: name.en for place_id, name in found.items()} == {
            station: district,
            outpost: district,
            other: "Bhopal",
        }


def test_what_lies_in_no_district_is_left_out(session: Session) -> None:
    put(session)
    assert districts_of(session, [id_of(session, "MP"), id_of(session, "IND")], TODAY) == {}


def test_of_several_districts_above_the_nearest_is_named(session: Session) -> None:
    range_ = place_row(session, kind="district", name_en="Range")
    station = place_row(session, parent=place_row(session, kind="district", name_en="Near", parent=range_))
    assert districts_of(session, [station.id], TODAY)[station.id].en == "Near"
