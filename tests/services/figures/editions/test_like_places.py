"""The places below one, and what their newest editions tell."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.figures.editions.days import Showing
from app.domain.figures.highlights.standing import Standing, standing_of
from app.domain.places.place import PlaceGroup
from app.services.figures.editions.like_places import EditionLine, edition_lines, like_places
from app.services.figures.editions.reports import edition_report
from app.services.record.editions import newest_edition
from tests.factories import add_place, add_responses
from tests.factories.figures.desk import WEEK, Desk
from tests.services.figures.editions.test_making import DUE, freeze


def standing_at(session: Session, place_id: int) -> Standing:
    edition = freeze(session, place_id) or newest_edition(session, place_id, Showing(DUE))
    assert edition is not None
    standing = standing_of(edition_report(session, edition, "visit", DUE))
    assert standing is not None
    return standing


def test_every_station_by_name_with_its_own_share(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.station.name_en = "Zebra Crossing"
    desk.answer([{"overall": 5}] * 30 + [{"overall": 1}] * 30)
    below = add_place(any_session, kind="subdivision", parent=desk.district)
    deeper = add_place(any_session, parent=below, name_en="Amaltas")
    deeper.place_group = "rural"
    outpost = add_place(any_session, kind="outpost", parent=deeper)
    gone = add_place(any_session, parent=desk.district)
    gone.retired_on = date(2026, 1, 1)
    tablet = add_place(any_session, parent=desk.district, name_en="Mango")
    add_responses(any_session, deeper, desk.version, WEEK, [{"overall": 5}] * 45 + [{"overall": 1}] * 15)
    add_responses(any_session, outpost, desk.version, WEEK, [{"overall": 1}] * 60)
    add_responses(any_session, tablet, desk.version, WEEK, [{"overall": 1}] * 60, channel=Channel.KIOSK)
    desk.report()
    for place in (desk.station, deeper, tablet, outpost):
        freeze(any_session, place.id)
    standing = standing_at(any_session, desk.district.id)
    places = like_places(any_session, desk.district.id, "visit", standing, Showing(DUE), DUE, "en")
    assert [place.name.text("en") for place in places] == ["Amaltas", "Mango", "Zebra Crossing"]
    assert [place.group for place in places] == [PlaceGroup.RURAL, None, None]
    # What lies below a station is a part of it; a tablet's answers are of another class.
    assert [place.share and place.share.percent for place in places] == [40, None, 50]
    assert gone.id not in {place.id for place in places}
    assert (
        like_places(any_session, deeper.id, "visit", standing_at(any_session, deeper.id), Showing(DUE), DUE, "en") == ()
    )


def test_a_list_says_which_edition_and_whether_it_is_enough(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    few = add_place(any_session, parent=desk.district)
    none = add_place(any_session, parent=desk.district)
    add_responses(any_session, few, desk.version, WEEK, [{"overall": 1}] * 12)
    desk.report()
    for place in (desk.station, few):
        assert freeze(any_session, place.id) is not None
    ids = [desk.station.id, few.id, none.id]
    assert edition_lines(any_session, ids, Showing(DUE)) == {
        desk.station.id: EditionLine(DUE, is_new=True, has_figures=True),
        few.id: EditionLine(DUE, is_new=True, has_figures=False),
    }
    later = edition_lines(any_session, ids, Showing(DUE + timedelta(days=7)))
    assert later[desk.station.id] == EditionLine(DUE, is_new=False, has_figures=True)
    assert edition_lines(any_session, ids, Showing(DUE - timedelta(days=7))) == {}
    assert edition_lines(any_session, [], Showing(DUE)) == {}
