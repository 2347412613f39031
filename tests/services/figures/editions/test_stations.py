"""Of how many stations a district's figures are: those with results of their own of the same time."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.services.figures.editions.reports import edition_report
from app.services.figures.editions.stations import stations_of
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.desk import WEEK, Desk
from tests.services.figures.editions.test_making import DUE, freeze


def test_the_stations_below_and_those_with_results_of_their_own(any_session: Session) -> None:
    desk = Desk(any_session)
    below = add_place(any_session, kind="subdivision", parent=desk.district)
    deeper, few, none = (add_place(any_session, parent=parent) for parent in (below, below, desk.district))
    outpost = add_place(any_session, kind="outpost", parent=none)
    gone = add_place(any_session, parent=desk.district)
    gone.retired_on = date(2026, 1, 1)
    desk.answer([{"overall": 4}] * 40)
    for place, number in ((deeper, 12), (few, 9), (outpost, 20)):
        add_responses(any_session, place, desk.version, WEEK, [{"overall": 4}] * number)
    desk.report()
    for place in (desk.station, deeper, outpost, none):
        freeze(any_session, place.id)
    edition = freeze(any_session, desk.district.id)
    assert edition is not None
    told = edition_report(any_session, edition, "visit", DUE).stations
    assert told is not None
    # What lies below a station is a part of it.
    assert (told.all, told.told) == (4, 3)
    assert stations_of(any_session, desk.station.id, "visit", WEEK, WEEK, Showing(DUE)) is None


def test_only_of_the_same_time_and_questions_and_of_what_is_shown(any_session: Session) -> None:
    desk = Desk(any_session)
    add_survey(any_session, slug="other")
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    freeze(any_session, desk.station.id)

    def told(slug: str, week: date, on: date) -> int | None:
        found = stations_of(any_session, desk.district.id, slug, week, week, Showing(on))
        return found and found.told

    assert told("visit", WEEK, DUE) == 1
    assert told("visit", WEEK + timedelta(weeks=30), DUE) == 0
    assert told("other", WEEK, DUE) == 0
    assert told("visit", WEEK, DUE - timedelta(days=1)) == 0
    assert stations_of(any_session, desk.district.id, "visit", None, None, Showing(DUE)) is None
