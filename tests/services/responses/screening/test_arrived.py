"""Which answers are screened when, and against which."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.responses.screening.likeness import SHORT_WINDOW
from app.domain.weeks import IST
from app.models import Place, SurveyVersion
from app.services.responses.screening.arrived import keep_screened, screen_arrived
from app.services.responses.screening.screener import Screener
from tests.factories import VISIT, add_place, add_responses, add_survey
from tests.factories.responses.alike import ASKED, COPY, add_arrived, arrive
from tests.services.responses.shuffling.answered import WEEK

pytestmark = pytest.mark.both_databases
CAME = datetime(2026, 6, 9, 11, tzinfo=IST)


@pytest.fixture
def version(any_session: Session) -> SurveyVersion:
    return add_survey(any_session, ASKED)


@pytest.fixture
def place(any_session: Session) -> Place:
    return add_place(any_session)


def test_an_answer_is_screened_once_when_its_window_is_over(
    any_session: Session, place: Place, version: SurveyVersion
) -> None:
    ids = add_arrived(any_session, place, version, WEEK, [COPY] * 20, CAME, timedelta(minutes=3))
    last = CAME + timedelta(minutes=57)
    assert screen_arrived(any_session, Screener(WEEK), CAME + SHORT_WINDOW - timedelta(seconds=1)) == []
    assert len(screen_arrived(any_session, Screener(WEEK), CAME + SHORT_WINDOW)) == 1
    screened = screen_arrived(any_session, Screener(WEEK), last + SHORT_WINDOW)
    assert {one.response_id for one in screened} == set(ids)
    assert {one.fact.alike for one in screened if one.fact} == {20}
    keep_screened(any_session, screened, WEEK)
    assert screen_arrived(any_session, Screener(WEEK), last + SHORT_WINDOW) == []


def test_neither_another_station_nor_another_class_nor_what_is_set_aside_makes_it_alike(
    any_session: Session, place: Place, version: SurveyVersion
) -> None:
    (one,) = add_arrived(any_session, place, version, WEEK, [COPY], CAME)
    add_arrived(any_session, add_place(any_session), version, WEEK, [COPY] * 30, CAME)
    late = add_responses(any_session, place, version, WEEK, [COPY] * 30, reasons=["late"])
    arrive(any_session, late, CAME)
    found = {
        each.response_id: each.fact for each in screen_arrived(any_session, Screener(WEEK), CAME + 2 * SHORT_WINDOW)
    }
    assert found[one] is None
    assert len(found) == 61


def test_what_came_far_apart_is_not_alike(any_session: Session, place: Place, version: SurveyVersion) -> None:
    add_arrived(any_session, place, version, WEEK, [COPY] * 2, CAME, SHORT_WINDOW + timedelta(seconds=1))
    assert [one.fact for one in screen_arrived(any_session, Screener(WEEK), CAME + 3 * SHORT_WINDOW)] == [None, None]


def test_of_questions_that_are_too_few_nothing_is_found(any_session: Session, place: Place) -> None:
    add_arrived(any_session, place, add_survey(any_session, VISIT), WEEK, [{"overall": 5}] * 60, CAME)
    screened = screen_arrived(any_session, Screener(WEEK), CAME + 2 * SHORT_WINDOW)
    assert [one.fact for one in screened] == [None] * 60
