"""Packs of slips as they lie in the tables, without links: for tests of what is read of them."""

import secrets
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.models import Place, Placement, Redemption, Serial, SlipBatch, SlipBatchPart, SurveyVersion
from tests.factories import add_placement

#: in a pack here, so that numbers of packs and of slips differ
IN_PACK = 12


def issue_packs(
    session: Session,
    whole: Place,
    version: SurveyVersion,
    packs: Mapping[Place, int],
    *,
    issued_on: date = date(2026, 11, 2),
    expires_on: date = date(2027, 1, 31),
) -> tuple[int, list[Placement]]:
    """The id of a batch of so many packs for each place, and a placement for each, in order."""
    batch = SlipBatch(
        channel="slip", survey_id=version.survey_id, place_id=whole.id, issued_on=issued_on, expires_on=expires_on
    )
    session.add(batch)
    session.flush()
    parts, following = [], 1
    for place, number in packs.items():
        placement = add_placement(session, place, version, channel=Channel.SLIP)
        last = following + number - 1
        columns = {"size": number * IN_PACK, "first_pack": following, "last_pack": last}
        session.add(SlipBatchPart(placement_id=placement.id, batch_id=batch.id, **columns))
        for pack in range(following, last + 1):
            marks = (secrets.token_bytes(16) for _ in range(IN_PACK))
            session.add_all(Serial(mark=mark, placement_id=placement.id, pack=pack) for mark in marks)
        parts.append(placement)
        following = last + 1
    session.flush()
    return batch.id, parts


def serials_of(session: Session, placement: Placement, pack: int) -> list[Serial]:
    return list(session.scalars(select(Serial).where(Serial.placement_id == placement.id, Serial.pack == pack)).all())


def use(session: Session, placement: Placement, pack: int, number: int) -> None:
    """So many slips of a pack were answered with."""
    session.add_all(Redemption(mark=serial.mark) for serial in serials_of(session, placement, pack)[:number])
    session.flush()


def cancel(session: Session, placement: Placement, pack: int, number: int = IN_PACK) -> None:
    for serial in serials_of(session, placement, pack)[:number]:
        serial.cancelled_on = date(2026, 11, 9)
    session.flush()
