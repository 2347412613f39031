"""What would withhold a certificate, before a list is closed and while people answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.editions.days import made_at
from app.domain.figures.headline.label import LabelReason
from app.models import Place, SurveyVersion
from app.services.draws.foresight import reasons_foreseen, reasons_so_far
from tests.factories import add_place, add_responses, add_survey
from tests.factories.draws.asked_people import RIGHTLY, add_asked, keep_whole
from tests.factories.draws.case_lists import CLOSED, close, list_order

FIRST, LAST, NOW = date(2026, 8, 31), date(2026, 11, 15), made_at(date(2026, 11, 23))


@pytest.fixture
def place(any_session: Session) -> Place:
    return add_place(any_session, code="S-1")


@pytest.fixture
def version(any_session: Session) -> SurveyVersion:
    return add_survey(any_session, slug="visit")


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ()),
        ({"draw": 29}, (LabelReason.FEW,)),
        ({"decoys": 39}, (LabelReason.FEW_DECOYS,)),
        ({"all_cases": 334, "contactable": 250}, (LabelReason.CONTACTS,)),
        ({"decoys": 0, "evidence": Evidence.SAMPLED}, ()),
    ],
)
def test_before_it_is_closed(
    any_session: Session, place: Place, changes: dict[str, object], reasons: tuple[LabelReason, ...]
) -> None:
    right = {"all_cases": 300, "contactable": 210, "draw": 100, "decoys": 40}
    order = list_order(place.id, 200, **(right | changes))
    assert reasons_foreseen(any_session, order, CLOSED) == reasons


def test_as_many_answer_as_usually_do(any_session: Session, place: Place, version: SurveyVersion) -> None:
    add_asked(any_session, add_place(any_session, code="S-2"), version, FIRST, LAST)
    order = list_order(place.id, 200, all_cases=260, contactable=210, draw=50, decoys=40)
    assert reasons_foreseen(any_session, order, NOW) == (LabelReason.FEW,), "half of them"
    assert reasons_foreseen(any_session, replace(order, draw=60), NOW) == ()


def test_so_far(any_session: Session, place: Place, version: SurveyVersion) -> None:
    closed = close(any_session, list_order(place.id))
    assert reasons_so_far(any_session, closed, NOW) is None, "nobody is drawn yet"
    row = add_asked(any_session, place, version, FIRST, LAST, replace(RIGHTLY, used=25))
    keep_whole(any_session, FIRST, NOW, [("list", row.id), ("draw", row.id)])
    assert reasons_so_far(any_session, row.id, NOW) == (LabelReason.FEW,)
    assert reasons_so_far(any_session, row.id, NOW + timedelta(hours=9)) == (LabelReason.FEW, LabelReason.RECORD)


def test_so_far_of_interviews(any_session: Session, place: Place, version: SurveyVersion) -> None:
    row = add_asked(any_session, place, version, FIRST, LAST, replace(RIGHTLY, evidence=Evidence.SAMPLED))
    keep_whole(any_session, FIRST, NOW, [("list", row.id), ("draw", row.id)])
    assert reasons_so_far(any_session, row.id, NOW) == (LabelReason.FEW, LabelReason.UNCHECKED)
    add_responses(any_session, place, version, FIRST, [{"overall": 4}] * 40, channel=Channel.INTERVIEW)
    assert reasons_so_far(any_session, row.id, NOW) == (LabelReason.UNCHECKED,)
