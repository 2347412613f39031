"""What a stored response uses up: each kind of code in its own way, beside the reasons that were there."""

import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import code_at, step_of
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.device_claim import DeviceProof
from app.domain.responses.reason import Reason
from app.domain.responses.response import Incoming
from app.formats.canonical_json import write_json
from app.models import Placement, Verdict
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_device, add_place, add_placement, add_serials, add_survey
from tests.services.responses.sending import NOW, send

pytestmark = pytest.mark.both_databases

STEP = step_of(NOW)


class Desk:
    """One survey, asked through a poster, a slip, a counter screen and a tablet of one place."""

    def __init__(self) -> None:
        with transaction() as session:
            version, place = add_survey(session), add_place(session)
            self.version = version.id
            channels = (Channel.POSTER, Channel.SLIP, Channel.COUNTER, Channel.KIOSK)
            self.ids = {each: add_placement(session, place, version, channel=each).id for each in channels}
            kiosk, slips = (session.get_one(Placement, self.ids[each]) for each in (Channel.KIOSK, Channel.SLIP))
            self.device = add_device(session, kiosk).id
            (self.slip,) = add_serials(session, slips, 1, context().codes)

    def answer(self, channel: Channel, token: Token | None = None, **more: Any) -> Incoming:
        answers = more.pop("answers", {"overall": 4})
        return Incoming(
            id=uuid4(),
            token=token or Token(channel, 0, self.ids[channel]),
            survey_version_id=self.version,
            language="hi",
            claimed_week=None,
            stamp=Stamp.at(NOW, 0, self.ids[channel], token.time_step if token else None),
            body=write_json(answers),
            answers=answers,
            **more,
        )

    def by_slip(self, **more: Any) -> Incoming:
        return self.answer(Channel.SLIP, self.slip, **more)

    def by_device(self, number: int, **more: Any) -> Incoming:
        return self.answer(Channel.KIOSK, proof=DeviceProof((), (self.device, number)), **more)

    def by_screen(self) -> Incoming:
        return self.answer(Channel.COUNTER, code_at(0, self.ids[Channel.COUNTER], STEP))


@pytest.fixture
def desk(app: Flask, database: str) -> Desk:
    return Desk()


def reasons_of(*batch: Incoming) -> list[list[str]]:
    """The reasons with which each of a batch was set aside."""
    send(*batch)
    with reading() as session:
        kept = dict(session.execute(select(Verdict.response_id, Verdict.reasons)).all())
    return [json.loads(kept[item.id]) for item in batch]


def test_in_a_mixed_batch_each_is_claimed_in_its_own_way_and_touches_no_other(desk: Desk) -> None:
    poster, others = desk.answer(Channel.POSTER), [desk.by_slip, desk.by_screen, lambda: desk.by_device(7)]
    batch = [make() for _ in range(3) for make in others]
    first = [[], [], []]
    second = [["serial_used"], [], ["sequence_used"]]
    third = [["serial_used"], ["code_crowded"], ["sequence_used"]]
    assert reasons_of(*batch, poster) == [*first, *second, *third, []]


def test_a_used_slip_is_told_after_what_the_answer_lacked_already(desk: Desk) -> None:
    assert reasons_of(desk.by_slip(), desk.by_slip(answers={})) == [[], ["empty", "serial_used"]]


def test_an_answer_that_is_set_aside_uses_up_its_slip_and_its_number(desk: Desk) -> None:
    """Whoever sends nothing first has used the slip, as whoever sends something has."""
    assert reasons_of(desk.by_slip(answers={}), desk.by_slip()) == [["empty"], ["serial_used"]]
    assert reasons_of(desk.by_device(1, answers={}), desk.by_device(1)) == [["empty"], ["sequence_used"]]


def test_a_number_that_nobody_proved_uses_up_nothing(desk: Desk) -> None:
    forged = desk.answer(Channel.KIOSK, proof=DeviceProof((Reason.SIGNATURE_INVALID,), None))
    assert reasons_of(forged, desk.by_device(1)) == [["signature_invalid"], []]
