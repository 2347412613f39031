"""Refusals of interviews: what devices tell of them, and how many people answered of those who were asked."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.devices.refusals import Contacts
from app.models import Device, Placement, RefusalCount


def keep_refusals(session: Session, device_id: int, told: Mapping[date, int]) -> None:
    """Keep a device's totals by week; of two for one week the greater. The caller has locked the device."""
    kept = {
        row.week: row
        for row in session.scalars(
            select(RefusalCount).where(RefusalCount.device_id == device_id, RefusalCount.week.in_(told))
        )
    }
    for week, refusals in told.items():
        if (row := kept.get(week)) is not None:
            row.refusals = max(row.refusals, refusals)
        elif refusals:
            session.add(RefusalCount(device_id=device_id, week=week, refusals=refusals))
    session.flush()


def contacts_of_device(session: Session, device_id: int) -> Contacts:
    """Those whom one interviewer asked; an answer is a number that the phone gave out."""
    answered = session.scalar(select(Device.last_sequence).where(Device.id == device_id))
    refused = session.scalar(select(func.sum(RefusalCount.refusals)).where(RefusalCount.device_id == device_id))
    return Contacts(answered or 0, int(refused or 0))


def contacts_of_survey(session: Session, survey_id: int) -> Contacts:
    """Those whom all interviewers asked for a survey, as far as their phones have told."""
    interviews = (Placement.survey_id == survey_id, Placement.channel == Channel.INTERVIEW.value)
    answered = session.scalar(select(func.sum(Device.last_sequence)).join(Placement).where(*interviews))
    refused = session.scalar(
        select(func.sum(RefusalCount.refusals))
        .join(Device, Device.id == RefusalCount.device_id)
        .join(Placement, Placement.id == Device.placement_id)
        .where(*interviews)
    )
    return Contacts(int(answered or 0), int(refused or 0))
