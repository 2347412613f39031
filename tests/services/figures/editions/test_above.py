"""Which place a place is read beside, and what of it."""

from datetime import date, datetime
from random import Random

from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.domain.figures.highlights.standing import standing_of
from app.domain.weeks import IST
from app.services.figures.editions.above import above_of
from app.services.figures.editions.report_choice import read_report
from app.services.surveys.readings import keep_reading
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.desk import NOW, WEEK, Desk
from tests.factories.figures.joints import READING, TOPICS, visits
from tests.services.figures.editions.test_making import DUE, freeze

MONDAY = datetime(2026, 11, 23, 11, tzinfo=IST)


def test_a_station_beside_its_district_in_the_same_edition(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 1}] * 60 + [{"overall": 5}] * 40)
    neighbour = add_place(any_session, parent=desk.district)
    add_responses(any_session, neighbour, desk.version, WEEK, [{"overall": 5}] * 250 + [{"overall": 1}] * 50)
    desk.report()
    assert above_of(any_session, desk.station.id, "visit", Showing(DUE), DUE) is None
    for place in (desk.station, desk.district):
        assert freeze(any_session, place.id) is not None
    above = above_of(any_session, desk.station.id, "visit", Showing(DUE), DUE)
    assert above is not None
    assert above.name.text("en") == desk.district.name_en
    assert above_of(any_session, desk.station.id, "another", Showing(DUE), DUE) is None
    assert above_of(any_session, desk.station.id, "visit", Showing(date(2026, 11, 16)), DUE) is None
    report, _ = read_report(any_session, desk.station.id, "visit", None, MONDAY)
    assert report is not None
    standing = standing_of(report)
    assert standing is not None
    assert standing.beside is not None
    assert standing.beside.difference.points < -20
    chosen, _ = read_report(any_session, desk.station.id, "visit", "all", MONDAY)
    assert chosen is not None
    assert chosen.above is None


def test_a_district_beside_the_state_and_an_outpost_beside_its_district(any_session: Session) -> None:
    desk = Desk(any_session)
    state = add_place(any_session, kind="state")
    district = add_place(any_session, kind="district", parent=state)
    station = add_place(any_session, parent=district)
    outpost = add_place(any_session, kind="outpost", parent=station)
    add_responses(any_session, outpost, desk.version, WEEK, [{"overall": 4}] * 40)
    desk.report()
    for place in (outpost, district, state):
        assert freeze(any_session, place.id) is not None
    showing = Showing(DUE)
    beside = {place: above_of(any_session, place.id, "visit", showing, DUE) for place in (outpost, district, state)}
    names = {place: above.name.text("en") if above else None for place, above in beside.items()}
    assert names == {outpost: district.name_en, district: state.name_en, state: None}


def test_beside_a_station_its_district_stands_without_what_goes_together(any_session: Session) -> None:
    desk = Desk(any_session)
    topics = add_survey(any_session, TOPICS, slug="topics")
    keep_reading(any_session, topics.id, READING, NOW)
    for place, number in ((desk.station, 600), (add_place(any_session, parent=desk.district), 20)):
        add_responses(any_session, place, topics, WEEK, visits(Random(number), number))  # noqa: S311
    desk.report()
    for place in (desk.station, desk.district):
        assert freeze(any_session, place.id) is not None
    own, _ = read_report(any_session, desk.district.id, "topics", None, MONDAY)
    assert own is not None
    assert own.sections[0].drivers is not None
    beside, _ = read_report(any_session, desk.station.id, "topics", None, MONDAY)
    assert beside is not None
    assert beside.above is not None
    assert (beside.sections[0].drivers, beside.above.sections[0].drivers) == (None, None)
