"""Live counts as a table: every cell below a place, of one survey and some weeks."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.domain.weeks import Weeks
from app.services.figures.tallies import fold_marks
from app.services.figures.tally_exports import list_tally_lines
from tests.factories import add_place, add_responses, add_survey
from tests.services.conftest import Noise

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)


def test_a_line_holds_what_came_through_one_channel_in_one_week(any_session: Session, noise: Noise) -> None:
    version = add_survey(any_session, slug="visit")
    state = add_place(any_session, kind="state", code="A")
    district = add_place(any_session, kind="district", code="B", parent=state)
    station = add_place(any_session, code="C", name_en=None, parent=district)
    noise(station, version, WEEK)
    for week, channel, number, reasons in (
        (WEEK, Channel.POSTER, 3, []),
        (WEEK, Channel.POSTER, 2, ["late"]),
        (WEEK, Channel.COUNTER, 1, []),
        (WEEK + SEVEN, Channel.POSTER, 4, ["late"]),
        (WEEK + 2 * SEVEN, Channel.POSTER, 5, []),
    ):
        answers = [{"overall": 4}] * number
        add_responses(any_session, station, version, week, answers, channel=channel, reasons=reasons)
    fold_marks(any_session)
    lines = list_tally_lines(any_session, district.id, "visit", Weeks(WEEK, WEEK + SEVEN))
    cells = [(WEEK, Channel.COUNTER, 1, 0), (WEEK, Channel.POSTER, 3, 2), (WEEK + SEVEN, Channel.POSTER, 0, 4)]
    assert [(line.place_code, line.week, line.channel, line.counted, line.set_aside) for line in lines] == [
        (code, *cell) for code in ("B", "C") for cell in cells
    ]
    assert (lines[-1].place_hi, lines[-1].place_en, lines[-1].kind) == ("थाना उदाहरण", None, "station")


def test_a_survey_that_was_never_published_has_no_table(session: Session) -> None:
    place = add_place(session)
    add_survey(session, slug="draft", published_at=None)
    for slug in ("draft", "none"):
        with pytest.raises(Problem, match=r"report\.survey_unknown"):
            list_tally_lines(session, place.id, slug, Weeks(WEEK, WEEK))
