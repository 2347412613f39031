"""An edition as the report of one survey."""

import pytest
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.services.figures.editions.reports import edition_report, edition_surveys
from tests.factories.figures.desk import Desk
from tests.services.figures.editions.test_making import DUE, freeze


def test_it_is_called_as_the_place_is_called_today_and_says_what_was_frozen(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    live = desk.report("all")
    edition = freeze(any_session, desk.station.id)
    assert edition is not None
    desk.station.name_en = "Another name"
    any_session.flush()
    report = edition_report(any_session, edition, "visit", DUE)
    assert report.place_name.text("en") == "Another name"
    assert (report.sections, report.digest) == (live.sections, edition.digest)
    assert report.edition is not None
    assert (report.edition.due_on, report.edition.number, report.edition.cause) == (DUE, 1, None)


def test_questions_that_it_knows_nothing_of(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    edition = freeze(any_session, desk.station.id)
    assert edition is not None
    assert edition_surveys(edition) == ["visit"]
    with pytest.raises(Problem, match=r"report\.survey_unknown"):
        edition_report(any_session, edition, "nothing", DUE)
