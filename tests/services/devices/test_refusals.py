"""Refusals on both databases: totals that only grow, and rates."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.devices.refusals import Contacts
from app.models import Device, RefusalCount, SurveyVersion
from app.services.devices.refusals import contacts_of_device, contacts_of_survey, keep_refusals
from tests.factories import add_device, add_place, add_placement, add_survey

WEEK, NEXT = date(2026, 11, 16), date(2026, 11, 23)


def add_phone(session: Session, version: SurveyVersion, channel: Channel = Channel.INTERVIEW, given: int = 0) -> int:
    device_id = add_device(session, add_placement(session, add_place(session), version, channel=channel)).id
    session.get_one(Device, device_id).last_sequence = given or None
    return device_id


def rows(session: Session, device_id: int) -> dict[date, int]:
    found = session.scalars(select(RefusalCount).where(RefusalCount.device_id == device_id))
    return {row.week: row.refusals for row in found}


def test_the_greater_total_of_a_week_is_kept(any_session: Session) -> None:
    device_id = add_phone(any_session, add_survey(any_session))
    for told in ({WEEK: 3}, {WEEK: 2, NEXT: 1}, {WEEK: 3, NEXT: 0}, {}):
        keep_refusals(any_session, device_id, told)
    assert rows(any_session, device_id) == {WEEK: 3, NEXT: 1}


def test_a_week_without_refusals_has_no_row(any_session: Session) -> None:
    device_id = add_phone(any_session, add_survey(any_session))
    keep_refusals(any_session, device_id, {WEEK: 0})
    assert rows(any_session, device_id) == {}
    assert contacts_of_device(any_session, device_id) == Contacts(0, 0)


@pytest.mark.usefixtures("app")
def test_a_rate_is_of_all_whom_the_phones_asked(any_session: Session) -> None:
    version, other = add_survey(any_session), add_survey(any_session)
    first, second = add_phone(any_session, version, given=9), add_phone(any_session, version, given=5)
    kiosk, foreign = add_phone(any_session, version, Channel.KIOSK, 50), add_phone(any_session, other, given=70)
    for device_id in (first, second, kiosk, foreign):
        keep_refusals(any_session, device_id, {WEEK: 2, NEXT: 1})
    assert contacts_of_device(any_session, first) == Contacts(9, 3)
    assert contacts_of_survey(any_session, version.survey_id) == Contacts(14, 6)
    assert contacts_of_survey(any_session, version.survey_id).in_100 == 70
